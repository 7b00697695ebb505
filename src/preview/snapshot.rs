//! The site as it is at one moment, with what has been rendered of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard};

use super::shown::Shown;
use crate::diagnostic::{Diagnostic, Finding};
use crate::model::{Changes, Edition, Page, PageId};
use crate::render::theme::Theme;
use crate::render::{Form, Frame, Marks, PageBodies, Prepared};
use crate::source::TextId;
use crate::variant::{LanguageId, Variant, VersionId};

/// How many bytes of pages are kept.
const MOST_BYTES: usize = 48 << 20;

/// How many pages' bodies are kept.
const MOST_BODIES: usize = 256;

/// The site at one moment.
pub struct Snapshot {
    /// How many came before it.
    pub number: u64,
    /// How often everything was read again before it: only files of one epoch can be compared by their numbers.
    pub epoch: u64,
    /// The site, ready to be rendered.
    pub prepared: Prepared<'static>,
    pub(super) theme: Arc<Theme>,
    pub(super) theme_findings: Vec<Diagnostic>,
    /// What is wrong with it, but for what is found when pages are rendered.
    pub found: Vec<Diagnostic>,
    /// How often copied files have changed.
    pub(super) stamps: BTreeMap<String, u64>,
    /// What is other than in the snapshot before.
    pub changes: Changes,
    /// A name for the style and the scripts of the theme.
    pub(super) theme_stamp: String,
    rendered: Mutex<Rendered>,
}

/// What has been rendered. It is shared with the next snapshot as far as that shows the same.
#[derive(Default)]
struct Rendered {
    bodies: HashMap<(PageId, LanguageId), Arc<PageBodies>>,
    frames: HashMap<(PageId, Variant), Arc<Frame>>,
    pages: HashMap<(PageId, Variant), Arc<Shown>>,
    /// How many bytes `pages` has.
    bytes: usize,
    search: Option<Arc<BTreeMap<String, axum::body::Bytes>>>,
}

impl Snapshot {
    /// The snapshot behind another one, of which it takes what still holds.
    #[expect(clippy::too_many_arguments, reason = "all parts of a snapshot come together here")]
    pub(super) fn new(
        (number, epoch): (u64, u64),
        prepared: Prepared<'static>,
        theme: Arc<Theme>,
        theme_findings: Vec<Diagnostic>,
        found: Vec<Diagnostic>,
        stamps: BTreeMap<String, u64>,
        changes: Changes,
        before: Option<&Self>,
    ) -> Self {
        let theme_stamp = match before.filter(|before| Arc::ptr_eq(&before.theme, &theme)) {
            Some(before) => before.theme_stamp.clone(),
            None => stamp_of(&prepared),
        };
        let rendered = match before.filter(|_| !changes.structure) {
            Some(before) => before.rendered().kept(&prepared, &changes),
            None => Rendered::default(),
        };
        let rendered = Mutex::new(rendered);
        Self {
            number,
            epoch,
            prepared,
            theme,
            theme_findings,
            found,
            stamps,
            changes,
            theme_stamp,
            rendered,
        }
    }

    fn rendered(&self) -> MutexGuard<'_, Rendered> {
        // What is kept is whole at every moment, also where a thread has panicked.
        self.rendered.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The bodies of a page in a language.
    pub fn bodies(&self, page: PageId, language: LanguageId) -> Arc<PageBodies> {
        let key = (page, language);
        if let Some(known) = self.rendered().bodies.get(&key) {
            return known.clone();
        }
        let made = Arc::new(self.prepared.page_bodies(page, language));
        let bodies = &mut self.rendered().bodies;
        if bodies.len() >= MOST_BODIES {
            bodies.clear();
        }
        bodies.insert(key, made.clone());
        made
    }

    /// What the pages of a product share.
    fn frame(&self, page: PageId, variant: Variant, found: &mut Vec<Diagnostic>) -> Arc<Frame> {
        let product = self.prepared.product(page);
        let Some(key) = product.map(|product| (product, variant)) else {
            return Arc::default();
        };
        if let Some(known) = self.rendered().frames.get(&key) {
            return known.clone();
        }
        let made = self.prepared.frame(product, variant);
        let is_whole = made.diagnostics.is_empty();
        let made = Arc::new(made.collect(found));
        if is_whole {
            self.rendered().frames.insert(key, made.clone());
        }
        made
    }

    /// A page as it is now; nothing where it is not in the variant.
    pub fn page(&self, page: PageId, variant: Variant) -> Option<Arc<Shown>> {
        let key = (page, variant);
        if let Some(known) = self.rendered().pages.get(&key) {
            return Some(known.clone());
        }
        let made = Arc::new(self.render(page, variant, Form::Html, Marks::Blocks)?);
        let mut rendered = self.rendered();
        if rendered.bytes > MOST_BYTES {
            rendered.pages.clear();
            rendered.bytes = 0;
        }
        rendered.bytes += made.text.len();
        rendered.pages.insert(key, made.clone());
        Some(made)
    }

    /// A page in a form, rendered now.
    pub fn render(
        &self,
        page: PageId,
        variant: Variant,
        form: Form,
        marks: Marks,
    ) -> Option<Shown> {
        let mut found = Vec::new();
        let bodies = self.bodies(page, variant.language);
        let frame = self.frame(page, variant, &mut found);
        let single = self.prepared.single(&bodies, variant, &frame, form, marks)?;
        Some(Shown::new(self, page, variant, &bodies, single, found))
    }

    /// The version that a page is shown in where nobody has chosen one, among those that are shown and have it.
    pub fn first_version(&self, page: PageId) -> Option<VersionId> {
        let shown = self.prepared.versions();
        let site = self.prepared.site();
        let nearest = site.nearest_version(page, site.config.default_version);
        let nearest = nearest.filter(|version| shown.contains(*version));
        nearest.or_else(|| shown.and(site.page(page).versions).lowest())
    }

    /// The address to begin with, with the base path: that of the site, which leads to the home page in the default
    /// variant, or the home page's own where that variant is not shown.
    pub fn first_address(&self) -> String {
        let site = self.prepared.site();
        let base = site.config.base_path();
        let has_default = self.prepared.languages().contains(&LanguageId::DEFAULT)
            && self.prepared.versions().contains(site.config.default_version);
        let home = site.pages.iter().find(|page| page.path == "index.md" && !has_default);
        let address = home.and_then(|page| self.address_in(page.id, LanguageId::DEFAULT));
        address.unwrap_or_else(|| format!("{base}/"))
    }

    /// The address of a page in a language, or in the first one that is shown.
    fn address_in(&self, page: PageId, language: LanguageId) -> Option<String> {
        let site = self.prepared.site();
        let languages = self.prepared.languages();
        let language = if languages.contains(&language) { language } else { *languages.first()? };
        let variant = Variant { language, version: self.first_version(page)? };
        Some(format!("{}{}", site.config.base_path(), site.permalink(page, variant)))
    }

    /// The address of a page that is named by its address or by its file, with the base path.
    pub fn address_of(&self, name: &str) -> Option<String> {
        let site = self.prepared.site();
        let base = site.config.base_path();
        let path = name.trim_start_matches("./");
        let page = site.pages.iter().find_map(|page| {
            let all =
                site.languages().filter_map(|language| Some((language, page.edition(language)?)));
            let is_it = |(_, edition): &(LanguageId, &Edition)| {
                site.sources.file(edition.file).path == path
            };
            let (language, _) = all.into_iter().find(is_it)?;
            Some((page.id, language))
        });
        if let Some((page, language)) = page {
            return self.address_in(page, language);
        }
        let address = format!("/{}", name.trim_start_matches('/'));
        let below = address.strip_prefix(base).filter(|below| below.starts_with('/'));
        let below = below.unwrap_or(&address);
        let known = self.prepared.requested(below.trim_start_matches('/'));
        known.map(|_| format!("{base}{below}"))
    }

    /// A file of the search index.
    pub fn search_file(&self, path: &str) -> Option<axum::body::Bytes> {
        let known = self.rendered().search.clone();
        let files = known.unwrap_or_else(|| {
            let files = self.prepared.search_files().into_iter();
            let made: Arc<BTreeMap<_, _>> =
                Arc::new(files.map(|(path, bytes)| (path, bytes.into())).collect());
            self.rendered().search = Some(made.clone());
            made
        });
        files.get(path).cloned()
    }

    /// What is wrong with the files that a page is made from, as far as that is known without it.
    pub(super) fn found_in<'a>(
        &'a self,
        page: &'a Page,
        language: LanguageId,
        reads: &'a std::collections::BTreeSet<crate::source::FileId>,
    ) -> impl Iterator<Item = Finding> + 'a {
        let own = editions(page, language).map(|edition| edition.file);
        let own: Vec<_> = own.collect();
        let concerns = move |finding: &&Diagnostic| {
            let file = finding.span.text.file;
            let is_everywhere = file.0 == 0 || super::reader::is_of_theme(finding);
            is_everywhere || own.contains(&file) || reads.contains(&file)
        };
        self.found.iter().filter(concerns).cloned().map(Finding::from)
    }
}

/// The files of a page that a language shows.
pub(super) fn editions(page: &Page, language: LanguageId) -> impl Iterator<Item = &Edition> {
    std::iter::once(&page.source).chain(page.translations.get(&language))
}

impl Rendered {
    /// What another snapshot shows alike.
    fn kept(&self, prepared: &Prepared<'_>, changes: &Changes) -> Self {
        let site = prepared.site();
        let own = |page: PageId, language| {
            editions(site.page(page), language).map(|edition| TextId::whole(edition.file))
        };
        let is_same = |page, language| !changes.reach(own(page, language));
        let bodies = self.bodies.iter().filter(|((page, language), bodies)| {
            is_same(*page, *language) && !changes.reach(bodies.reads())
        });
        let frames = self.frames.iter().filter(|(_, frame)| !changes.reach(frame.reads()));
        let pages = self.pages.iter().filter(|((page, variant), shown)| {
            is_same(*page, variant.language) && !changes.reach(shown.reads.texts())
        });
        let pages: HashMap<_, _> = pages.map(|(key, shown)| (*key, shown.clone())).collect();
        Self {
            bodies: bodies.map(|(key, bodies)| (*key, bodies.clone())).collect(),
            frames: frames.map(|(key, frame)| (*key, frame.clone())).collect(),
            bytes: pages.values().map(|shown| shown.text.len()).sum(),
            pages,
            search: self.search.clone().filter(|_| changes.is_empty()),
        }
    }
}

/// A name for the style and the scripts of the theme: another one where any of them is other.
fn stamp_of(prepared: &Prepared<'_>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (path, bytes) in prepared.theme_assets() {
        hasher.update(path.as_bytes());
        hasher.update(bytes);
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
