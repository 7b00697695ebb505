//! `variorum check --since`: the site beside what it was in a commit.

use std::sync::Arc;

use jiff::civil::Date;

use super::super::editions::over_budget;
use super::super::failure::Failure;
use super::super::opened::Opened;
use super::super::settings::{Part, settings};
use super::Found;
use super::external::Pages;
use crate::check::{self, Brought, Ready};
use crate::diagnostic::{Checked, Diagnostic};
use crate::model::Site;
use crate::render::{self, Before, Prepared, Settings, Twins};

/// The site as it is now, and the findings that it had not in the commit called `name`.
pub(super) fn since(opened: &mut Opened, asked: &Settings, name: &str) -> Result<Found, Failure> {
    let inventory = opened.inventory()?;
    let then = opened.revision(name, &inventory)?;
    if let Some(configuration) = then.bytes(&opened.config_name) {
        let mut past = opened.configured(configuration)?;
        let part =
            Part { languages: &[], versions: &[], date: Some(asked.today), twins: Twins::LeftOut };
        let before = with_budgets(past.past(&then)?, opened, Some(name))?;
        let before = prepared(before, &settings(&past.config, &part)?, None);
        let now = opened.site()?;
        let now = prepared(with_budgets(now, opened, None)?, asked, None);
        return Ok(found(before, now, asked.today, false));
    }
    let before = opened.past(&then)?;
    opened.shelf.return_to_now();
    let loaded = opened.load(&inventory)?;
    let now = opened.model(loaded);
    let changes = now.value.changes_since(&before.value);
    let before = prepared(with_budgets(before, opened, Some(name))?, asked, None);
    let known = Before { prepared: &before.0, changes: &changes };
    let now = prepared(with_budgets(now, opened, None)?, asked, Some(known));
    Ok(found(before, now, asked.today, true))
}

/// A site with what is over the budgets of its translations, as it was in a commit or as it is now.
fn with_budgets(
    mut site: Checked<Arc<Site>>,
    opened: &Opened,
    commit: Option<&str>,
) -> Result<Checked<Arc<Site>>, Failure> {
    site.diagnostics.extend(over_budget(&opened.root, &site.value, commit)?);
    Ok(site)
}

fn found(
    (before, was): (Prepared<'_>, Vec<Diagnostic>),
    (now, is): (Prepared<'_>, Vec<Diagnostic>),
    today: Date,
    is_alike: bool,
) -> Found {
    let (was, is) = (Ready { prepared: &before, found: was }, Ready { prepared: &now, found: is });
    let Brought { findings, before, now: facts } = check::since(was, is, is_alike);
    let pages = Pages { facts, before };
    Found { site: now.shared_site(), findings, pages, today }
}

fn prepared(
    site: Checked<Arc<Site>>,
    settings: &Settings,
    before: Option<Before<'_>>,
) -> (Prepared<'static>, Vec<Diagnostic>) {
    let mut found = site.diagnostics;
    let theme = Arc::new(render::theme(&site.value).collect(&mut found));
    let prepared = render::prepare(site.value, theme, settings, before).collect(&mut found);
    (prepared, found)
}
