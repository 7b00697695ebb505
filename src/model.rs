//! Pages, permalinks, navigation, redirects and data with fallback: an immutable [`Site`] without any HTML.

mod address;
mod applied;
mod changes;
mod data;
mod features;
mod inherit;
mod mend;
mod mentions;
mod page;
mod redirects;
mod release_notes;
mod tracks;
mod tree;

pub use address::{Destination, Resolution, Route};
pub use changes::Changes;
pub use data::{Branch, Data, DataId, Datum, DatumValue, Fallback, Resolved, file_key};
pub use mend::{
    Cure, Damage, DamageKind, Fence, Flaw, Mend, Outcome, Prose, WrittenLink, fences, links_in,
    prose,
};
pub use mentions::is_local;
pub use page::{Edition, Kind, Page, PageId, route};
pub use redirects::{Redirect, RedirectTable};
pub use release_notes::{NoteGroup, ReleaseNotes};
pub use tracks::{Track, leaf};
pub use tree::{Tree, is_link_tag, link_argument};

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic};
use crate::liquid::{Source, Syntax};
use crate::load::{ImageSize, LiquidText, Loaded};
use crate::source::{FileId, SourceFile, Sources, TextId};
use crate::variant::{LanguageId, VersionSet};

/// A translation whose source is not there any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// Its language.
    pub language: LanguageId,
    /// Its file.
    pub file: FileId,
    /// The key of the value, list or map; none where the whole file has no source.
    pub key: Option<String>,
}

/// Everything there is to know about a site before anything is rendered.
#[derive(Debug)]
pub struct Site {
    /// The configuration.
    pub config: Arc<Config>,
    /// All source files.
    pub sources: Sources,
    /// The pages, in the order of their paths.
    pub pages: Vec<Page>,
    /// What translations have whose source is not there any more: pages, then data.
    pub orphans: Vec<Orphan>,
    /// What data references stand for.
    pub data: Data,
    /// The versions that have each feature.
    pub features: BTreeMap<String, VersionSet>,
    /// The learning tracks of all products.
    pub tracks: Vec<Track>,
    /// What is to say about patch releases, of each version the newest first.
    pub release_notes: Vec<ReleaseNotes>,
    /// Product › category › map topic › article.
    pub tree: Tree,
    /// Old addresses.
    pub redirects: Arc<RedirectTable>,
    /// `templates/includes` by name.
    pub includes: BTreeMap<String, LiquidText>,
    /// `templates`: name and file.
    pub templates: Vec<(String, FileId)>,
    /// `templates/icons`: name and file.
    pub icons: Vec<(String, FileId)>,
    /// The paths below `assets`.
    pub assets: BTreeSet<String>,
    /// How large the pictures among them are.
    pub image_sizes: BTreeMap<String, ImageSize>,
    /// Translated texts with which something is wrong.
    pub mends: Vec<Mend>,
    /// When files were last changed, where that is known.
    pub changed: BTreeMap<FileId, jiff::Timestamp>,
    by_route: HashMap<String, PageId>,
}

/// What was found out for a site that holds for the next one too, as long as that is made from the same texts. It
/// belongs to one configuration and one [`crate::load::Shelf`].
#[derive(Debug, Default)]
pub struct Memory {
    verdicts: mend::Verdicts,
    redirects: Option<redirects::KnownTable>,
    tree: Option<tree::KnownTree>,
}

/// Includes that every site has, unless it has its own of that name.
const INCLUDES: &[(&str, &str)] =
    &[("featured-link", include_str!("../templates/includes/featured-link.html"))];

/// Makes the site of what was loaded. What was found out for the site before holds as far as it is the same.
pub fn build(loaded: Loaded, config: Arc<Config>, memory: &mut Memory) -> Checked<Site> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let Loaded {
        mut sources,
        pages,
        data,
        broken_data,
        includes,
        templates,
        icons,
        assets,
        image_sizes,
        held_back,
        changed,
    } = loaded;
    let includes = with_built_in(includes, &mut sources);
    let features = features::features(&data, &sources, &config).collect(&mut diagnostics);
    let (pages, data) = rayon::join(
        || page::pages(pages, &features, &config),
        || data::build(data, &broken_data, &config),
    );
    let page::Paired { mut pages, mut orphans } = pages.collect(&mut diagnostics);
    let (mut data, stray) = data.collect(&mut diagnostics);
    orphans.extend(stray);
    let by_route: HashMap<String, PageId> =
        pages.iter().map(|page| (page.route.clone(), page.id)).collect();
    diagnostics.extend(inherit::inherit(&mut pages, &by_route));
    let judged = mend::Judged {
        pages: &mut pages,
        routes: &by_route,
        data: &mut data,
        sources: &mut sources,
        config: &config,
    };
    let mends = mend::mend(judged, held_back, &mut memory.verdicts).collect(&mut diagnostics);
    let tracks = tracks::tracks(&data, &sources, &config, &features).collect(&mut diagnostics);
    let release_notes = release_notes::release_notes(&data, &sources, &config);
    let known = &mut memory.tree;
    let tree = tree::tree(&pages, &by_route, &data, &sources, known).collect(&mut diagnostics);
    let mut site = Site {
        config,
        sources,
        pages,
        orphans,
        data,
        features,
        tracks,
        release_notes,
        tree,
        redirects: Arc::default(),
        includes,
        templates,
        icons,
        assets: assets.into_iter().collect(),
        image_sizes,
        mends,
        changed,
        by_route,
    };
    let redirects = redirects::table(&site, &mut memory.redirects).collect(&mut diagnostics);
    site.redirects = redirects;
    diagnostics.extend(mentions::dead_mentions(&site));
    Checked { value: site, diagnostics }
}

/// The includes of a site, and the built-in ones that it has none of its own for.
fn with_built_in(
    own: Vec<(String, LiquidText)>,
    sources: &mut Sources,
) -> BTreeMap<String, LiquidText> {
    let mut includes: BTreeMap<String, LiquidText> = own.into_iter().collect();
    for (name, text) in INCLUDES {
        let names = ["", ".html", ".md"].map(|ending| format!("{name}{ending}"));
        if !names.iter().any(|name| includes.contains_key(name)) {
            includes.insert((*name).to_owned(), built_in(name, text, sources));
        }
    }
    includes
}

fn built_in(name: &str, text: &str, sources: &mut Sources) -> LiquidText {
    let file = SourceFile::new(format!("templates/includes/{name}.html"), text.trim_end());
    let id = sources.add(file);
    LiquidText::parse(sources.file(id), TextId::whole(id), &Syntax::default()).value
}

impl Site {
    /// The page with this number.
    pub fn page(&self, page: PageId) -> &Page {
        &self.pages[page.index()]
    }

    /// The page whose route (path without language, version and extension) this is.
    pub fn find_page(&self, route: &str) -> Option<PageId> {
        self.by_route.get(route).copied()
    }

    /// The page that an entry of `children` names: by its path below the index, or by that below `content`.
    pub fn find_child(&self, index: &Page, entry: &str) -> Option<PageId> {
        tree::find_child(index, entry, &self.by_route)
    }

    /// The language that a file is written in.
    pub fn language_of(&self, file: FileId) -> LanguageId {
        let path = &self.sources.file(file).path;
        let inside = |dir: &str| {
            !dir.is_empty() && path.strip_prefix(dir).is_some_and(|rest| rest.starts_with('/'))
        };
        let found = self.config.languages().find(|(_, language)| inside(&language.dir));
        found.map_or(LanguageId::DEFAULT, |(language, _)| language)
    }

    /// The text for evaluation.
    pub fn source<'a>(&'a self, text: &'a LiquidText) -> Source<'a> {
        text.source(&self.sources)
    }

    /// The name under which the site has the include that a tag calls so: `.html` and `.md` can be left out.
    pub fn include_name(&self, called: &str) -> Option<&str> {
        let names = ["", ".html", ".md"].map(|ending| format!("{called}{ending}"));
        let known = |name: &String| Some(&**self.includes.get_key_value(name)?.0);
        names.iter().find_map(known)
    }

    /// Whether an include is one that every site has.
    pub fn is_built_in(&self, include: &str) -> bool {
        // One of the site itself has an ending, or it takes the place of this one in the list of files.
        let files = self.includes.get(include).map(|text| self.sources.file(text.id.file));
        let own = format!("templates/includes/{include}");
        INCLUDES.iter().any(|(name, _)| *name == include)
            && files.is_some_and(|file| file.path != own)
    }

    /// Whether an include has a name under which the program has one of its own: the content model names it, whether
    /// or not a page does.
    pub fn has_built_in_name(&self, include: &str) -> bool {
        let stem = include.split('.').next().unwrap_or(include);
        INCLUDES.iter().any(|(name, _)| *name == stem)
    }

    /// The languages of the site.
    pub fn languages(&self) -> impl Iterator<Item = LanguageId> {
        self.config.languages().map(|(language, _)| language)
    }

    /// The versions in which a name of conditions holds: that of a plan, long or short, or of a feature.
    pub fn named_versions(&self, name: &str) -> Option<VersionSet> {
        match self.config.versions.find_plan(name) {
            Some(plan) => Some(plan.versions.iter().copied().collect()),
            None => self.features.get(name).copied(),
        }
    }

    /// All versions of the site.
    pub fn versions(&self) -> VersionSet {
        self.config.versions.all()
    }
}
