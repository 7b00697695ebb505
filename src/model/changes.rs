//! What differs between two sites that were made from one shelf, one after the other.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Datum, DatumValue, Edition, Page, Site};
use crate::load::{FeaturedLink, FrontMatter, LiquidText, Mention, VersionsField};
use crate::source::{FileId, SourceFile, Spanned, TextId};
use crate::variant::{LanguageId, VersionId};

/// What differs between a site and the one before.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Whether every page may look otherwise: templates, icons, which pages there are and where, their tree, their old
    /// addresses, the files that are copied.
    pub structure: bool,
    /// Whether texts may evaluate otherwise although all that they read is the same: names of data, features, icons.
    pub names: bool,
    /// The texts that are other than before, or that another one stands for now.
    texts: BTreeSet<TextId>,
    /// The files of which any text is.
    files: BTreeSet<FileId>,
}

impl Changes {
    /// Everything is other than before.
    pub fn all() -> Self {
        Self { structure: true, names: true, ..Self::default() }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        !self.structure && !self.names && self.texts.is_empty()
    }

    /// Whether one of these texts is other than before.
    pub fn reach(&self, texts: impl IntoIterator<Item = TextId>) -> bool {
        !self.texts.is_empty() && texts.into_iter().any(|text| self.texts.contains(&text))
    }

    /// Whether a text of this file is other than before.
    pub fn reach_file(&self, file: FileId) -> bool {
        self.files.contains(&file)
    }

    fn add(&mut self, text: TextId) {
        self.texts.insert(text);
        self.files.insert(text.file);
    }
}

impl Site {
    /// What differs between this site and the one `before`, which was made from the same shelf and configuration.
    pub fn changes_since(&self, before: &Site) -> Changes {
        let mut comparison = Comparison { before, now: self, changes: Changes::default() };
        comparison.files();
        comparison.pages();
        comparison.data();
        comparison.names();
        comparison.structure();
        comparison.changes
    }
}

struct Comparison<'a> {
    before: &'a Site,
    now: &'a Site,
    changes: Changes,
}

impl Comparison<'_> {
    /// The texts of files that were read again or repaired otherwise.
    fn files(&mut self) {
        let (before, now) = (&self.before.sources, &self.now.sources);
        for ((id, one), (_, other)) in before.files().zip(now.files()) {
            if Arc::ptr_eq(before.shared(id), now.shared(id)) {
                continue;
            }
            if one.path != other.path {
                // A file was added: it has the number of one that the program brings along.
                self.changes.structure = true;
                self.changes.names = true;
            }
            for index in differing(one, other) {
                self.changes.add(TextId { file: id, index });
            }
        }
        if before.files().count() != now.files().count() {
            self.changes.structure = true;
            self.changes.names = true;
        }
    }

    fn pages(&mut self) {
        let (before, now) = (&self.before.pages, &self.now.pages);
        if before.len() != now.len() {
            self.changes.structure = true;
        }
        for (one, other) in before.iter().zip(now) {
            self.page(one, other);
        }
    }

    fn page(&mut self, before: &Page, now: &Page) {
        let same_place = before.route == now.route
            && before.kind == now.kind
            && before.versions == now.versions
            && before.source.file == now.source.file
            && before.translations.keys().eq(now.translations.keys());
        if !same_place {
            self.changes.structure = true;
            self.changes.add(TextId::whole(now.source.file));
        }
        self.edition(&before.source, &now.source);
        for (one, other) in before.translations.values().zip(now.translations.values()) {
            self.edition(one, other);
            // The page names its other languages: those in which it is really written.
            if one.damaged != other.damaged || one.body.damaged != other.body.damaged {
                let editions = std::iter::once(&now.source).chain(now.translations.values());
                editions.for_each(|edition| self.changes.add(TextId::whole(edition.file)));
            }
        }
    }

    fn edition(&mut self, before: &Edition, now: &Edition) {
        if before.file != now.file || before.damaged != now.damaged {
            self.edition_whole(before);
            self.edition_whole(now);
        }
        let state = |text: &LiquidText| (text.id, text.damaged);
        if state(&before.body) != state(&now.body) {
            self.edition_whole(before);
        }
        if Arc::ptr_eq(&before.front, &now.front) {
            return;
        }
        let states = |edition: &Edition| strings(&edition.front).map(|text| text.map(state));
        if states(before) != states(now) {
            self.edition_whole(before);
        }
        if !self.same_structure(&before.front, &now.front) {
            self.changes.structure = true;
            self.edition_whole(before);
        }
    }

    /// A string of the page may come from another edition now.
    fn edition_whole(&mut self, edition: &Edition) {
        self.changes.add(TextId::whole(edition.file));
        let texts = strings(&edition.front).into_iter().flatten().chain([&edition.body]);
        texts.for_each(|text| self.changes.add(text.id));
    }

    /// Whether two front matters say the same but for the words of their five texts.
    fn same_structure(&self, before: &FrontMatter, now: &FrontMatter) -> bool {
        let text = |site: &Site, text: &LiquidText| site.sources.text(text.id).to_owned();
        let tracks = |site: &Site, front: &FrontMatter| -> Vec<String> {
            front.learning_tracks.iter().map(|track| text(site, track)).collect()
        };
        structure(before) == structure(now) && tracks(self.before, before) == tracks(self.now, now)
    }

    fn data(&mut self) {
        let (before, now) = (self.before.data.values(), self.now.data.values());
        for (one, other) in before.iter().zip(now) {
            if one.key == other.key {
                self.datum(one, other);
            }
        }
    }

    /// A value that is looked up otherwise than before is another for all who read it.
    fn datum(&mut self, before: &Datum, now: &Datum) {
        let values = |datum: &Datum| -> Vec<_> { datum.all().map(state).collect() };
        if before.all().map(state).eq(now.all().map(state)) {
            let texts: Vec<TextId> = now.all().map(|(.., value)| value.text()).collect();
            // Which of its texts is shown can hang on whether another one of them is empty.
            if self.changes.reach(texts.iter().copied()) {
                texts.into_iter().for_each(|text| self.changes.add(text));
            }
            return;
        }
        let (old, new) = (values(before), values(now));
        if old.is_empty() {
            // Nobody can have read it.
            self.changes.names = true;
        }
        for (.., text, _, _) in old.into_iter().chain(new) {
            self.changes.add(text);
        }
    }

    /// What texts can ask for by name.
    fn names(&mut self) {
        let (before, now) = (self.before, self.now);
        let is_same = *before.data.tree() == *now.data.tree()
            && before.data.same_keys(&now.data)
            && before.features == now.features
            && before.includes.keys().eq(now.includes.keys())
            && before.icons == now.icons
            && before.data.broken() == now.data.broken();
        self.changes.names |= !is_same || self.reaches_any(now.icons.iter().map(|(_, file)| *file));
    }

    fn structure(&mut self) {
        let (before, now) = (self.before, self.now);
        let is_same = (Arc::ptr_eq(&before.redirects, &now.redirects)
            || before.redirects.leads_alike(&now.redirects))
            && before.tree == now.tree
            && before.tracks == now.tracks
            && before.release_notes == now.release_notes
            && before.templates == now.templates
            && before.assets == now.assets
            && before.image_sizes == now.image_sizes
            && before.changed == now.changed;
        let templates = now.templates.iter().map(|(_, file)| *file);
        self.changes.structure |= !is_same || self.changes.names || self.reaches_any(templates);
    }

    fn reaches_any(&self, files: impl IntoIterator<Item = FileId>) -> bool {
        files.into_iter().any(|file| self.changes.reach_file(file))
    }
}

/// The texts of a file that are other than before; all of them where there are more or fewer.
fn differing(before: &SourceFile, now: &SourceFile) -> Vec<u32> {
    let (one, other) = (before.texts(), now.texts());
    let is_other = |index: &u32| one != other || before.text(*index) != now.text(*index);
    (0..one.max(other)).filter(is_other).collect()
}

fn strings(front: &FrontMatter) -> [Option<&LiquidText>; 5] {
    let FrontMatter { title, short_title, intro, product, permissions, .. } = front;
    [title, short_title, intro, product, permissions].map(Option::as_ref)
}

type ValueState = (LanguageId, Option<VersionId>, TextId, bool, Option<i64>);

fn state((language, version, value): (LanguageId, Option<VersionId>, &DatumValue)) -> ValueState {
    let (text, damaged, number) = match value {
        DatumValue::Text(text) => (text.id, text.damaged, None),
        DatumValue::Boolean(value, text) => (*text, false, Some(i64::from(*value))),
        DatumValue::Number(value, text) => (*text, false, Some(*value)),
    };
    (language, version, text, damaged, number)
}

/// Front matter without its texts and without places.
fn structure(front: &FrontMatter) -> impl PartialEq + use<'_> {
    let FrontMatter {
        title: _,
        short_title: _,
        intro: _,
        product: _,
        permissions: _,
        learning_tracks: _,
        versions,
        redirect_from,
        children,
        layout,
        map_topic,
        show_mini_toc,
        mini_toc_max_heading_level,
        hidden,
        kind,
        topics,
        featured_links,
        intro_links,
        changelog,
        changelog_feed,
        default_platform,
        default_tool,
        include_guides,
        source_commit: _,
    } = front;
    let news = changelog.iter().map(|item| (&item.title, &item.date, &item.href));
    let feed = changelog_feed.as_ref();
    let feed =
        feed.map(|feed| (&feed.label, &feed.prefix, feed.url.as_ref().map(|url| &url.value)));
    let lists = featured_links.lists.iter().map(|(name, links)| (name, featured(links)));
    (
        (version_words(versions.as_ref()), values(redirect_from), values(children)),
        (value(layout.as_ref()), map_topic, show_mini_toc, mini_toc_max_heading_level, hidden),
        (value(kind.as_ref()), values(topics), lists.collect::<Vec<_>>(), &featured_links.headings),
        intro_links.iter().map(|(name, mention)| (name, address(mention))).collect::<Vec<_>>(),
        (news.collect::<Vec<_>>(), feed),
        (value(default_platform.as_ref()), value(default_tool.as_ref())),
        include_guides.iter().map(address).collect::<Vec<_>>(),
    )
}

fn featured(links: &[FeaturedLink]) -> Vec<(&str, Option<&String>)> {
    links.iter().map(|link| (address(&link.mention), link.title.as_ref())).collect()
}

fn address(mention: &Mention) -> &str {
    &mention.address.value
}

fn value(key: Option<&Spanned<String>>) -> Option<&String> {
    key.map(|key| &key.value)
}

fn values(keys: &[Spanned<String>]) -> Vec<&String> {
    keys.iter().map(|key| &key.value).collect()
}

/// The plans and ranges of `versions`; none for all versions.
fn version_words(field: Option<&VersionsField>) -> Option<Vec<(&String, &String)>> {
    Some(match field? {
        VersionsField::All => Vec::new(),
        VersionsField::Plans(plans) => {
            plans.iter().map(|(plan, range)| (&plan.value, &range.value)).collect()
        }
    })
}
