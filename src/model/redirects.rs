//! Old addresses: what `redirect_from` claims, expanded over languages and versions.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::{Page, PageId, Site};
use crate::config::DefaultVersionUrls;
use crate::diagnostic::{Checked, Diagnostic, codes};
use crate::load::FrontMatter;
use crate::name;
use crate::source::{FileId, Span, Spanned};
use crate::variant::{LanguageId, Variant, VersionId, VersionSet};

/// All old addresses of a site.
#[derive(Clone, Debug, Default)]
pub struct RedirectTable {
    by_entry: HashMap<String, PageId>,
    redirects: BTreeMap<String, Redirect>,
    /// The old addresses by where they lead, in order.
    by_target: Vec<(PageId, Variant, String)>,
}

/// Where an old address leads.
#[derive(Clone, Copy, Debug)]
pub struct Redirect {
    /// The page.
    pub page: PageId,
    /// The variant.
    pub variant: Variant,
    /// The entry that claims it; the page's file where nobody does.
    pub span: Span,
}

impl RedirectTable {
    /// The page that claims this old address, written without language, version and slashes around it.
    pub fn find(&self, entry: &str) -> Option<PageId> {
        self.by_entry.get(entry).copied()
    }

    /// Where an old address leads, written with the slash at its beginning.
    pub fn get(&self, address: &str) -> Option<Redirect> {
        self.redirects.get(address).copied()
    }

    /// Every old address with where it leads, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Redirect)> {
        self.redirects.iter().map(|(from, to)| (&**from, *to))
    }

    /// The old addresses that lead to a page in a variant, in order.
    pub fn leading_to(&self, page: PageId, variant: Variant) -> impl Iterator<Item = &str> {
        let target = (page, variant);
        let first = self.by_target.partition_point(|(page, variant, _)| (*page, *variant) < target);
        let own = self.by_target[first..].iter();
        own.take_while(move |(page, variant, _)| (*page, *variant) == target)
            .map(|(.., from)| &**from)
    }

    /// Whether all old addresses lead to the same pages as those of another table.
    pub(super) fn leads_alike(&self, other: &Self) -> bool {
        let target = |to: &Redirect| (to.page, to.variant);
        let entry = |(from, to)| (from, target(to));
        self.by_entry == other.by_entry
            && self.redirects.iter().map(entry).eq(other.redirects.iter().map(entry))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.redirects.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.redirects.is_empty()
    }
}

/// The table of a site, and what it was made from.
#[derive(Debug)]
pub(super) struct KnownTable {
    claims: Vec<Claims>,
    table: Arc<RedirectTable>,
    diagnostics: Vec<Diagnostic>,
}

/// Everything of a page that old addresses are made from.
#[derive(Debug)]
struct Claims {
    route: String,
    versions: VersionSet,
    editions: Vec<(LanguageId, FileId, Arc<FrontMatter>)>,
}

impl Claims {
    fn of(page: &Page) -> Self {
        let editions =
            editions(page).map(|(language, file, front)| (language, file, front.clone()));
        Self { route: page.route.clone(), versions: page.versions, editions: editions.collect() }
    }

    fn are_of(&self, page: &Page) -> bool {
        let same = |(known, own): (&(LanguageId, FileId, Arc<FrontMatter>), _)| {
            let (language, file, front): (LanguageId, FileId, &Arc<FrontMatter>) = own;
            (known.0, known.1) == (language, file)
                && (Arc::ptr_eq(&known.2, front) || words(&known.2).eq(words(front)))
        };
        self.route == page.route
            && self.versions == page.versions
            && self.editions.len() == page.translations.len() + 1
            && self.editions.iter().zip(editions(page)).all(same)
    }
}

fn words(front: &FrontMatter) -> impl Iterator<Item = &String> {
    front.redirect_from.iter().map(|entry| &entry.value)
}

impl KnownTable {
    /// Takes over the places of entries that were moved by what was written before them.
    fn follow(&mut self, site: &Site) {
        let mut moved: HashMap<Span, Span> = HashMap::new();
        for (claims, page) in self.claims.iter_mut().zip(&site.pages) {
            for (known, (_, _, front)) in claims.editions.iter_mut().zip(editions(page)) {
                if Arc::ptr_eq(&known.2, front) {
                    continue;
                }
                let pairs = known.2.redirect_from.iter().zip(&front.redirect_from);
                let other = pairs.filter(|(old, new)| old.span != new.span);
                moved.extend(other.map(|(old, new)| (old.span, new.span)));
                known.2 = front.clone();
            }
        }
        if moved.is_empty() {
            return;
        }
        let now = |span: Span| moved.get(&span).copied().unwrap_or(span);
        let mut table = RedirectTable::clone(&self.table);
        table.redirects.values_mut().for_each(|to| to.span = now(to.span));
        self.diagnostics.iter_mut().for_each(|finding| finding.span = now(finding.span));
        self.table = Arc::new(table);
    }
}

fn editions(page: &Page) -> impl Iterator<Item = (LanguageId, FileId, &Arc<FrontMatter>)> {
    let source = std::iter::once((&LanguageId::DEFAULT, &page.source));
    source
        .chain(&page.translations)
        .map(|(language, edition)| (*language, edition.file, &edition.front))
}

/// The table of old addresses: the known one, where it was made from the same.
pub(super) fn table(site: &Site, known: &mut Option<KnownTable>) -> Checked<Arc<RedirectTable>> {
    let is_same = |known: &KnownTable| {
        known.claims.len() == site.pages.len()
            && known.claims.iter().zip(&site.pages).all(|(claims, page)| claims.are_of(page))
    };
    if let Some(known) = known.as_mut().filter(|known| is_same(known)) {
        known.follow(site);
        return Checked { value: known.table.clone(), diagnostics: known.diagnostics.clone() };
    }
    let built = build(site);
    let table = Arc::new(built.value);
    *known = Some(KnownTable {
        claims: site.pages.iter().map(Claims::of).collect(),
        table: table.clone(),
        diagnostics: built.diagnostics.clone(),
    });
    Checked { value: table, diagnostics: built.diagnostics }
}

/// Expands the `redirect_from` of every page: for an entry E, `/LANGUAGE/VERSION/E` leads to the permalink in each
/// version, `/LANGUAGE/E` and, in the default language, `/E` to that in the first.
fn build(site: &Site) -> Checked<RedirectTable> {
    let mut builder = Builder {
        site,
        table: RedirectTable::default(),
        reported: BTreeSet::new(),
        diagnostics: Vec::new(),
    };
    builder.home();
    builder.long_addresses();
    for page in &site.pages {
        for entry in &page.source.front.redirect_from {
            builder.entry(page, entry);
        }
    }
    // Behind all others, so that a translation cannot take an address from anybody.
    for page in &site.pages {
        let own = page.source.front.redirect_from.iter();
        let own: BTreeSet<String> = own.filter_map(|entry| usable(&entry.value)).collect();
        for (language, edition) in &page.translations {
            for entry in &edition.front.redirect_from {
                builder.translated(page, &own, *language, entry);
            }
        }
    }
    let Builder { mut table, diagnostics, .. } = builder;
    let redirects = table.redirects.iter();
    table.by_target = redirects.map(|(from, to)| (to.page, to.variant, from.clone())).collect();
    table.by_target.sort_unstable();
    Checked { value: table, diagnostics }
}

struct Builder<'a> {
    site: &'a Site,
    table: RedirectTable,
    reported: BTreeSet<(Span, PageId)>,
    diagnostics: Vec<Diagnostic>,
}

impl Builder<'_> {
    /// `/` leads to the home page of the default language. (`/LANGUAGE` is a home page itself.)
    fn home(&mut self) {
        let Some(home) = self.site.tree.home() else { return };
        let Some(version) = self.site.nearest_version(home, self.site.config.default_version)
        else {
            return;
        };
        let variant = Variant { language: LanguageId::DEFAULT, version };
        let span = Span::start_of(self.site.page(home).source.file);
        self.table.redirects.insert("/".to_owned(), Redirect { page: home, variant, span });
    }

    /// Where addresses omit the default version, those that name it lead to those that do not.
    fn long_addresses(&mut self) {
        let config = &self.site.config;
        if config.urls.default_version == DefaultVersionUrls::Keep {
            return;
        }
        let version = config.default_version;
        let id = &config.versions.get(version).id;
        for page in self.site.pages.iter().filter(|page| page.versions.contains(version)) {
            for (language, settings) in config.languages() {
                let variant = Variant { language, version };
                let address = format!("/{}/{id}/{}", settings.code, page.route);
                let from = address.trim_end_matches('/').to_owned();
                let span = Span::start_of(page.source.file);
                self.table.redirects.insert(from, Redirect { page: page.id, variant, span });
            }
        }
    }

    fn entry(&mut self, page: &Page, entry: &Spanned<String>) {
        let Some(path) = usable(&entry.value) else {
            let message = format!("`{}` is not an address of this site", entry.value);
            self.diagnostics.push(
                Diagnostic::new(codes::BAD_REDIRECT, entry.span, message)
                    .hint("write a path such as `/old/place`"),
            );
            return;
        };
        let Some(first) = first_version(self.site, page) else { return };
        if self.site.find_page(&path).is_none_or(|other| other == page.id) {
            self.table.by_entry.entry(path.clone()).or_insert(page.id);
        }
        for language in self.site.languages() {
            match self.site.versioned(&path) {
                Some((version, rest)) => self.claim_one(page, language, version, rest, entry.span),
                None => self.claim_all(page, language, &path, entry.span),
            }
            if language.is_default() {
                self.claim(
                    format!("/{path}"),
                    page,
                    Variant { language, version: first },
                    entry.span,
                );
            }
        }
    }

    /// An old address that only the translation had. It leads to the page in that language, and gives way to every
    /// page and to every address that a source claims: a translation adds readers' old bookmarks, and no structure.
    fn translated(
        &mut self,
        page: &Page,
        own: &BTreeSet<String>,
        language: LanguageId,
        entry: &Spanned<String>,
    ) {
        let Some(path) = usable(&entry.value) else { return };
        let code = &self.site.config.language(language).code;
        let free = |address: &str| {
            self.page_at(address).is_none() && !self.table.redirects.contains_key(address)
        };
        let versions = page.versions.iter();
        let mut addresses =
            versions.map(|version| self.site.address(&path, Variant { language, version }));
        if !own.contains(&path)
            && free(&format!("/{code}/{path}"))
            && addresses.all(|from| free(&from))
        {
            self.claim_all(page, language, &path, entry.span);
        }
    }

    /// The addresses of an entry in one language: with each version, and without.
    fn claim_all(&mut self, page: &Page, language: LanguageId, path: &str, span: Span) {
        let Some(first) = first_version(self.site, page) else { return };
        let code = &self.site.config.language(language).code;
        for version in page.versions.iter() {
            let variant = Variant { language, version };
            let id = &self.site.config.versions.get(version).id;
            self.claim(format!("/{code}/{id}/{path}"), page, variant, span);
            self.claim(self.site.address(path, variant), page, variant, span);
        }
        self.claim(format!("/{code}/{path}"), page, Variant { language, version: first }, span);
    }

    /// The addresses of an entry that names a version itself.
    fn claim_one(
        &mut self,
        page: &Page,
        language: LanguageId,
        version: VersionId,
        path: &str,
        span: Span,
    ) {
        let Some(first) = first_version(self.site, page) else { return };
        let code = &self.site.config.language(language).code;
        let id = &self.site.config.versions.get(version).id;
        let shown = if page.versions.contains(version) { version } else { first };
        let to = Variant { language, version: shown };
        let long = format!("/{code}/{id}/{path}");
        let address = self.site.address(path, Variant { language, version });
        for from in [long.trim_end_matches('/').to_owned(), address] {
            self.claim(from, page, to, span);
        }
    }

    /// Enters one old address, unless a page has it or another page claims it.
    fn claim(&mut self, from: String, page: &Page, variant: Variant, span: Span) {
        if self.site.permalink(page.id, variant) == from {
            return;
        }
        if let Some(shadowed) = self.page_at(&from) {
            if shadowed != page.id {
                self.report_shadow(&from, shadowed, span);
            }
            return;
        }
        if let Some(other) = self.table.redirects.get(&from) {
            if other.page != page.id {
                self.report_twice(&from, other.page, span);
            }
            return;
        }
        self.table.redirects.insert(from, Redirect { page: page.id, variant, span });
    }

    /// The page whose permalink this is.
    fn page_at(&self, address: &str) -> Option<PageId> {
        let (page, variant) = self.site.page_at(address)?;
        (self.site.permalink(page, variant) == address).then_some(page)
    }

    fn report_shadow(&mut self, from: &str, shadowed: PageId, span: Span) {
        if !self.reported.insert((span, shadowed)) {
            return;
        }
        let other = self.path(shadowed);
        let message = format!("the redirect from `{from}` has the address of `{other}`");
        self.diagnostics.push(
            Diagnostic::new(codes::REDIRECT_SHADOW, span, message)
                .hint(format!("remove the entry, or move `{other}`")),
        );
    }

    fn report_twice(&mut self, from: &str, other: PageId, span: Span) {
        if !self.reported.insert((span, other)) {
            return;
        }
        let own = self.site.sources.path(span).to_owned();
        let other = self.path(other);
        let message = format!("the redirect from `{from}` is claimed by `{other}` and by `{own}`");
        self.diagnostics.push(
            Diagnostic::new(codes::DUPLICATE_ADDRESS, span, message)
                .hint(format!("remove the entry here or in `{other}`")),
        );
    }

    fn path(&self, page: PageId) -> String {
        self.site.sources.file(self.site.page(page).source.file).path.clone()
    }
}

/// The version that an address without one leads to: the default version where the page has it, else its first.
fn first_version(site: &Site, page: &Page) -> Option<VersionId> {
    let default = site.config.default_version;
    if page.versions.contains(default) { Some(default) } else { page.versions.lowest() }
}

/// The path of an entry without slashes around it, if it is an address of this site.
fn usable(entry: &str) -> Option<String> {
    let entry = entry.trim();
    let path = entry.trim_matches('/');
    let absolute = entry.starts_with('/') && !entry.starts_with("//");
    // An address becomes a file; `#` ends it, and `%` may hide what a file must not be called.
    let plain = !path.contains('#') && name::check(path).is_ok();
    (absolute && plain).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::usable;

    #[test]
    fn paths_of_this_site_are_usable() {
        assert_eq!(usable("/articles/about/"), Some("articles/about".to_owned()));
        assert_eq!(usable("/a"), Some("a".to_owned()));
    }

    #[test]
    fn other_addresses_are_not() {
        for entry in [
            "a",
            "",
            "/",
            "//evil.example",
            "https://evil.example",
            "/a/../b",
            "/a/%2e%2E/b",
            "/a\\b",
            "/a//b",
            "/a\u{0}b",
            "/c:/x",
            "/a%2fb",
            "/a\nb",
            "/a?b",
            "/a#b",
            "/%2e%2e/a",
            "/a%5Cb",
            "/con/a",
            "/a./b",
            "/a /b",
            "/\\evil.example",
            "/\tevil.example",
            "//\tevil.example",
            "\\\\evil\\share",
        ] {
            assert_eq!(usable(entry), None, "{entry}");
        }
    }
}
