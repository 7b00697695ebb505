//! The tree of pages: product › category › map topic › article, from `children:` or the link tags of index pages.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Branch, Data, DatumValue, Kind, Page, PageId, Site};
use crate::diagnostic::{Checked, Diagnostic, codes};
use crate::load::FrontMatter;
use crate::source::{SourceFile, Sources, Span, TextId};
use crate::variant::VersionSet;

/// The children and parent of each page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    children: Vec<Vec<PageId>>,
    parents: Vec<Option<PageId>>,
    home: Option<PageId>,
}

impl Tree {
    /// The home page.
    pub fn home(&self) -> Option<PageId> {
        self.home
    }

    /// The pages below a page, in order.
    pub fn children(&self, page: PageId) -> &[PageId] {
        self.children.get(page.index()).map_or(&[], Vec::as_slice)
    }

    /// The page above a page.
    pub fn parent(&self, page: PageId) -> Option<PageId> {
        self.parents.get(page.index()).copied().flatten()
    }

    /// The pages above a page, the nearest first.
    pub fn ancestors(&self, page: PageId) -> impl Iterator<Item = PageId> {
        std::iter::successors(self.parent(page), |page| self.parent(*page))
    }
}

impl Site {
    /// The page that an entry of `children` of this index names.
    pub fn child(&self, index: &Page, entry: &str) -> Option<PageId> {
        find_child(index, entry, &self.by_route)
    }
}

/// An entry of an index: a page, and whether the entries behind it belong below it.
struct Listed {
    page: PageId,
    topic: bool,
}

/// The tree of a site, and what it was made from.
#[derive(Debug)]
pub(super) struct KnownTree {
    claims: Vec<Claims>,
    order: Vec<String>,
    tree: Tree,
    diagnostics: Vec<Diagnostic>,
}

/// Everything of a page that the tree is made from.
#[derive(Debug)]
struct Claims {
    route: String,
    kind: Kind,
    versions: VersionSet,
    front: Arc<FrontMatter>,
    /// Of an index, whose text may list its pages.
    body: Option<(Arc<SourceFile>, TextId)>,
}

impl Claims {
    fn of(page: &Page, sources: &Sources) -> Self {
        let id = page.source.body.id;
        Self {
            route: page.route.clone(),
            kind: page.kind,
            versions: page.versions,
            front: page.source.front.clone(),
            body: page.is_index().then(|| (sources.shared(id.file).clone(), id)),
        }
    }

    fn are_of(&self, page: &Page, sources: &Sources) -> bool {
        let (known, front) = (&self.front, &page.source.front);
        let id = page.source.body.id;
        let same_body = match &self.body {
            None => !page.is_index(),
            Some((file, text)) => {
                *text == id
                    && (Arc::ptr_eq(file, sources.shared(id.file))
                        || file.text(text.index) == sources.text(id))
            }
        };
        (&self.route, self.kind, self.versions) == (&page.route, page.kind, page.versions)
            && (Arc::ptr_eq(known, front)
                || (&known.children, known.hidden) == (&front.children, front.hidden))
            && same_body
    }
}

/// The tree: the known one, where it was made from the same.
pub(super) fn tree(
    pages: &[Page],
    by_route: &HashMap<String, PageId>,
    data: &Data,
    sources: &Sources,
    known: &mut Option<KnownTree>,
) -> Checked<Tree> {
    let order = order(data, sources);
    let is_same = |known: &KnownTree| {
        known.order == order
            && known.claims.len() == pages.len()
            && known.claims.iter().zip(pages).all(|(claims, page)| claims.are_of(page, sources))
    };
    if let Some(known) = known.as_ref().filter(|known| is_same(known)) {
        return Checked { value: known.tree.clone(), diagnostics: known.diagnostics.clone() };
    }
    let built = build(pages, by_route, data, sources);
    *known = Some(KnownTree {
        claims: pages.iter().map(|page| Claims::of(page, sources)).collect(),
        order,
        tree: built.value.clone(),
        diagnostics: built.diagnostics.clone(),
    });
    built
}

/// The order of products that the data sets.
fn order(data: &Data, sources: &Sources) -> Vec<String> {
    let Some(Branch::List(items)) = data.branch("products.productsInOrder") else {
        return Vec::new();
    };
    let text = |item: &Branch| match item {
        Branch::Leaf(id) => match data.get(*id).source()? {
            DatumValue::Text(text) => Some(sources.text(text.id).to_owned()),
            _ => None,
        },
        _ => None,
    };
    items.iter().map(|item| text(item).unwrap_or_default()).collect()
}

fn build(
    pages: &[Page],
    by_route: &HashMap<String, PageId>,
    data: &Data,
    sources: &Sources,
) -> Checked<Tree> {
    let mut builder = Builder {
        pages,
        by_route,
        sources,
        tree: Tree {
            children: vec![Vec::new(); pages.len()],
            parents: vec![None; pages.len()],
            home: by_route.get("").copied(),
        },
        diagnostics: Vec::new(),
    };
    let indexes = || pages.iter().filter(|page| page.is_index());
    for page in indexes() {
        builder.index(page, data);
    }
    for page in indexes().filter(|page| page.is_folder()) {
        builder.unlisted(page);
    }
    builder.adopt();
    Checked { value: builder.tree, diagnostics: builder.diagnostics }
}

struct Builder<'a> {
    pages: &'a [Page],
    by_route: &'a HashMap<String, PageId>,
    sources: &'a Sources,
    tree: Tree,
    diagnostics: Vec<Diagnostic>,
}

impl Builder<'_> {
    /// Enters what an index page lists.
    fn index(&mut self, page: &Page, data: &Data) {
        let listed = self.listed(page, data);
        let mut topic = None;
        for entry in listed {
            let above = match (entry.topic, topic) {
                (false, Some(topic)) => topic,
                _ => page.id,
            };
            if entry.topic {
                topic = Some(entry.page);
            }
            self.put(entry.page, above);
        }
    }

    fn listed(&mut self, page: &Page, data: &Data) -> Vec<Listed> {
        if !page.source.front.children.is_empty() {
            return self.listed_as_children(page);
        }
        let listed = self.listed_by_tags(page);
        match (listed.is_empty(), page.kind) {
            (false, _) => listed,
            (true, Kind::Home) => self.products(data),
            (true, _) => self.listed_in_folder(page),
        }
    }

    /// `children:` are paths relative to the index.
    fn listed_as_children(&mut self, page: &Page) -> Vec<Listed> {
        let mut listed = Vec::new();
        for child in &page.source.front.children {
            match find_child(page, &child.value, self.by_route) {
                Some(found) => listed.push(Listed { page: found, topic: false }),
                None => self.unknown(&child.value, child.span),
            }
        }
        listed
    }

    /// `{% topic_link_in_list /a %}` and `{% link_in_list /b %}`. Only pages inside the index's folder are its
    /// children; a link to another place is only a link.
    fn listed_by_tags(&mut self, page: &Page) -> Vec<Listed> {
        let body = page.source.body.source(self.sources);
        let mut listed = Vec::new();
        for tag in body.tags() {
            let topic = tag.name == "topic_link_in_list";
            if !is_link_tag(tag.name) {
                continue;
            }
            let argument = tag.arguments.trim();
            // What is computed cannot be known here.
            if argument.contains("{{") {
                continue;
            }
            let route = link_argument(argument, page.folder());
            match self.by_route.get(&*route) {
                Some(found) if self.is_below(*found, page) => {
                    listed.push(Listed { page: *found, topic });
                }
                _ => {}
            }
        }
        listed
    }

    fn is_below(&self, child: PageId, index: &Page) -> bool {
        let route = &self.pages[child.index()].route;
        child != index.id
            && match index.folder() {
                "" => true,
                folder => route.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')),
            }
    }

    /// `data/products.yml` may set the order of products.
    fn products(&mut self, data: &Data) -> Vec<Listed> {
        let Some(Branch::List(items)) = data.branch("products.productsInOrder") else {
            return self.all_products();
        };
        let names = items.iter().filter_map(|item| match item {
            Branch::Leaf(id) => data.get(*id).source(),
            Branch::List(_) | Branch::Map(_) => None,
        });
        let names = names.filter_map(|value| match value {
            DatumValue::Text(text) => Some(self.sources.text(text.id)),
            DatumValue::Boolean(..) | DatumValue::Number(..) => None,
        });
        let found = names.filter_map(|name| self.by_route.get(name));
        found.map(|page| Listed { page: *page, topic: false }).collect()
    }

    fn all_products(&self) -> Vec<Listed> {
        let products = self.pages.iter().filter(|page| page.kind == Kind::Product);
        products.map(|page| Listed { page: page.id, topic: false }).collect()
    }

    /// Every page of the index's folder, by path.
    fn listed_in_folder(&self, index: &Page) -> Vec<Listed> {
        let inside = |page: &&Page| {
            page.id != index.id && page.folder_around() == index.folder() && page.kind != Kind::Home
        };
        let pages = self.pages.iter().filter(inside);
        pages.map(|page| Listed { page: page.id, topic: false }).collect()
    }

    /// Reports the pages of an index's folder that no index lists, where the index has a list of its own.
    fn unlisted(&mut self, index: &Page) {
        if !self.has_list(index) {
            return;
        }
        let forgotten = self.pages.iter().filter(|page| {
            page.folder_around() == index.folder()
                && page.kind != Kind::Home
                && self.tree.parent(page.id).is_none()
                && !page.source.front.hidden
        });
        for page in forgotten {
            let name = page.route.rsplit('/').next().unwrap_or(&page.route);
            let message = format!("no index lists `{}`", page.path);
            let span = Span::start_of(page.source.file);
            let finding = Diagnostic::new(codes::UNLISTED_PAGE, span, message);
            let index = &self.sources.file(index.source.file).path;
            self.diagnostics.push(finding.hint(format!("add `/{name}` to the list of `{index}`")));
        }
    }

    /// Whether an index says itself what it lists, all of it known here.
    fn has_list(&self, index: &Page) -> bool {
        if !index.source.front.children.is_empty() {
            return true;
        }
        let body = index.source.body.source(self.sources);
        let mut links = body.tags().filter(|tag| is_link_tag(tag.name)).peekable();
        links.peek().is_some() && links.all(|tag| !tag.arguments.contains("{{"))
    }

    /// Puts a page below another, unless it has a place already or that would be a circle.
    fn put(&mut self, child: PageId, parent: PageId) {
        let circle = child == parent || self.tree.ancestors(parent).any(|above| above == child);
        if self.tree.parents[child.index()].is_none() && !circle {
            self.tree.parents[child.index()] = Some(parent);
            self.tree.children[parent.index()].push(child);
        }
    }

    /// Gives each page that no index lists the index of its folder as parent, so that it has a way up. It does not
    /// become a child: what is not listed is not shown in the navigation.
    fn adopt(&mut self) {
        for page in self.pages {
            if self.tree.parents[page.id.index()].is_some() || page.kind == Kind::Home {
                continue;
            }
            let mut folder = page.folder_around();
            let parent = loop {
                match self.by_route.get(folder) {
                    Some(found) if *found != page.id => break Some(*found),
                    _ if folder.is_empty() => break None,
                    _ => folder = parent_folder(folder),
                }
            };
            let circle = parent
                .is_some_and(|parent| self.tree.ancestors(parent).any(|above| above == page.id));
            if !circle {
                self.tree.parents[page.id.index()] = parent;
            }
        }
    }

    fn unknown(&mut self, path: &str, span: Span) {
        let routes = self.by_route.keys();
        let message = format!("`{path}` is no page below this index");
        let finding = Diagnostic::new(codes::UNLISTED_CHILD, span, message);
        let mut names: Vec<&str> = routes.filter_map(|route| route.rsplit('/').next()).collect();
        names.sort_unstable();
        let name = path.trim_matches('/');
        self.diagnostics
            .push(finding.hint_nearest(name, names).hint("correct the path, or remove the entry"));
    }
}

/// The page that an entry of `children` names: by its path below the index, or by that below `content`.
pub(super) fn find_child(
    index: &Page,
    path: &str,
    by_route: &HashMap<String, PageId>,
) -> Option<PageId> {
    let path = path.trim_matches('/');
    let below = by_route.get(&*join(index.folder(), path));
    // A path from the top has its folder in it.
    below.or_else(|| by_route.get(path).filter(|_| path.contains('/'))).copied()
}

/// Whether a tag with this name lists a page.
pub fn is_link_tag(name: &str) -> bool {
    name == "topic_link_in_list" || name == "homepage_link_with_intro" || name.starts_with("link_")
}

/// The route that the argument of a link tag names: below the page's folder unless it has two slashes or more
/// (github-docs-behaviour.md, A3).
pub fn link_argument(argument: &str, folder: &str) -> String {
    let path = argument.trim().trim_end_matches('/');
    if path.matches('/').count() < 2 {
        join(folder, path.trim_start_matches('/'))
    } else {
        path.trim_start_matches('/').to_owned()
    }
}

fn join(folder: &str, path: &str) -> String {
    match (folder, path) {
        ("", path) => path.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, path) => format!("{folder}/{path}"),
    }
}

fn parent_folder(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(parent, _)| parent)
}
