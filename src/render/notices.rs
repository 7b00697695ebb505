//! The banners above a title: translation, plan, retirement.

use super::context::{Html, Notice, NoticeKind, escape};
use super::host::PageHost;
use super::links::{AddressFault, AddressKind, addresses, in_attribute, link_address};
use super::strings::{Part, Short, part_for};
use super::{Context, Prepared, slots};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, codes};
use crate::liquid::{Live, collate};
use crate::markdown::{SlotKind, Target};
use crate::model::{DatumValue, Page, PageId, Resolved};
use crate::source::Spanned;
use crate::variant::{LanguageId, Variant, VersionSet};

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
        let each = config.languages().map(|(language, _)| {
            reference.map_or_else(Vec::new, |key| {
                parts(context, key, language, config.versions.all()).collect(&mut diagnostics)
            })
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

/// The value of a data reference as HTML in one language.
fn parts(
    context: Context<'_>,
    key: &str,
    language: LanguageId,
    versions: VersionSet,
) -> Checked<Vec<Part>> {
    let site = context.site;
    // Some page must be there for the text to be on; the home page is as good as any.
    let page = site.tree.home().unwrap_or(PageId(0));
    let (Some(datum), Some(page)) = (site.data.find(key), site.pages.get(page.index())) else {
        return Checked::clean(Vec::new());
    };
    let host = PageHost { context, page, language, lists: 0 };
    let (mut parts, mut diagnostics) = (Vec::new(), Vec::new());
    let mut rest = versions;
    while let Some(mut live) = Live::new(rest) {
        let found = host.value(datum, &mut live);
        rest = rest.minus(live.versions());
        let Some(Resolved { value: DatumValue::Text(text), language: written_in, .. }) = found
        else {
            continue;
        };
        let limits = &site.config.limits.liquid;
        let expansions = collate(site.source(text), &host, live.versions(), limits);
        for (versions, expansion) in expansions.collect(&mut diagnostics) {
            let part = part_for(versions, written_in, expansion, Short::Intro, &mut diagnostics);
            diagnostics.extend(dead_links(site, page, &part));
            parts.push(part);
        }
    }
    Checked { value: parts, diagnostics }
}

/// The links of a banner that lead nowhere. It stands on many pages, and is judged once.
fn dead_links(site: &crate::model::Site, page: &Page, part: &Part) -> Vec<Diagnostic> {
    let found = addresses(site, page, &part.body);
    let links = found.faults.into_iter().filter(|fault| fault.kind == AddressKind::Link);
    let finding = |fault: AddressFault| {
        let range = fault.at.start as usize..fault.at.end as usize;
        let (span, trace) = part.expansion.origin(range)?;
        let message = format!("`{}` leads nowhere on this site", fault.address);
        Some(Diagnostic::new(codes::BROKEN_LINK, span, message).trace(trace))
    };
    links.filter_map(finding).collect()
}

/// The banners of a page in a variant, most important first.
pub(super) fn for_page(
    prepared: &Prepared<'_>,
    page: &Page,
    variant: Variant,
    is_fallback: bool,
) -> Vec<Notice> {
    let mut notices = Vec::new();
    notices.extend(plan_notice(prepared, page, variant));
    notices.extend(translation_notice(prepared, page, variant, is_fallback));
    notices.extend(retirement_notice(prepared, page, variant));
    notices
}

fn plan_notice(prepared: &Prepared<'_>, page: &Page, variant: Variant) -> Option<Notice> {
    let plan = prepared.site.config.versions.get(variant.version).plan;
    let part = find(&prepared.notices.plans[plan], variant)?;
    Some(Notice {
        kind: NoticeKind::Plan,
        html: Html::new(html(prepared, page, variant, part)),
        lang: prepared.foreign_tag(variant.language, part.language),
    })
}

fn translation_notice(
    prepared: &Prepared<'_>,
    page: &Page,
    variant: Variant,
    is_fallback: bool,
) -> Option<Notice> {
    if variant.language.is_default() {
        return None;
    }
    if let Some(part) = find(&prepared.notices.translation, variant) {
        return Some(Notice {
            kind: NoticeKind::Translation,
            html: Html::new(html(prepared, page, variant, part)),
            lang: prepared.foreign_tag(variant.language, part.language),
        });
    }
    let ui = &prepared.ui[usize::from(variant.language.0)];
    let source = prepared.site.config.language(LanguageId::DEFAULT);
    let (kind, key) = match is_fallback {
        true => (NoticeKind::Fallback, "pages.fallback_notice"),
        false => (NoticeKind::Translation, "notices.translation"),
    };
    let text = ui.filled(key, &[("language", &source.native_name)])?;
    let english = Variant { language: LanguageId::DEFAULT, ..variant };
    let href = escape(&prepared.href(page.id, english));
    let link = format!(
        r#"<a href="{href}" hreflang="{}" lang="{}">{}</a>"#,
        escape(&source.tag),
        escape(&source.tag),
        escape(&source.native_name)
    );
    // The page in the default language is where a reader can go when the page is a translation.
    let html = if is_fallback { escape(&text) } else { format!("{} {link}", escape(&text)) };
    Some(Notice { kind, html: Html::new(html), lang: None })
}

/// Shown on the oldest version of a plan before and after its last day, and on any version after its own.
fn retirement_notice(prepared: &Prepared<'_>, page: &Page, variant: Variant) -> Option<Notice> {
    let versions = &prepared.site.config.versions;
    let version = versions.get(variant.version);
    let date = version.deprecated?;
    let is_over = prepared.today >= date;
    let is_oldest = versions.plan(variant.version).versions.last() == Some(&variant.version);
    if !is_over && !is_oldest {
        return None;
    }
    let own = if is_over { &prepared.notices.retired } else { &prepared.notices.will_retire };
    let ui = &prepared.ui[usize::from(variant.language.0)];
    let time = format!(r#"<time datetime="{date}">{date}</time>"#);
    let details = find(&prepared.notices.details, variant);
    let details = match details {
        Some(part) => html(prepared, page, variant, part),
        None => escape(ui.get("notices.retirement_details").unwrap_or_default()),
    };
    let (first, lang) = match find(own, variant) {
        Some(part) => {
            let text = html(prepared, page, variant, part);
            (
                format!("{text} <strong>{time}</strong>."),
                prepared.foreign_tag(variant.language, part.language),
            )
        }
        None => {
            let key =
                if is_over { "notices.version_retired" } else { "notices.version_will_retire" };
            let text = escape(&ui.filled(key, &[("version", &version.title)])?);
            (text.replace("{date}", &time), None)
        }
    };
    Some(Notice {
        kind: NoticeKind::Retirement,
        html: Html::new(format!("{first} {details}")),
        lang,
    })
}

fn find(parts: &[Vec<Part>], variant: Variant) -> Option<&Part> {
    let parts = parts.get(usize::from(variant.language.0))?;
    parts.iter().find(|part| part.versions.contains(variant.version) && !part.is_empty())
}

/// The HTML of a banner on a page. One paragraph loses its element, as the theme gives it one.
fn html(prepared: &Prepared<'_>, page: &Page, variant: Variant, part: &Part) -> String {
    let site = prepared.site;
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
        SlotKind::Code(_) | SlotKind::Ui(_) => {}
    });
    let inner = filled.trim();
    let unwrapped = inner.strip_prefix("<p>").and_then(|inner| inner.strip_suffix("</p>"));
    unwrapped.filter(|inner| !inner.contains("<p>")).unwrap_or(inner).to_owned()
}
