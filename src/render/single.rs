//! One file of the site at a time, for whoever does not want all of them; the bytes are those of a whole build.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;

use rayon::prelude::*;

use super::collate::{Bodies, bodies, unknown_languages};
use super::compose::{Fillings, Highlighted, Marks, Shared, Shown, article, compose};
use super::facts::VariantTexts;
use super::machines::{SiteFile, Twins, record_path, site_files, twin_path};
use super::menu::{Order, menu};
use super::prepare::template_finding;
use super::reads::Reads;
use super::site::{BATCH, not_found_page, output_path, products, redirect_page, redirect_table};
use super::strings::{ALL as STRINGS, PageString};
use super::{Prepared, search};
use crate::config::UrlStyle;
use crate::diagnostic::{Checked, Diagnostic, Finding, isolated};
use crate::liquid::Expansion;
use crate::markdown::{self, Body};
use crate::model::{Kind, Page, PageId, Redirect};
use crate::source::TextId;
use crate::variant::{LanguageId, Variant, VersionSet};

/// What a path below the output folder stands for.
#[derive(Clone, Debug)]
pub enum Requested {
    /// A page, in one of its forms.
    Page(PageId, Variant, Form),
    /// A file of the site's `assets`, by its path below.
    Asset(String),
    /// A page for an old address.
    Redirect(Redirect),
    /// The page that says that there is no page.
    NotFound(LanguageId),
    /// All old addresses as JSON.
    RedirectTable,
    /// A file of the search index, by its path: it is made together with all others.
    Search(String),
    /// A file for programs.
    Program(ProgramFile),
}

/// A form of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// What people read.
    Html,
    /// Its twin.
    Markdown,
    /// Its record.
    Record,
}

/// A file for programs that belongs to no page.
#[derive(Clone, Copy, Debug)]
pub struct ProgramFile(SiteFile);

/// The bodies of a page in one language, for all versions that are built.
#[derive(Debug)]
pub struct PageBodies {
    page: PageId,
    bodies: Bodies,
    highlighted: Highlighted,
    diagnostics: Vec<Diagnostic>,
}

impl PageBodies {
    /// The text that a version shows: before Markdown and after.
    pub fn shown(&self, variant: Variant) -> Option<(&Expansion, &Body)> {
        let used = self.bodies.of(variant)?;
        let (expansion, body) = &self.bodies.distinct[used.body];
        Some((expansion, body))
    }

    /// The language that the text of a variant is written in.
    pub fn written_in(&self, variant: Variant) -> Option<LanguageId> {
        Some(self.bodies.of(variant)?.written_in)
    }

    /// The versions that show the same text as this one.
    pub fn alike(&self, variant: Variant) -> VersionSet {
        self.bodies.of(variant).map_or(VersionSet::EMPTY, |used| used.versions)
    }

    /// What was wrong with the texts, with the number of versions that each concerns.
    pub fn findings(&self) -> impl Iterator<Item = Finding> {
        let bodies = self.bodies.findings.iter().cloned();
        bodies.chain(self.diagnostics.iter().cloned().map(Finding::from))
    }

    /// Everything that was read for them in any version.
    pub fn reads(&self) -> impl Iterator<Item = crate::source::TextId> {
        self.bodies.uses.iter().flat_map(|used| used.reads.iter().copied())
    }
}

/// What the pages of a product share in one variant: the navigation, and the order of pages.
#[derive(Debug, Default)]
pub struct Frame {
    shared: Shared,
}

impl Frame {
    /// What it was made from.
    pub fn reads(&self) -> impl Iterator<Item = crate::source::TextId> {
        self.shared.menus.values().flat_map(|menu| menu.reads.iter().copied())
    }
}

/// A page in a variant and a form.
#[derive(Debug, Default)]
pub struct Single {
    /// Its text.
    pub text: String,
    /// What it was made from.
    pub reads: Reads,
    /// What is known of its texts.
    pub facts: VariantTexts,
    /// What was wrong with the data that it shows.
    pub diagnostics: Vec<Diagnostic>,
}

impl Prepared<'_> {
    /// What a path stands for: decoded, below the base path, without a slash at its beginning.
    pub fn requested(&self, path: &str) -> Option<Requested> {
        let address = self.address_of(path);
        let own = self.own(path);
        let page = || {
            let (page, variant) = self.site.page_at(address.as_deref()?)?;
            let is_built = self.languages.contains(&variant.language)
                && self.versions.contains(variant.version);
            is_built.then_some(Requested::Page(page, variant, Form::Html))
        };
        let asset = || {
            let name = path.strip_prefix("assets/")?;
            self.site.assets.contains(name).then(|| Requested::Asset(name.to_owned()))
        };
        let redirect = || {
            let to = self.site.redirects.get(address.as_deref()?)?;
            let is_built = self.languages.contains(&to.variant.language)
                && self.versions.contains(to.variant.version);
            is_built.then_some(Requested::Redirect(to))
        };
        own.or_else(page).or_else(asset).or_else(redirect).or_else(|| self.form(path))
    }

    /// The address of the page whose file a path is: `a`, `a/`, and `a/index.html` or `a.html`.
    fn address_of(&self, path: &str) -> Option<String> {
        let stem = match self.site.config.urls.style {
            _ if path == "index.html" => "",
            UrlStyle::Directory => path.strip_suffix("/index.html").unwrap_or(path),
            UrlStyle::File => path.strip_suffix(".html").unwrap_or(path),
        };
        let stem = stem.strip_suffix('/').unwrap_or(stem);
        (!stem.ends_with('/') && !stem.starts_with('/')).then(|| format!("/{stem}"))
    }

    /// A file that every site has.
    fn own(&self, path: &str) -> Option<Requested> {
        let config = &self.site.config;
        match path {
            "redirects.json" => return Some(Requested::RedirectTable),
            "404.html" => return self.languages.first().copied().map(Requested::NotFound),
            _ => {}
        }
        if let Some(code) = path.strip_suffix("/404.html") {
            let language = config.find_language(code)?;
            return self.languages.contains(&language).then_some(Requested::NotFound(language));
        }
        if config.search && path.starts_with("search/") {
            return Some(Requested::Search(path.to_owned()));
        }
        // All of them have such endings, and pages have not.
        let may_be = [".txt", ".xml"].iter().any(|ending| path.ends_with(ending));
        let files = may_be.then(|| site_files(self)).into_iter().flatten();
        let found = files.into_iter().find(|file| file.path(self) == path)?;
        Some(Requested::Program(ProgramFile(found)))
    }

    /// A page as Markdown or as a record.
    fn form(&self, path: &str) -> Option<Requested> {
        if self.twins == Twins::LeftOut {
            return None;
        }
        let endings = match self.site.config.urls.style {
            UrlStyle::Directory => [("/index.md", Form::Markdown), ("/page.json", Form::Record)],
            UrlStyle::File => [(".md", Form::Markdown), (".json", Form::Record)],
        };
        endings.into_iter().find_map(|(ending, form)| {
            let address = format!("/{}", path.strip_suffix(ending)?);
            let (page, variant) = self.site.page_at(&address)?;
            let config = &self.site.config;
            let own = match form {
                Form::Markdown => twin_path(config, &address),
                _ => record_path(config, &address),
            };
            let is_built = self.languages.contains(&variant.language)
                && self.versions.contains(variant.version);
            (own == path && is_built).then_some(Requested::Page(page, variant, form))
        })
    }

    /// The product that a page belongs to.
    pub fn product(&self, page: PageId) -> Option<PageId> {
        let site = &self.site;
        let mut way = std::iter::once(page).chain(site.tree.ancestors(page));
        way.find(|page| site.page(*page).kind == Kind::Product)
    }

    /// The bodies of a page in a language.
    pub fn page_bodies(&self, page: PageId, language: LanguageId) -> PageBodies {
        let page = self.site.page(page);
        let made = || bodies(self.context(), page, &[language], self.versions);
        let bodies = isolated(page.source.file, made).unwrap_or_else(Bodies::faulty);
        let (mut highlighted, mut diagnostics) = (Highlighted::new(), Vec::new());
        let shown = bodies.uses.iter().filter(|used| used.language == language);
        let shown: std::collections::BTreeSet<usize> = shown.map(|used| used.body).collect();
        for (expansion, body) in shown.into_iter().map(|body| &bodies.distinct[body]) {
            let known = |language: &str| self.highlighter.is_known_language(language);
            diagnostics.extend(unknown_languages(body, expansion, &known));
            self.highlight(page, body, &mut highlighted).collect(&mut diagnostics);
        }
        PageBodies { page: page.id, bodies, highlighted, diagnostics }
    }

    fn highlight(&self, page: &Page, body: &Body, into: &mut Highlighted) -> Checked<()> {
        let mut diagnostics = Vec::new();
        for block in &body.code {
            let of_language = into.entry(block.language.clone()).or_default();
            if of_language.contains_key(&block.text) {
                continue;
            }
            match isolated(page.source.file, || self.highlighter.highlight(block)) {
                Ok(html) => drop(of_language.insert(block.text.clone(), html)),
                Err(fault) => diagnostics.push(fault),
            }
        }
        Checked { value: (), diagnostics }
    }

    /// What the pages of a product share in a variant; nothing where there is no product.
    pub fn frame(&self, product: Option<PageId>, variant: Variant) -> Checked<Frame> {
        let Some(product) = product else { return Checked::clean(Frame::default()) };
        let order = Order::new(self, product, variant.version);
        let orders = HashMap::from([(variant.version, order)]);
        let (menus, diagnostics) = match menu(self, product, variant) {
            Ok(menu) => (HashMap::from([(variant, menu)]), Vec::new()),
            Err(fault) => (HashMap::new(), vec![template_finding(&self.site, &fault)]),
        };
        Checked { value: Frame { shared: Shared { menus, orders } }, diagnostics }
    }

    /// A page in a variant. Nothing where the page is not in it; a finding where a template does not work, or the
    /// program fails on the page.
    pub fn single(
        &self,
        bodies: &PageBodies,
        variant: Variant,
        frame: &Frame,
        form: Form,
        marks: Marks,
    ) -> Option<Result<Single, Diagnostic>> {
        let page = self.site.page(bodies.page);
        let made = || self.composed(page, bodies, variant, frame, form, marks);
        isolated(page.source.file, made).unwrap_or_else(|fault| Some(Err(fault)))
    }

    fn composed(
        &self,
        page: &Page,
        made: &PageBodies,
        variant: Variant,
        frame: &Frame,
        form: Form,
        marks: Marks,
    ) -> Option<Result<Single, Diagnostic>> {
        let used = made.bodies.of(variant)?;
        let (expansion, body) = &made.bodies.distinct[used.body];
        let fillings = Fillings::new(self, page, (expansion, body), &made.highlighted);
        let twin = (self.twins == Twins::Written).then(|| markdown::twin(body));
        let (fillings, twin) = (&fillings, twin.as_ref().filter(|_| form != Form::Html));
        let shown = Shown { used, body, fillings, twin, shared: &frame.shared, marks };
        Some(match compose(self, page, variant, &shown) {
            Ok(rendered) => Ok(Single {
                text: match (form, rendered.forms) {
                    (Form::Html, _) | (_, None) => rendered.html,
                    (Form::Markdown, Some(forms)) => forms.markdown,
                    (Form::Record, Some(forms)) => forms.json,
                },
                reads: rendered.reads,
                facts: rendered.facts,
                diagnostics: rendered.diagnostics,
            }),
            Err(fault) => Err(template_finding(&self.site, &fault)),
        })
    }

    /// The HTML of a page's text in a variant without the theme, its blocks numbered.
    pub fn article(&self, made: &PageBodies, variant: Variant) -> Option<String> {
        let page = self.site.page(made.page);
        let used = made.bodies.of(variant)?;
        let (expansion, body) = &made.bodies.distinct[used.body];
        let fillings = Fillings::new(self, page, (expansion, body), &made.highlighted);
        Some(article(self, page, variant, body, &fillings))
    }

    /// The title of a page in a variant, without markup.
    pub fn title(&self, page: PageId, variant: Variant) -> &str {
        let title = self.strings.get(page, variant.language, PageString::Title);
        &title.for_version(variant.version).plain
    }

    /// What the text of a page was made from in a variant: its body, and its own strings.
    pub fn own_reads(&self, made: &PageBodies, variant: Variant) -> Vec<TextId> {
        let body = made.bodies.of(variant).into_iter().flat_map(|used| used.reads.iter().copied());
        let strings = STRINGS.into_iter().flat_map(|which| {
            let strings = self.strings.get(made.page, variant.language, which);
            strings.for_version(variant.version).reads.iter().copied()
        });
        body.chain(strings).collect()
    }

    /// The address of a page in a variant, with the base path; where the version does not have the page, that of the
    /// nearest page that it has.
    pub fn nearest_href(&self, page: PageId, variant: Variant) -> Option<String> {
        let own = self.site.page(page);
        let is_there = own.versions.contains(variant.version);
        let shown = if is_there { Some(page) } else { self.nearest(own, variant.version) };
        Some(self.href(shown?, variant))
    }

    /// The page of an old address.
    pub fn redirect_page(&self, to: Redirect) -> Result<String, Diagnostic> {
        redirect_page(self, to).map_err(|fault| template_finding(&self.site, &fault))
    }

    /// The page that says that there is no page.
    pub fn not_found_page(&self, language: LanguageId) -> Result<String, Diagnostic> {
        not_found_page(self, language).map_err(|fault| template_finding(&self.site, &fault))
    }

    /// All old addresses as JSON.
    pub fn redirect_table(&self) -> Vec<u8> {
        redirect_table(self)
    }

    /// A file for programs.
    pub fn program_file(&self, file: ProgramFile) -> Result<String, Diagnostic> {
        file.0.text(self).map_err(|fault| template_finding(&self.site, &fault))
    }

    /// All files of the search index: the bodies of all pages are made for them.
    pub fn search_files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut index = search::Index::default();
        let mut files = BTreeMap::new();
        let draft = |page: &&Page| {
            let made = || {
                let bodies = bodies(self.context(), page, &self.languages, self.versions);
                search::draft(self, page, &bodies)
            };
            // Who asks for the page gets the finding.
            isolated(page.source.file, made).ok().flatten()
        };
        for pages in products(self).into_values() {
            for batch in pages.chunks(BATCH) {
                let mut drafts: Vec<_> = batch.par_iter().filter_map(draft).collect();
                let own = drafts.iter_mut().flat_map(|draft| std::mem::take(&mut draft.files));
                files.extend(own.map(|file| (file.path, file.bytes)));
                index.add(&drafts);
            }
        }
        let put = |file: super::Output| Ok::<_, Infallible>((file.path, file.bytes));
        let Ok(finished) = index.finish(self, &put);
        files.extend(finished);
        files
    }

    /// The path of the file that a page has in a variant.
    pub fn page_path(&self, page: PageId, variant: Variant) -> String {
        output_path(self, &self.site.permalink(page, variant))
    }
}
