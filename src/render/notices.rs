//! The banners above a title: translation, plan, retirement.

use super::context::{Html, Notice, NoticeKind, escape};
use super::facts::{LinkFact, text_facts};
use super::host::PageHost;
use super::links::{Leads, in_attribute, link_address};
use super::strings::{PageString, Part, part_for};
use super::trust::{guard, trusted};
use super::{Context, Prepared, slots};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, codes};
use crate::liquid::{Live, collate};
use crate::markdown::{Markup, SlotKind, Target};
use crate::model::{DatumValue, Page, PageId, Resolved};
use crate::source::{Spanned, TextId};
use crate::variant::{LanguageId, Variant};

/// The site's own words for banners, by language; none where the theme's are used.
#[derive(Debug, Default)]
pub(super) struct Notices {
    translation: Vec<Vec<Part>>,
    will_retire: Vec<Vec<Part>>,
    retired: Vec<Vec<Part>>,
    details: Vec<Vec<Part>>,
    plans: Vec<Vec<Vec<Part>>>,
}

/// Renders the data references that the configuration names.
pub(super) fn notices(context: Context<'_>) -> Checked<Notices> {
    let config = &context.site.config;
    let mut diagnostics = Vec::new();
    let mut all = |reference: Option<&str>| -> Vec<Vec<Part>> {
        let mut learned = Markup::default();
        let each = config.languages().map(|(language, _)| {
            let parts = reference.map_or_else(Vec::new, |key| {
                parts(context, key, language, &learned).collect(&mut diagnostics)
            });
            // The default language is the first.
            parts.iter().for_each(|part| learned.learn(&part.body.markup));
            parts
        });
        each.collect()
    };
    let key = |given: &'_ Option<Spanned<String>>| given.as_ref().map(|key| key.value.clone());
    let plans = config.versions.plans().iter();
    let value = Notices {
        translation: all(key(&config.notices.translation).as_deref()),
        will_retire: all(key(&config.notices.version_will_retire).as_deref()),
        retired: all(key(&config.notices.version_retired).as_deref()),
        details: all(key(&config.notices.retirement_details).as_deref()),
        plans: plans.map(|plan| all(key(&plan.notice).as_deref())).collect(),
    };
    diagnostics.extend(unknown_references(context.site, config));
    Checked { value, diagnostics }
}

/// A banner's reference that resolves to nothing.
fn unknown_references(site: &crate::model::Site, config: &Config) -> Vec<Diagnostic> {
    let named = [
        &config.notices.translation,
        &config.notices.version_will_retire,
        &config.notices.version_retired,
        &config.notices.retirement_details,
    ];
    let plans = config.versions.plans().iter().map(|plan| &plan.notice);
    let named = named.into_iter().chain(plans).flatten();
    let unknown = named.filter(|key| site.data.find(&key.value).is_none());
    let finding = |key: &Spanned<String>| {
        let message = format!("`{}` resolves to nothing", key.value);
        let finding = Diagnostic::new(codes::UNKNOWN_DATA, key.span, message);
        match site.data.nearest(&key.value) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding,
        }
    };
    unknown.map(finding).collect()
}

/// The value of a data reference as HTML in one language; `learned` is what it uses in the default language.
fn parts(
    context: Context<'_>,
    key: &str,
    language: LanguageId,
    learned: &Markup,
) -> Checked<Vec<Part>> {
    let site = context.site;
    // Some page must be there for the text to be on; the home page is as good as any.
    let page = site.tree.home().unwrap_or(PageId(0));
    let (Some(datum), Some(page)) = (site.data.find(key), site.pages.get(page.index())) else {
        return Checked::clean(Vec::new());
    };
    let host = PageHost { context, page, language };
    let (mut parts, mut diagnostics) = (Vec::new(), Vec::new());
    let mut rest = site.config.versions.all();
    while let Some(mut live) = Live::new(rest) {
        let found = host.value(datum, &mut live);
        rest = rest.minus(live.versions());
        let Some(Resolved { value: DatumValue::Text(text), language: written_in, .. }) = found
        else {
            continue;
        };
        let limits = &site.config.limits.liquid;
        let expansions = collate(site.source(text), &host, live.versions(), limits);
        for (versions, mut expansion) in expansions.collect(&mut diagnostics) {
            expansion.reads.insert(0, text.id);
            let trusted = trusted(site, language, &expansion);
            let guard = guard(language, learned, &trusted);
            let which = PageString::Intro;
            let part = part_for(versions, written_in, expansion, which, guard, &mut diagnostics);
            diagnostics.extend(dead_links(site, page, &part));
            parts.push(part);
        }
    }
    Checked { value: parts, diagnostics }
}

/// The links of a banner that lead nowhere. It stands on many pages, and is judged once.
fn dead_links(site: &crate::model::Site, page: &Page, part: &Part) -> Vec<Diagnostic> {
    let facts = text_facts(site, page, (&part.expansion, &part.body));
    let dead = facts.links.into_iter().filter(|link| link.leads == Leads::Nowhere);
    let finding = |link: LinkFact| {
        let message = format!("`{}` leads nowhere on this site", link.address);
        Diagnostic::new(codes::BROKEN_LINK, link.place.span, message).trace(link.place.trace)
    };
    dead.map(finding).collect()
}

/// How much of a page is in the language of its variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Translated {
    /// All of it.
    Whole,
    /// Some of it.
    Partly,
    /// None of its text.
    No,
}

/// The banners of a page in a variant, most important first.
pub(super) fn for_page(
    prepared: &Prepared<'_>,
    page: &Page,
    variant: Variant,
    translated: Translated,
) -> Vec<Notice> {
    let mut notices = Vec::new();
    notices.extend(plan_notice(prepared, page, variant));
    notices.extend(translation_notices(prepared, page, variant, translated));
    notices.extend(retirement_notices(prepared, page, variant));
    notices
}

/// What the banners of a variant are made from.
pub(super) fn reads<'a>(
    prepared: &'a Prepared<'_>,
    variant: Variant,
) -> impl Iterator<Item = TextId> + 'a {
    let own = &prepared.notices;
    let plan = prepared.site.config.versions.get(variant.version).plan;
    let all = [&own.plans[plan], &own.translation, &own.will_retire, &own.retired, &own.details];
    let shown = all.into_iter().filter_map(move |parts| find(parts, variant));
    shown.flat_map(|part| part.reads.iter().copied())
}

fn plan_notice(prepared: &Prepared<'_>, page: &Page, variant: Variant) -> Option<Notice> {
    let plan = prepared.site.config.versions.get(variant.version).plan;
    let part = find(&prepared.notices.plans[plan], variant)?;
    let lang = prepared.foreign_tag(variant.language, part.language);
    Some(Notice::new(NoticeKind::Plan, Html::new(html(prepared, page, variant, part)), lang))
}

/// The site's own words for translations stand on every page that is translated at all; whether all of it is, the
/// theme says.
fn translation_notices(
    prepared: &Prepared<'_>,
    page: &Page,
    variant: Variant,
    translated: Translated,
) -> Vec<Notice> {
    if variant.language.is_default() {
        return Vec::new();
    }
    let own = find(&prepared.notices.translation, variant).map(|part| {
        let lang = prepared.foreign_tag(variant.language, part.language);
        let html = Html::new(html(prepared, page, variant, part));
        Notice::new(NoticeKind::Translation, html, lang)
    });
    let theirs = |kind, key| theme_notice(prepared, page, variant, kind, key);
    let in_progress = || theirs(NoticeKind::Translation, "notices.translation");
    let partial = || theirs(NoticeKind::Partial, "pages.partial_notice");
    match translated {
        Translated::No => {
            theirs(NoticeKind::Fallback, "pages.fallback_notice").into_iter().collect()
        }
        Translated::Whole => own.or_else(in_progress).into_iter().collect(),
        Translated::Partly => own.into_iter().chain(partial()).collect(),
    }
}

/// A banner about the translation in the theme's words. A page that is a translation leads to its source.
fn theme_notice(
    prepared: &Prepared<'_>,
    page: &Page,
    variant: Variant,
    kind: NoticeKind,
    key: &str,
) -> Option<Notice> {
    let ui = &prepared.ui[usize::from(variant.language.0)];
    let source = prepared.site.config.language(LanguageId::DEFAULT);
    let text = escape(&ui.filled(key, &[("language", &source.native_name)])?);
    let html = if kind == NoticeKind::Fallback {
        text
    } else {
        let default = Variant { language: LanguageId::DEFAULT, ..variant };
        let href = escape(&prepared.href(page.id, default));
        let [tag, name] = [&source.tag, &source.native_name].map(|text| escape(text));
        format!(r#"{text} <a href="{href}" hreflang="{tag}" lang="{tag}">{name}</a>"#)
    };
    Some(Notice::new(kind, Html::new(html), None))
}

/// On the oldest version of a plan before its last day, and on any version after its own. Both are on the page, and
/// the script shows the one that is true on the day of reading.
fn retirement_notices(prepared: &Prepared<'_>, page: &Page, variant: Variant) -> Vec<Notice> {
    let versions = &prepared.site.config.versions;
    let Some(date) = versions.get(variant.version).deprecated else { return Vec::new() };
    let is_over = prepared.today >= date;
    let is_oldest = versions.plan(variant.version).versions.last() == Some(&variant.version);
    let before = is_oldest.then(|| retirement(prepared, page, variant, date, Retirement::Ahead));
    let after = retirement(prepared, page, variant, date, Retirement::Over);
    let before = before.flatten().map(|notice| Notice {
        until: Some(date.to_string()),
        is_hidden: is_over,
        ..notice
    });
    let after =
        after.map(|notice| Notice { from: Some(date.to_string()), is_hidden: !is_over, ..notice });
    before.into_iter().chain(after).collect()
}

/// When a version is retired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Retirement {
    /// It will be.
    Ahead,
    /// It has been.
    Over,
}

fn retirement(
    prepared: &Prepared<'_>,
    page: &Page,
    variant: Variant,
    date: jiff::civil::Date,
    when: Retirement,
) -> Option<Notice> {
    let (own, key) = match when {
        Retirement::Ahead => (&prepared.notices.will_retire, "notices.version_will_retire"),
        Retirement::Over => (&prepared.notices.retired, "notices.version_retired"),
    };
    let ui = &prepared.ui[usize::from(variant.language.0)];
    let long = escape(&prepared.dates[usize::from(variant.language.0)].long(date));
    let time = format!(r#"<time datetime="{date}">{long}</time>"#);
    let details = match find(&prepared.notices.details, variant) {
        Some(part) => html(prepared, page, variant, part),
        None => escape(ui.get("notices.retirement_details").unwrap_or_default()),
    };
    let (first, lang) = match find(own, variant) {
        Some(part) => {
            let text = html(prepared, page, variant, part);
            let stop = escape(ui.get("notices.full_stop").unwrap_or_default());
            let first = format!("{text} <strong>{time}</strong>{stop}");
            (first, prepared.foreign_tag(variant.language, part.language))
        }
        None => {
            let version = &prepared.site.config.versions.get(variant.version).title;
            let text = escape(&ui.filled(key, &[("version", version)])?);
            (text.replace("{date}", &time), None)
        }
    };
    let html = Html::new(format!("{first} {details}"));
    Some(Notice::new(NoticeKind::Retirement, html, lang))
}

fn find(parts: &[Vec<Part>], variant: Variant) -> Option<&Part> {
    let parts = parts.get(usize::from(variant.language.0))?;
    parts.iter().find(|part| part.versions.contains(variant.version) && !part.is_empty())
}

/// The HTML of a banner on a page. One paragraph loses its element, as the theme gives it one.
fn html(prepared: &Prepared<'_>, page: &Page, variant: Variant, part: &Part) -> String {
    let site = &prepared.site;
    let home = format!("/{}", site.config.language(LanguageId::DEFAULT).code);
    let english = Variant { language: LanguageId::DEFAULT, ..variant };
    let address = |target: &Target| {
        // A link to the home page of the default language means this page in that language.
        if target.address.trim_end_matches('/') == home && !variant.language.is_default() {
            return prepared.href(page.id, english);
        }
        link_address(site, page, variant, &target.address).0
    };
    let link = |number: u32| address(&part.body.links[number as usize]);
    let filled = slots::filled(&part.body, |kind, html| match kind {
        SlotKind::Link(number) => html.push_str(&in_attribute(&link(*number))),
        SlotKind::LinkTitle(number) => html.push_str(&escape(&link(*number))),
        SlotKind::Image(number) => {
            html.push_str(&in_attribute(&part.body.images[*number as usize].address));
        }
        SlotKind::Code(_) | SlotKind::Ui(_) | SlotKind::ImageSize(_) | SlotKind::Block(_) => {}
    });
    let inner = filled.trim();
    let unwrapped = inner.strip_prefix("<p>").and_then(|inner| inner.strip_suffix("</p>"));
    unwrapped.filter(|inner| !inner.contains("<p>")).unwrap_or(inner).to_owned()
}
