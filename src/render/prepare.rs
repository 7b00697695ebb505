//! What is made once for a site before any page: globals, strings of pages, interface strings, banners.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::context::{Html, escape};
use super::dates::Dates;
use super::globals::Globals;
use super::machines::{Machines, Twins};
use super::notices::{Notices, notices};
use super::permalinks::Permalinks;
use super::strings::{Stage, Strings, strings};
use super::theme::{TemplateFault, Theme};
use super::tracks::{ShownTracks, tracks};
use super::ui::UiStrings;
use super::{Context, host};
use crate::diagnostic::{Checked, Diagnostic, codes};
use crate::liquid::{Expansion, collate};
use crate::load::LiquidText;
use crate::markdown::Highlighter;
use crate::model::{Changes, Datum, DatumValue, Page, PageId, Site};
use crate::source::{Span, TextId};
use crate::timing::Clock;
use crate::variant::{LanguageId, Variant, VersionId, VersionSet};

/// What a build is asked for.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The languages to build.
    pub languages: Vec<LanguageId>,
    /// The versions to build.
    pub versions: VersionSet,
    /// The day of the build, for banners.
    pub today: jiff::civil::Date,
    /// Whether pages have twins.
    pub twins: Twins,
}

/// A site that is ready to be rendered, page by page.
pub struct Prepared<'a> {
    pub(super) site: Arc<Site>,
    pub(super) theme: Arc<Theme>,
    pub(super) globals: Globals,
    pub(super) strings: Strings,
    pub(super) notices: Notices,
    pub(super) permalinks: Arc<Permalinks>,
    pub(super) ui: Arc<[UiStrings]>,
    /// What those were made from, by language.
    pub(super) ui_reads: Vec<Arc<[TextId]>>,
    /// What was wrong with them.
    ui_diagnostics: Vec<Diagnostic>,
    pub(super) tracks: HashMap<Variant, ShownTracks>,
    pub(super) highlighter: Arc<Highlighter>,
    pub(super) languages: Vec<LanguageId>,
    pub(super) versions: VersionSet,
    pub(super) today: jiff::civil::Date,
    /// How days are written, by language.
    pub(super) dates: Vec<Dates>,
    pub(super) clock: Option<&'a dyn Clock>,
    pub(super) twins: Twins,
    pub(super) machines: Machines,
}

/// The theme with the site's own templates. A template that does not work is a finding, and the built-in one
/// stands in.
pub fn theme(site: &Site) -> Checked<Theme> {
    let text = |file| site.sources.file(file).text.clone();
    let templates = site.templates.iter().map(|(name, file)| (name.clone(), text(*file)));
    let icons = site.icons.iter().map(|(name, file)| (format!("icons/{name}.svg"), text(*file)));
    match Theme::new(templates.chain(icons).collect()) {
        Ok(theme) => Checked::clean(theme),
        Err(fault) => {
            let theme = Theme::new(Vec::new()).expect("the built-in theme is tested");
            Checked { value: theme, diagnostics: vec![template_finding(site, &fault)] }
        }
    }
}

/// A fault of a template as a finding in the site's file, or in `variorum.yml` where it is one of the program.
pub(super) fn template_finding(site: &Site, fault: &TemplateFault) -> Diagnostic {
    let own = site.templates.iter().find(|(name, _)| *name == fault.name).map(|(_, file)| *file);
    let own = own.or_else(|| {
        let name = fault.name.strip_prefix("icons/")?.strip_suffix(".svg")?;
        site.icons.iter().find(|(icon, _)| icon == name).map(|(_, file)| *file)
    });
    let file = own.unwrap_or(crate::source::FileId(0));
    let text = &site.sources.file(file).text;
    let line = fault.line.unwrap_or(1).max(1);
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let end = text[start.min(text.len())..].find('\n').map_or(text.len(), |length| start + length);
    let span = match own {
        Some(_) => Span::new(TextId::whole(file), start.min(end)..end),
        None => Span::start_of(file),
    };
    let message = format!("the template `{}` does not work: {}", fault.name, fault.message);
    Diagnostic::new(codes::TEMPLATE, span, message)
}

/// A site that was prepared, and what of it is other now.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    /// The site before.
    pub prepared: &'a Prepared<'a>,
    /// How the site differs from it.
    pub changes: &'a Changes,
}

/// Prepares a site for rendering. What was prepared before is taken where it holds.
pub fn prepare<'a>(
    site: Arc<Site>,
    theme: Arc<Theme>,
    settings: &Settings,
    before: Option<Before<'_>>,
) -> Checked<Prepared<'a>> {
    let mut diagnostics = Vec::new();
    let globals = Globals::new(&site.config, settings.today);
    let none = Strings::default();
    let context = Context {
        site: &site,
        globals: &globals,
        icons: theme.icons(),
        strings: &none,
        ui: &[],
        stage: Stage::Strings,
        clock: None,
    };
    let known = before.map(|Before { prepared, changes }| (&prepared.strings, changes));
    let strings = strings(context, known).collect(&mut diagnostics);
    let notices = notices(context).collect(&mut diagnostics);
    let Interface { ui, ui_reads, ui_diagnostics } = interface(context, &theme, before);
    diagnostics.extend(ui_diagnostics.iter().cloned());
    let context = Context { strings: &strings, ui: &ui, stage: Stage::Bodies, ..context };
    let tracks = tracks(context, &settings.languages, settings.versions).collect(&mut diagnostics);
    let dates = site.config.languages().map(|(_, language)| Dates::new(&language.tag)).collect();
    let permalinks = match before.filter(|before| !before.changes.structure) {
        Some(Before { prepared, .. }) => prepared.permalinks.clone(),
        None => Arc::new(Permalinks::new(&site)),
    };
    let mut value = Prepared {
        site,
        theme,
        strings,
        notices,
        permalinks,
        ui,
        ui_reads,
        ui_diagnostics,
        tracks,
        highlighter: before.map_or_else(Arc::default, |before| before.prepared.highlighter.clone()),
        languages: settings.languages.clone(),
        versions: settings.versions,
        today: settings.today,
        dates,
        clock: None,
        twins: settings.twins,
        machines: Machines::default(),
        globals,
    };
    value.machines = Machines::new(&value);
    Checked { value, diagnostics }
}

/// The interface's strings by language, what they were made from, and what was wrong with them.
struct Interface {
    ui: Arc<[UiStrings]>,
    ui_reads: Vec<Arc<[TextId]>>,
    ui_diagnostics: Vec<Diagnostic>,
}

/// The interface's strings; those of the site before where they hold.
fn interface(context: Context<'_>, theme: &Theme, before: Option<Before<'_>>) -> Interface {
    if let Some(Before { prepared, changes }) = before
        && !changes.structure
        && !changes.reach(prepared.ui_reads.iter().flat_map(|reads| reads.iter().copied()))
    {
        return Interface {
            ui: prepared.ui.clone(),
            ui_reads: prepared.ui_reads.clone(),
            ui_diagnostics: prepared.ui_diagnostics.clone(),
        };
    }
    let mut ui_diagnostics = Vec::new();
    let languages = context.site.languages();
    let ui = languages.map(|language| ui(context, theme, language).collect(&mut ui_diagnostics));
    let (ui, ui_reads): (Vec<_>, Vec<_>) = ui.unzip();
    Interface { ui: ui.into(), ui_reads, ui_diagnostics }
}

/// The interface's strings in a language: the site's in that language, the theme's in that language, then both in
/// the default language.
fn ui(
    context: Context<'_>,
    theme: &Theme,
    language: LanguageId,
) -> Checked<(UiStrings, Arc<[TextId]>)> {
    let site = context.site;
    let mut diagnostics = Vec::new();
    let (mut own, mut default, mut reads) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    for datum in site.data.values() {
        let Some(key) = datum.key.strip_prefix("ui.") else { continue };
        if let Some((text, language_of)) = interface_text(site, datum, language)
            && let Some(page) = site.pages.first()
        {
            let host = host::PageHost { context, page, language };
            let version = VersionSet::only(site.config.default_version);
            let limits = &site.config.limits.liquid;
            let expansions = collate(site.source(text), &host, version, limits);
            let expansions = expansions.collect(&mut diagnostics);
            let expansion = expansions.into_iter().next().map(|(_, expansion)| expansion);
            let Expansion { text: shown, reads: inside, .. } = expansion.unwrap_or_default();
            reads.extend(std::iter::once(text.id).chain(inside));
            let layer = if language_of == language { &mut own } else { &mut default };
            layer.insert(key.to_owned(), shown);
        }
    }
    let tag = |language| &*site.config.language(language).tag;
    let strings = theme.interface((tag(language), own), (tag(LanguageId::DEFAULT), default));
    Checked { value: (strings, reads.into()), diagnostics }
}

/// The site's text for a string of the interface, and the language that it is in. A translation may have strings that
/// the default language leaves to the theme, and forms that only its own language has.
fn interface_text<'a>(
    site: &Site,
    datum: &'a Datum,
    language: LanguageId,
) -> Option<(&'a LiquidText, LanguageId)> {
    let is_empty = |text: &LiquidText| site.sources.text(text.id).trim().is_empty();
    let found = datum.resolve(language, site.config.default_version, &is_empty);
    let found = found.map(|found| (found.value, found.language)).or_else(|| {
        let mut all = datum.all();
        let own = all.find(|(own, version, _)| *own == language && version.is_none())?;
        Some((own.2, language))
    });
    match found? {
        (DatumValue::Text(text), language) if !is_empty(text) => Some((text, language)),
        _ => None,
    }
}

impl<'a> Prepared<'a> {
    /// The same, rendered by the clock: [`super::Rendered::timings`] says what took how long.
    #[must_use]
    pub fn clocked(self, clock: &'a dyn Clock) -> Self {
        Self { clock: Some(clock), ..self }
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The site, to be kept.
    pub fn shared_site(&self) -> Arc<Site> {
        self.site.clone()
    }

    /// The languages that are built.
    pub fn languages(&self) -> &[LanguageId] {
        &self.languages
    }

    /// The versions that are built.
    pub fn versions(&self) -> VersionSet {
        self.versions
    }

    /// Style and scripts of the theme: the path below the base path, and the bytes.
    pub fn theme_assets(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.theme.assets()
    }

    /// The strings of the interface that the theme has in English, by their names.
    pub fn theme_words(&self) -> BTreeMap<String, String> {
        self.theme.words("en").cloned().unwrap_or_default()
    }

    /// The anchors that the theme puts into pages.
    pub fn theme_anchors(&self) -> impl Iterator<Item = &str> {
        self.theme.ids()
    }

    /// The day of the build.
    pub fn today(&self) -> jiff::civil::Date {
        self.today
    }

    /// The names of the icons that there are.
    pub fn icon_names(&self) -> impl Iterator<Item = &str> {
        self.theme.icons().names()
    }

    /// The names of languages that code blocks can be in.
    pub fn code_languages(&self) -> BTreeSet<String> {
        self.highlighter.languages()
    }

    /// How many pages there will be, one counting once for each variant.
    pub fn page_count(&self) -> usize {
        let of = |page: &Page| page.versions.and(self.versions).len() * self.languages.len();
        self.site.pages.iter().map(of).sum()
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context {
            site: &self.site,
            globals: &self.globals,
            icons: self.theme.icons(),
            strings: &self.strings,
            ui: &self.ui,
            stage: Stage::Bodies,
            clock: self.clock,
        }
    }

    /// The tag of the language that a text is written in, when it is not the language around it.
    pub(super) fn foreign_tag(&self, around: LanguageId, written_in: LanguageId) -> Option<String> {
        (around != written_in).then(|| self.site.config.language(written_in).tag.clone())
    }

    /// Text as HTML that says its language, when that is not the language around it.
    pub(super) fn marked(&self, html: &str, written_in: LanguageId, around: LanguageId) -> Html {
        match self.foreign_tag(around, written_in) {
            Some(tag) => {
                let tag = escape(&tag);
                Html::new(format!(r#"<span lang="{tag}" dir="auto">{html}</span>"#))
            }
            None => Html::new(html),
        }
    }

    /// The page nearest to one that a version does not have: the next index above it that the version has.
    pub(super) fn nearest(&self, page: &Page, version: VersionId) -> Option<PageId> {
        let has = |page: &PageId| self.site.page(*page).versions.contains(version);
        let above = self.site.tree.ancestors(page.id).find(has);
        above.or_else(|| self.site.tree.home().filter(has))
    }

    /// The variants of a page that are built, by language and version.
    pub(super) fn variants(&self, page: &Page) -> Vec<Variant> {
        let versions = page.versions.and(self.versions);
        let of = |language: &LanguageId| {
            let language = *language;
            versions.iter().map(move |version| Variant { language, version })
        };
        self.languages.iter().flat_map(of).collect()
    }
}
