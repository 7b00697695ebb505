//! All pages of a site: product after product, in batches, so that memory holds one batch whatever the site's size.

mod drafts;
mod pages;

pub use drafts::Drafts;
pub use pages::{pages, survey};

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::collate::{Bodies, bodies, unknown_languages};
use super::compose::{Fillings, Forms, Highlighted, Marks, Shared, Shown, compose};
use super::context::{NotFoundContext, PickerItem, RedirectContext};
use super::facts::PageFacts;
use super::machines::{Twins, record_path, site_files, twin_path};
use super::menu::{Order, menu};
use super::prepare::template_finding;
use super::reads::Reads;
use super::search::{self, Draft};
use super::timings::{PageTime, Spent, Timings};
use super::{Prepared, facts_of};
use crate::config::UrlStyle;
use crate::diagnostic::{Checked, Diagnostic, Finding, isolated};
use crate::markdown::{self, CodeBlock, Twin};
use crate::model::{Kind, Page, PageId, Redirect};
use crate::source::{FileId, Span, TextId};
use crate::timing::Stopwatch;
use crate::variant::{LanguageId, Variant};

/// How many pages are in memory at once.
pub(super) const BATCH: usize = 64;

/// What files are made from that belong to no page.
pub(super) const CONFIGURATION: Span =
    Span { text: TextId { file: FileId(0), index: 0 }, start: 0, end: 0 };

/// A file of the site.
#[derive(Debug)]
pub struct Output {
    /// Its path below the output folder.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it was made from: the page's file, or the entry of a redirect.
    pub source: Span,
    /// Everything that a page read.
    pub reads: Reads,
}

/// What rendering told about the site.
#[derive(Debug, Default)]
pub struct Rendered {
    /// How many pages were written, a page counting once for each variant.
    pub pages: usize,
    /// How many distinct bodies they were made from.
    pub bodies: usize,
    /// How many evaluations of Liquid that took.
    pub evaluations: usize,
    /// How many redirect pages were written.
    pub redirect_pages: usize,
    /// How many distinct code blocks were highlighted.
    pub code_blocks: usize,
    /// Where the time went, if there is a clock.
    pub timings: Timings,
    /// Findings, each with the number of pages that it reaches.
    pub findings: Vec<Finding>,
    /// What is known of the pages' texts, in the order in which they were rendered.
    pub facts: Vec<PageFacts>,
}

/// Told after each batch: how many pages are done.
pub type Progress<'a> = &'a (dyn Fn(usize) + Sync);

/// Renders the whole site. Each file is handed to `put` as soon as it is made and dropped then; what `put` returns
/// is returned in the order of the pages.
pub fn site<T: Send, E: Send>(
    prepared: &Prepared<'_>,
    put: &(dyn Fn(Output) -> Result<T, E> + Sync),
    progress: Progress<'_>,
) -> Result<Checked<(Rendered, Vec<T>)>, E> {
    let mut run = Run::new(prepared, put);
    for (product, pages) in products(prepared) {
        let shared = run.shared(product, &pages);
        for batch in pages.chunks(BATCH) {
            run.batch(batch, &shared)?;
            progress(run.rendered.pages);
        }
    }
    run.redirects()?;
    run.not_found()?;
    run.for_programs()?;
    run.search()?;
    Ok(Checked { value: (run.rendered, run.puts), diagnostics: run.diagnostics })
}

/// The old addresses that lead to pages which are built.
pub(super) fn built_redirects<'a>(
    prepared: &'a Prepared<'_>,
) -> impl Iterator<Item = (&'a str, Redirect)> {
    prepared.site.redirects.iter().filter(|(_, to)| {
        prepared.languages.contains(&to.variant.language)
            && prepared.versions.contains(to.variant.version)
    })
}

/// The pages that are built, by the product that they belong to.
pub(super) fn products<'a>(prepared: &'a Prepared<'_>) -> BTreeMap<Option<PageId>, Vec<&'a Page>> {
    let site = &prepared.site;
    let mut products: BTreeMap<Option<PageId>, Vec<&Page>> = BTreeMap::new();
    for page in &site.pages {
        let mut way = std::iter::once(page.id).chain(site.tree.ancestors(page.id));
        let product = way.find(|page| site.page(*page).kind == Kind::Product);
        if !page.versions.and(prepared.versions).is_empty() {
            products.entry(product).or_default().push(page);
        }
    }
    products
}

struct Run<'a, T, E> {
    prepared: &'a Prepared<'a>,
    put: &'a (dyn Fn(Output) -> Result<T, E> + Sync),
    rendered: Rendered,
    puts: Vec<T>,
    highlighted: Highlighted,
    /// Nothing where the site has no search.
    index: Option<search::Index>,
    /// Whether pages are made in other forms too.
    twins: Twins,
    diagnostics: Vec<Diagnostic>,
}

/// What became of the variants of one page.
struct Written<T> {
    puts: Vec<T>,
    /// Of the pages in other forms, which do not count as pages.
    forms: Vec<T>,
    /// What is known of its texts.
    facts: PageFacts,
    diagnostics: Vec<Diagnostic>,
    /// What search has to know of the page.
    draft: Option<Draft>,
    /// Files for search.
    quotes: Vec<T>,
    spent: Spent,
}

impl<T> Written<T> {
    fn new(page: &Page) -> Self {
        Self {
            puts: Vec::new(),
            forms: Vec::new(),
            facts: PageFacts::new(page.id),
            diagnostics: Vec::new(),
            draft: None,
            quotes: Vec::new(),
            spent: Spent::default(),
        }
    }

    /// Nothing, for the program has failed on the page.
    fn faulty(page: &Page, fault: Diagnostic) -> Self {
        Self { diagnostics: vec![fault], ..Self::new(page) }
    }
}

impl<'a, T: Send, E: Send> Run<'a, T, E> {
    fn new(prepared: &'a Prepared<'a>, put: &'a (dyn Fn(Output) -> Result<T, E> + Sync)) -> Self {
        Self {
            prepared,
            put,
            rendered: Rendered::default(),
            puts: Vec::new(),
            highlighted: HashMap::new(),
            index: prepared.site.config.search.then(search::Index::default),
            twins: prepared.twins,
            diagnostics: Vec::new(),
        }
    }

    /// Navigation and order of a product, rendered once for each variant.
    fn shared(&mut self, product: Option<PageId>, pages: &[&Page]) -> Shared {
        let Some(product) = product else { return Shared::default() };
        let prepared = self.prepared;
        let versions: BTreeSet<_> =
            pages.iter().flat_map(|page| page.versions.and(prepared.versions).iter()).collect();
        let orders =
            versions.iter().map(|version| (*version, Order::new(prepared, product, *version)));
        let orders = orders.collect();
        let variants: Vec<Variant> = prepared
            .languages
            .iter()
            .flat_map(|language| {
                versions.iter().map(|version| Variant { language: *language, version: *version })
            })
            .collect();
        let menus: Vec<_> = variants
            .par_iter()
            .map(|variant| {
                let mut watch = Stopwatch::start(prepared.clock);
                let menu = menu(prepared, product, *variant);
                (*variant, menu, watch.lap())
            })
            .collect();
        let mut shared = Shared { menus: HashMap::new(), orders };
        for (variant, menu, spent) in menus {
            self.rendered.timings.navigation += spent;
            match menu {
                Ok(menu) => {
                    shared.menus.insert(variant, menu);
                }
                Err(fault) => self.diagnostics.push(template_finding(&prepared.site, &fault)),
            }
        }
        shared
    }

    fn batch(&mut self, pages: &[&Page], shared: &Shared) -> Result<(), E> {
        let prepared = self.prepared;
        let context = prepared.context();
        let mut made: Vec<Bodies> = pages
            .par_iter()
            .map(|page| {
                let made = || bodies(context, page, &prepared.languages, prepared.versions);
                isolated(page.source.file, made).unwrap_or_else(Bodies::faulty)
            })
            .collect();
        for bodies in &mut made {
            self.rendered.findings.append(&mut bodies.findings);
        }
        self.highlight(pages, &made);
        let highlighted = &self.highlighted;
        let put = self.put;
        let (searched, twins) = (self.index.is_some(), self.twins);
        let written: Result<Vec<Written<T>>, E> = pages
            .par_iter()
            .zip(&made)
            .map(|(page, bodies)| {
                let write = || {
                    let mut written =
                        write(prepared, page, bodies, (highlighted, shared, twins), put)?;
                    if searched {
                        draft(prepared, page, bodies, &mut written, put)?;
                    }
                    Ok(written)
                };
                isolated(page.source.file, write)
                    .unwrap_or_else(|fault| Ok(Written::faulty(page, fault)))
            })
            .collect();
        let mut drafts = Vec::new();
        for ((bodies, written), page) in made.iter().zip(written?).zip(pages) {
            self.clocked(page, bodies, &written);
            self.rendered.pages += written.puts.len();
            self.rendered.bodies += bodies.distinct.len();
            self.rendered.evaluations += bodies.evaluations;
            self.rendered.facts.push(written.facts);
            self.diagnostics.extend(written.diagnostics);
            self.puts.extend(written.puts);
            self.puts.extend(written.forms);
            self.puts.extend(written.quotes);
            drafts.extend(written.draft);
        }
        if let Some(index) = &mut self.index {
            index.add(&drafts);
        }
        Ok(())
    }

    /// Writes down what a page took, if there is a clock.
    fn clocked(&mut self, page: &Page, bodies: &Bodies, written: &Written<T>) {
        if self.prepared.clock.is_none() {
            return;
        }
        let timings = &mut self.rendered.timings;
        let mut spent = bodies.spent;
        spent.add(written.spent);
        timings.pages.push(PageTime { page: page.id, variants: written.puts.len(), spent });
        for (text, usage) in &bodies.texts {
            timings.texts.entry(*text).or_default().add(*usage);
        }
    }

    /// Highlights each distinct block that was not seen before.
    fn highlight(&mut self, pages: &[&Page], made: &[Bodies]) {
        let prepared = self.prepared;
        let mut new: BTreeMap<(&str, &str), (&CodeBlock, FileId)> = BTreeMap::new();
        let distinct = pages.iter().zip(made).flat_map(|(page, bodies)| {
            bodies.distinct.iter().map(|(expansion, body)| (page.source.file, expansion, body))
        });
        for (file, expansion, body) in distinct {
            let known = |language: &str| prepared.highlighter.is_known_language(language);
            self.diagnostics.extend(unknown_languages(body, expansion, &known));
            for block in &body.code {
                new.entry((&block.language, &block.text)).or_insert((block, file));
            }
        }
        let highlighted = &self.highlighted;
        let new: Vec<_> =
            new.into_values().filter(|(block, _)| !is_in(highlighted, block)).collect();
        let done: Vec<_> = new
            .into_par_iter()
            .map(|(block, file)| {
                let mut watch = Stopwatch::start(prepared.clock);
                let html = isolated(file, || prepared.highlighter.highlight(block));
                (block, html, watch.lap())
            })
            .collect();
        self.rendered.code_blocks += done.len();
        for (block, html, spent) in done {
            self.rendered.timings.highlighting += spent;
            match html {
                Ok(html) => {
                    let of_language = self.highlighted.entry(block.language.clone()).or_default();
                    of_language.insert(block.text.clone(), html);
                }
                Err(fault) => self.diagnostics.push(fault),
            }
        }
    }

    /// A page for each old address, and all of them in `redirects.json`.
    fn redirects(&mut self) -> Result<(), E> {
        let prepared = self.prepared;
        let site = &prepared.site;
        let redirects: Vec<_> = built_redirects(prepared).collect();
        let json = redirect_table(prepared);
        self.puts.push((self.put)(Output {
            path: "redirects.json".to_owned(),
            bytes: json,
            source: CONFIGURATION,
            reads: Reads::default(),
        })?);
        if !site.config.redirects.pages {
            return Ok(());
        }
        let pages: Result<Vec<_>, E> = redirects
            .par_iter()
            .map(|(from, to)| {
                let mut watch = Stopwatch::start(prepared.clock);
                let page = match redirect_page(prepared, *to) {
                    Ok(html) => {
                        let path = output_path(prepared, from);
                        let (bytes, reads) = (html.into_bytes(), Reads::default());
                        Ok((self.put)(Output { path, bytes, source: to.span, reads })?)
                    }
                    Err(fault) => Err(template_finding(site, &fault)),
                };
                Ok((page, watch.lap()))
            })
            .collect();
        for (page, spent) in pages? {
            self.rendered.timings.redirects += spent;
            match page {
                Ok(put) => {
                    self.rendered.redirect_pages += 1;
                    self.puts.push(put);
                }
                Err(finding) => self.diagnostics.push(finding),
            }
        }
        Ok(())
    }

    /// What is known of all pages for search.
    fn search(&mut self) -> Result<(), E> {
        let mut watch = Stopwatch::start(self.prepared.clock);
        if let Some(index) = self.index.take() {
            self.puts.extend(index.finish(self.prepared, self.put)?);
        }
        self.rendered.timings.search += watch.lap();
        Ok(())
    }

    /// `404.html` in each language, and at the root in the default language.
    fn not_found(&mut self) -> Result<(), E> {
        let prepared = self.prepared;
        let mut languages: Vec<(String, LanguageId)> = prepared
            .languages
            .iter()
            .map(|language| {
                let code = &prepared.site.config.language(*language).code;
                (format!("{code}/404.html"), *language)
            })
            .collect();
        languages.extend(prepared.languages.first().map(|first| ("404.html".to_owned(), *first)));
        for (path, language) in languages {
            match not_found_page(prepared, language) {
                Ok(html) => self.puts.push((self.put)(Output {
                    path,
                    bytes: html.into_bytes(),
                    source: CONFIGURATION,
                    reads: Reads::default(),
                })?),
                Err(fault) => self.diagnostics.push(template_finding(&prepared.site, &fault)),
            }
        }
        Ok(())
    }

    /// Files for programs that belong to no page.
    fn for_programs(&mut self) -> Result<(), E> {
        let prepared = self.prepared;
        let made: Result<Vec<Result<T, Diagnostic>>, E> = site_files(prepared)
            .into_par_iter()
            .map(|file| match file.text(prepared) {
                Ok(text) => {
                    let (path, bytes) = (file.path(prepared), text.into_bytes());
                    let (source, reads) = (CONFIGURATION, Reads::default());
                    Ok(Ok((self.put)(Output { path, bytes, source, reads })?))
                }
                Err(fault) => Ok(Err(template_finding(&prepared.site, &fault))),
            })
            .collect();
        for file in made? {
            match file {
                Ok(put) => self.puts.push(put),
                Err(finding) => self.diagnostics.push(finding),
            }
        }
        Ok(())
    }
}

/// All old addresses with where they lead, as JSON.
pub(super) fn redirect_table(prepared: &Prepared<'_>) -> Vec<u8> {
    let permalink = |to: Redirect| prepared.site.permalink(to.page, to.variant);
    let entry = |(from, to): (&str, Redirect)| (from.to_owned(), permalink(to).into());
    let table: serde_json::Map<_, _> = built_redirects(prepared).map(entry).collect();
    serde_json::to_vec_pretty(&table).unwrap_or_default()
}

/// Makes what search has to know of a page, and the files to quote from.
fn draft<T, E>(
    prepared: &Prepared<'_>,
    page: &Page,
    bodies: &Bodies,
    written: &mut Written<T>,
    put: &(dyn Fn(Output) -> Result<T, E> + Sync),
) -> Result<(), E> {
    let mut watch = Stopwatch::start(prepared.clock);
    if let Some(mut draft) = search::draft(prepared, page, bodies) {
        for file in std::mem::take(&mut draft.files) {
            written.quotes.push(put(file)?);
        }
        written.draft = Some(draft);
    }
    written.spent.search += watch.lap();
    Ok(())
}

fn is_in(highlighted: &Highlighted, block: &CodeBlock) -> bool {
    highlighted.get(&block.language).is_some_and(|code| code.contains_key(&block.text))
}

/// Composes and writes every variant of a page.
fn write<T, E>(
    prepared: &Prepared<'_>,
    page: &Page,
    bodies: &Bodies,
    (highlighted, shared, twins): (&Highlighted, &Shared, Twins),
    put: &(dyn Fn(Output) -> Result<T, E> + Sync),
) -> Result<Written<T>, E> {
    let mut written = Written::new(page);
    let mut watch = Stopwatch::start(prepared.clock);
    let source = Span::start_of(page.source.file);
    let distinct = bodies.distinct.iter();
    let fillings =
        |(expansion, body): &(_, _)| Fillings::new(prepared, page, (expansion, body), highlighted);
    let fillings: Vec<Fillings<'_>> = distinct.map(fillings).collect();
    let twin = |(_, body): &(_, _)| (twins == Twins::Written).then(|| markdown::twin(body));
    let twins: Vec<Option<Twin>> = bodies.distinct.iter().map(twin).collect();
    for variant in prepared.variants(page) {
        let Some(used) = bodies.of(variant) else { continue };
        let body = &bodies.distinct[used.body].1;
        let (fillings, twin) = (&fillings[used.body], twins[used.body].as_ref());
        let shown = Shown { used, body, fillings, twin, shared, marks: Marks::None };
        let composed = compose(prepared, page, variant, &shown);
        written.spent.composition += watch.lap();
        match composed {
            Ok(rendered) => {
                let permalink = prepared.site.permalink(page.id, variant);
                let path = output_path(prepared, &permalink);
                let (bytes, reads) = (rendered.html.into_bytes(), rendered.reads);
                if let Some(path) = language_root(prepared, page, variant) {
                    let (bytes, reads) = (bytes.clone(), reads.clone());
                    written.puts.push(put(Output { path, bytes, source, reads })?);
                }
                let forms = rendered.forms.map(|forms| forms_of(prepared, &permalink, forms));
                for (path, text) in forms.into_iter().flatten() {
                    let (bytes, reads) = (text.into_bytes(), reads.clone());
                    written.forms.push(put(Output { path, bytes, source, reads })?);
                }
                written.puts.push(put(Output { path, bytes, source, reads })?);
                written.spent.staging += watch.lap();
                written.facts.add(variant, rendered.facts);
                written.diagnostics.extend(rendered.diagnostics);
            }
            Err(fault) => written.diagnostics.push(template_finding(&prepared.site, &fault)),
        }
    }
    Ok(written)
}

/// The files of a page in other forms: paths and texts.
fn forms_of(prepared: &Prepared<'_>, permalink: &str, forms: Forms) -> [(String, String); 2] {
    let config = &prepared.site.config;
    let markdown = (twin_path(config, permalink), forms.markdown);
    [markdown, (record_path(config, permalink), forms.json)]
}

/// The home page of the default version stands at the root of its language too.
pub(super) fn language_root(
    prepared: &Prepared<'_>,
    page: &Page,
    variant: Variant,
) -> Option<String> {
    let config = &prepared.site.config;
    let is_root = page.kind == Kind::Home && variant.version == config.default_version;
    let root = format!("/{}", config.language(variant.language).code);
    (is_root && prepared.site.permalink(page.id, variant) != root)
        .then(|| output_path(prepared, &root))
}

/// The file that an address stands for.
pub(super) fn output_path(prepared: &Prepared<'_>, address: &str) -> String {
    let path = address.trim_matches('/');
    match (prepared.site.config.urls.style, path) {
        (_, "") => "index.html".to_owned(),
        (UrlStyle::Directory, path) => format!("{path}/index.html"),
        (UrlStyle::File, path) => format!("{path}.html"),
    }
}

pub(super) fn redirect_page(
    prepared: &Prepared<'_>,
    to: Redirect,
) -> Result<String, super::theme::TemplateFault> {
    let site = &prepared.site;
    let facts = facts_of(prepared, to.variant);
    let base = &site.config.base_url;
    let permalink = site.permalink(to.page, to.variant);
    prepared.theme.redirect(&RedirectContext {
        site: facts.site,
        language: facts.language,
        target: prepared.href(to.page, to.variant),
        canonical: (!base.is_empty()).then(|| format!("{base}{permalink}")),
        ui: facts.ui,
    })
}

pub(super) fn not_found_page(
    prepared: &Prepared<'_>,
    language: LanguageId,
) -> Result<String, super::theme::TemplateFault> {
    let site = &prepared.site;
    let variant = Variant { language, version: site.config.default_version };
    let facts = facts_of(prepared, variant);
    let home = site.tree.home();
    let item = |(id, settings): (LanguageId, &crate::config::Language)| {
        Some(PickerItem {
            title: settings.native_name.clone(),
            href: prepared.href(home?, Variant { language: id, ..variant }),
            is_current: id == language,
            exists: true,
            tag: Some(settings.tag.clone()),
        })
    };
    let offered = site.config.languages().filter(|(id, _)| prepared.languages.contains(id));
    let offered: Vec<_> = offered.collect();
    prepared.theme.not_found(&NotFoundContext {
        language_codes: offered.iter().map(|(_, settings)| settings.code.clone()).collect(),
        languages: offered.into_iter().filter_map(item).collect(),
        site: facts.site,
        language: facts.language,
        ui: facts.ui,
    })
}
