//! The bodies of a page: evaluated once for each set of versions that cannot tell themselves apart, rendered once
//! for each text that comes out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::foreign::in_default_language;
use super::host::PageHost;
use super::strings::PageString;
use super::timings::Spent;
use super::titles::{HeadingTitles, heading_titles};
use super::trust::{guard, trusted};
use super::{Context, Prepared, markdown_faults};
use crate::diagnostic::{Checked, Diagnostic, Finding, codes};
use crate::liquid::{
    Advice, Expansion, Host, Live, Source, TagCall, TagOutput, collate, evaluate_metered, parse,
};
use crate::load::FeaturedLink;
use crate::markdown::{self, Body, Heading, Markup, OtherLanguage};
use crate::model::{DataId, Kind, Page, PageId};
use crate::source::{Span, TextId};
use crate::timing::{Meter, Stopwatch, Usages};
use crate::variant::{LanguageId, Variant, VariantSet, VersionSet};

/// The bodies of a page, each shared by the variants whose text is the same.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    /// The distinct bodies with the texts that they were made from.
    pub(super) distinct: Vec<(Expansion, Body)>,
    /// Which body each language and set of versions has.
    pub(super) uses: Vec<Use>,
    /// How many evaluations it took.
    pub(super) evaluations: usize,
    /// What it took.
    pub(super) spent: Spent,
    /// What the texts took that it refers to.
    pub(super) texts: Usages,
    /// What was wrong, with the number of variants that each evaluation stands for.
    pub(super) findings: Vec<Finding>,
}

impl Bodies {
    /// None, for the program has failed on the page.
    pub(super) fn faulty(fault: Diagnostic) -> Self {
        Self { findings: vec![fault.into()], ..Self::default() }
    }
}

/// A body in use.
#[derive(Clone, Debug)]
pub(super) struct Use {
    /// The language.
    pub(super) language: LanguageId,
    /// The versions.
    pub(super) versions: VersionSet,
    /// The language that the body is written in.
    pub(super) written_in: LanguageId,
    /// Its number in [`Bodies::distinct`].
    pub(super) body: usize,
    /// What was read for it.
    pub(super) reads: Vec<TextId>,
}

impl Bodies {
    /// The body of a variant.
    pub(super) fn of(&self, variant: Variant) -> Option<&Use> {
        let same = |used: &&Use| {
            used.language == variant.language && used.versions.contains(variant.version)
        };
        self.uses.iter().find(same)
    }
}

/// Makes the bodies of a page in the languages given.
pub(super) fn bodies(
    context: Context<'_>,
    page: &Page,
    languages: &[LanguageId],
    versions: VersionSet,
) -> Bodies {
    let mut maker = Maker {
        context,
        page,
        bodies: Bodies::default(),
        by_text: HashMap::new(),
        faults: Vec::new(),
        heading_reads: Vec::new(),
        watch: Stopwatch::start(context.clock),
        meter: Meter::new(context.clock),
        learned: Markup::default(),
    };
    let translated = languages.iter().any(|language| !language.is_default());
    // The default language comes first, as a translation takes its heading ids from it.
    if translated || languages.contains(&LanguageId::DEFAULT) {
        maker.language(LanguageId::DEFAULT, versions);
    }
    for language in languages.iter().filter(|language| !language.is_default()) {
        maker.language(*language, versions);
    }
    Bodies { texts: maker.meter.usages, ..maker.bodies }
}

impl Prepared<'_> {
    /// The body of a page in a language after Liquid, with the versions that each text is for.
    pub fn expansions(
        &self,
        page: &Page,
        language: LanguageId,
    ) -> Checked<Vec<(VersionSet, Expansion)>> {
        let host = PageHost { context: self.context(), page, language };
        let Some((text, _)) = page.string(language, |edition| Some(&edition.body)) else {
            return Checked::clean(Vec::new());
        };
        let versions = page.versions.and(self.versions);
        let limits = &self.site.config.limits.liquid;
        collate(self.site.source(text), &host, versions, limits)
    }
}

impl Prepared<'_> {
    /// What a text of Liquid that is in no file comes to on a page, with the versions that each text is for; of the
    /// versions that are built, also those that the page is not in.
    pub fn evaluated(
        &self,
        page: &Page,
        language: LanguageId,
        text: &str,
    ) -> Vec<(VersionSet, String)> {
        let host = PageHost { context: self.context(), page, language };
        let id = TextId::whole(page.source.file);
        let template = parse(id, text, &self.site.config.syntax()).value;
        let source = Source { id, text, template: &template };
        // Nobody can mend a text that is in no file.
        let expansions = collate(source, &host, self.versions, &self.site.config.limits.liquid);
        expansions.value.into_iter().map(|(versions, found)| (versions, found.text)).collect()
    }

    /// What a value of the data says on a page in a variant; nothing where it has no value there.
    pub fn said(&self, page: &Page, variant: Variant, value: DataId) -> Option<String> {
        let host = PageHost { context: self.context(), page, language: variant.language };
        host.data_text(value, variant.version, &mut Vec::new()).map(|expansion| expansion.text)
    }
}

struct Maker<'a> {
    context: Context<'a>,
    page: &'a Page,
    bodies: Bodies,
    /// By the text and the titles in its headings.
    by_text: HashMap<(String, BTreeMap<String, String>), usize>,
    /// What was wrong with the Markdown of each body: it is so in every variant that shares the body.
    faults: Vec<Vec<Diagnostic>>,
    /// What was read for the headings of each body.
    heading_reads: Vec<Vec<TextId>>,
    watch: Stopwatch<'a>,
    meter: Meter<'a>,
    /// The raw HTML of the bodies in the default language.
    learned: Markup,
}

impl Maker<'_> {
    fn language(&mut self, language: LanguageId, versions: VersionSet) {
        let host = PageHost { context: self.context, page: self.page, language };
        let found = self.page.string(language, |edition| Some(&edition.body));
        let Some((text, written_in)) = found else { return };
        let site = self.context.site;
        let mut rest = versions.and(self.page.versions);
        while let Some(mut live) = Live::new(rest) {
            let limits = &site.config.limits.liquid;
            let mut diagnostics = Vec::new();
            let source = site.source(text);
            let expansion = evaluate_metered(source, &host, &mut live, limits, &mut self.meter);
            let mut expansion = expansion.collect(&mut diagnostics);
            self.bodies.evaluations += 1;
            self.read_featured(&mut expansion, &host, live.versions());
            let titles = self.heading_titles(&expansion, language, &mut live);
            expansion.reads.extend(&titles.reads);
            // A map topic with a folder is laid out from the tree, as other indexes are.
            if self.page.kind == Kind::MapTopic && !self.page.is_folder() {
                list_articles(&host, &mut expansion, &mut live);
            }
            self.bodies.spent.liquid += self.watch.lap();
            let versions = live.versions();
            rest = rest.minus(versions);
            let mut reads = expansion.reads.clone();
            // The ids of headings are those of the source.
            let source = self.source_body(language, versions);
            reads.extend(source.iter().flat_map(|body| &self.heading_reads[*body]));
            let body = self.body((language, written_in), versions, expansion, &titles);
            self.bodies.spent.markdown += self.watch.lap();
            diagnostics.extend(self.faults[body].iter().cloned());
            self.bodies.uses.push(Use { language, versions, written_in, body, reads });
            let pages = versions.len();
            let finding = |diagnostic| {
                let variants = VariantSet::of(language, versions);
                Finding { diagnostic, pages, variants }
            };
            self.bodies.findings.extend(diagnostics.into_iter().map(finding));
        }
    }

    /// What the strings of featured pages read is read by the pages that can go through them.
    fn read_featured(&self, expansion: &mut Expansion, host: &PageHost<'_>, versions: VersionSet) {
        let (site, language) = (self.context.site, host.language);
        let links = || {
            let lists = self.page.source.front.featured_links.lists.iter();
            lists.flat_map(|(_, links)| links)
        };
        let address = |version, link: &FeaturedLink| {
            // The faults of addresses are found where they are shown.
            host.address(&link.mention, version, &mut Vec::new())
        };
        let addresses = versions
            .iter()
            .flat_map(|version| links().filter_map(move |link| address(version, link)));
        let pages: BTreeSet<PageId> =
            addresses.filter_map(|address| site.mentioned(&address)).collect();
        for page in pages {
            for which in [PageString::Title, PageString::ShortTitle, PageString::Intro] {
                for read in self.context.strings.get(page, language, which).reads() {
                    if !expansion.reads.contains(&read) {
                        expansion.reads.push(read);
                    }
                }
            }
        }
    }

    /// The titles that links in headings ask for. The text is rendered once without them to find the links.
    fn heading_titles(
        &self,
        expansion: &Expansion,
        language: LanguageId,
        live: &mut Live,
    ) -> HeadingTitles {
        if !expansion.text.contains(markdown::AUTOMATIC_TITLE) {
            return HeadingTitles::default();
        }
        let body = markdown::to_body(&expansion.text, markdown::Options::default());
        heading_titles(self.context, self.page, language, &body, live)
    }

    /// The number of the body with this text, made if there is none yet.
    fn body(
        &mut self,
        (language, written_in): (LanguageId, LanguageId),
        versions: VersionSet,
        expansion: Expansion,
        titles: &HeadingTitles,
    ) -> usize {
        let key = (expansion.text.clone(), titles.by_address.clone());
        if let Some(known) = self.by_text.get(&key) {
            return *known;
        }
        let headings = self.source_headings(language, versions);
        let trusted = trusted(self.context.site, language, &expansion);
        let site = self.context.site;
        let parts = in_default_language(site, written_in, &expansion);
        let tag = &site.config.language(LanguageId::DEFAULT).tag;
        let options = markdown::Options {
            other_language: Some(OtherLanguage { tag, parts: &parts }),
            source_headings: headings,
            guard: guard(language, &self.learned, &trusted),
            dollars: self.context.site.config.dollars,
            heading_titles: Some(&titles.by_address),
            nesting: self.context.site.config.limits.markdown_nesting,
        };
        let body = markdown::to_body(&expansion.text, options);
        self.learned.learn(&body.markup);
        self.faults.push(markdown_faults(&body, &expansion));
        let mut reads = titles.reads.clone();
        reads.extend(body.headings.iter().flat_map(|heading| expansion.texts(&heading.at)));
        self.heading_reads.push(reads);
        let number = self.bodies.distinct.len();
        self.by_text.insert(key, number);
        self.bodies.distinct.push((expansion, body));
        number
    }

    /// The headings of the default language in the lowest of these versions.
    fn source_headings(&self, language: LanguageId, versions: VersionSet) -> Option<&[Heading]> {
        let source = self.source_body(language, versions)?;
        Some(&self.bodies.distinct[source].1.headings)
    }

    /// The body of the default language in the lowest of these versions, for another language.
    fn source_body(&self, language: LanguageId, versions: VersionSet) -> Option<usize> {
        if language.is_default() {
            return None;
        }
        let version = versions.lowest()?;
        let source = self.bodies.of(Variant { language: LanguageId::DEFAULT, version })?;
        Some(source.body)
    }
}

/// Puts the articles of a map topic behind its text, each with its lead.
fn list_articles(host: &PageHost<'_>, expansion: &mut Expansion, live: &mut Live) {
    let site = host.context.site;
    let span = Span::start_of(host.page.source.file);
    let advice = Advice::Unwanted;
    for child in site.tree.children(host.page.id) {
        let route = format!("/{}", site.page(*child).route);
        let call = TagCall { name: "link_with_intro", arguments: &route, span, depth: 0, advice };
        let Ok(TagOutput { text, reads, .. }) = host.tag(call, live) else { continue };
        if text.is_empty() {
            continue;
        }
        expansion.append(&text, span);
        expansion.append("\n\n", span);
        for read in reads {
            if !expansion.reads.contains(&read) {
                expansion.reads.push(read);
            }
        }
    }
}

/// Whether a code block's language is one that nobody knows.
pub(super) fn unknown_languages(
    body: &Body,
    expansion: &Expansion,
    known: &dyn Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let unknown =
        body.code.iter().filter(|code| !code.language.is_empty() && !known(&code.language));
    let finding = |code: &markdown::CodeBlock| {
        let (span, trace) = expansion.origin(code.at.start as usize..code.at.start as usize)?;
        let message = format!("`{}` is no language that can be highlighted", code.language);
        Some(Diagnostic::new(codes::UNKNOWN_LANGUAGE, span, message).trace(trace))
    };
    unknown.filter_map(finding).collect()
}
