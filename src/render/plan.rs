//! The files that a build will write, before any of them is made.

use std::collections::BTreeSet;

use super::machines::{Twins, record_path, site_files, twin_path};
use super::site::{CONFIGURATION, built_redirects, language_root, output_path, products};
use super::{Prepared, search};
use crate::source::Span;

/// A file of the site that is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its path below the output folder.
    pub path: String,
    /// What it is made from: the page's file, or the entry of a redirect.
    pub source: Span,
    /// What it is.
    pub kind: PlannedKind,
}

/// What a file of the site is; of two that claim one path, the kind that comes first here has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlannedKind {
    /// A file that every site has.
    Own,
    /// A page.
    Page,
    /// A file that is copied.
    Asset,
    /// A page for an old address.
    Redirect,
    /// A page in another form.
    Twin,
}

/// The files that rendering makes. What is copied is not among them.
pub fn plan(prepared: &Prepared<'_>) -> Vec<Planned> {
    let own = |path: String| Planned { path, source: CONFIGURATION, kind: PlannedKind::Own };
    let config = &prepared.site.config;
    let languages = prepared.languages.iter().map(|language| &config.language(*language).code);
    let mut planned: Vec<Planned> = languages.map(|code| own(format!("{code}/404.html"))).collect();
    planned.extend(["404.html", "redirects.json"].map(|path| own(path.to_owned())));
    let for_programs = site_files(prepared).into_iter();
    planned.extend(for_programs.map(|file| own(file.path(prepared))));
    planned.extend(search::planned(prepared).into_iter().map(own));
    planned.extend(pages(prepared));
    if config.redirects.pages {
        planned.extend(built_redirects(prepared).map(|(from, to)| Planned {
            path: output_path(prepared, from),
            source: to.span,
            kind: PlannedKind::Redirect,
        }));
    }
    planned
}

fn pages(prepared: &Prepared<'_>) -> Vec<Planned> {
    let mut planned = Vec::new();
    for page in products(prepared).into_values().flatten() {
        let source = Span::start_of(page.source.file);
        for variant in prepared.variants(page) {
            let permalink = prepared.site.permalink(page.id, variant);
            let paths: BTreeSet<String> = language_root(prepared, page, variant)
                .into_iter()
                .chain([output_path(prepared, &permalink)])
                .collect();
            let file = |path| Planned { path, source, kind: PlannedKind::Page };
            planned.extend(paths.into_iter().map(file));
            if prepared.twins == Twins::Written {
                let config = &prepared.site.config;
                let twins = [twin_path(config, &permalink), record_path(config, &permalink)];
                let kind = PlannedKind::Twin;
                planned.extend(twins.map(|path| Planned { path, source, kind }));
            }
        }
    }
    planned
}
