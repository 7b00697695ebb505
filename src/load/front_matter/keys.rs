//! The keys of front matter as a table, for whoever helps to write it.

/// A key of front matter.
#[derive(Clone, Copy, Debug)]
pub struct FrontKey {
    /// Its name.
    pub name: &'static str,
    /// What it is, in a sentence of Markdown.
    pub about: &'static str,
    /// What its value can be.
    pub value: FrontValue,
}

/// What the value of a key can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrontValue {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A word that other pages may have already.
    Word,
    /// Pages below the index.
    Children,
    /// Addresses of pages, in lists or maps.
    Pages,
    /// Plans and ranges.
    Versions,
    /// A template.
    Layout,
    /// A platform.
    Platform,
    /// A tool.
    Tool,
    /// Learning tracks of the product.
    Tracks,
}

/// The keys that the program reads, in the order in which people write them.
pub const FRONT_KEYS: &[FrontKey] = &[
    key("title", "The title. Required.", FrontValue::Text),
    key("shortTitle", "A shorter title for navigation and breadcrumbs.", FrontValue::Text),
    key("intro", "The lead, and the description for search engines.", FrontValue::Text),
    key(
        "product",
        "Which products have what the page describes; shown in a frame.",
        FrontValue::Text,
    ),
    key("permissions", "Who may do what the page describes; shown in a frame.", FrontValue::Text),
    key(
        "versions",
        "The versions of the page: `'*'`, or a map of plan to range. `feature: a` adds the versions of a feature.",
        FrontValue::Versions,
    ),
    key("redirect_from", "Old paths of the page: a text or a list.", FrontValue::Text),
    key("children", "On an index: the pages below it, in order.", FrontValue::Children),
    key("layout", "The template: `NAME` for `templates/NAME.html`.", FrontValue::Layout),
    key("mapTopic", "`true`: the page lists the articles of its topic.", FrontValue::Flag),
    key(
        "showMiniToc",
        "`false` switches \"In this article\" off, `true` switches it on for an index.",
        FrontValue::Flag,
    ),
    key(
        "miniTocMaxHeadingLevel",
        "The deepest heading in \"In this article\"; 3 if not given.",
        FrontValue::Choice(&["2", "3", "4", "5", "6"]),
    ),
    key("hidden", "`true`: not in the navigation, and not found by the search.", FrontValue::Flag),
    key("type", "The kind of guide, such as `tutorial`: for templates.", FrontValue::Word),
    key("topics", "What a guide is about: a list of words.", FrontValue::Word),
    key("featuredLinks", "Lists of links: `{ NAME: [LINK, …] }`.", FrontValue::Pages),
    key("introLinks", "Buttons below the lead: `{ NAME: PATH }`.", FrontValue::Pages),
    key(
        "changelog",
        "News: `[{ title, date, href }, …]`, or `{ label, prefix, url }` for those in the data.",
        FrontValue::Pages,
    ),
    key("defaultPlatform", "The platform that is shown first.", FrontValue::Platform),
    key("defaultTool", "The tool that is shown first.", FrontValue::Tool),
    key("includeGuides", "Guides as cards: a list of paths.", FrontValue::Pages),
    key("learningTracks", "Names of learning tracks of the product.", FrontValue::Tracks),
    key(
        "source_commit",
        "Of a translation: the commit whose source it stands for.",
        FrontValue::Text,
    ),
    key("ms.sourcegitcommit", "The same as `source_commit`.", FrontValue::Text),
    key("l10n", "`{ sourceCommit: COMMIT }`, the same as `source_commit`.", FrontValue::Text),
    key("l10n.sourceCommit", "The same as `source_commit`.", FrontValue::Text),
];

const fn key(name: &'static str, about: &'static str, value: FrontValue) -> FrontKey {
    FrontKey { name, about, value }
}

#[cfg(test)]
mod tests {
    use super::FRONT_KEYS;
    use crate::liquid::Syntax;
    use crate::source::{FileId, SourceFile};
    use crate::yaml;

    #[test]
    fn the_table_has_the_keys_that_are_read() {
        let text = "title: a\nzzzzzzzzzzzz: b\n";
        let mut file = SourceFile::new("a.md", text);
        let node = yaml::parse(&mut file, FileId(0), 0..text.len(), yaml::Limits::default()).value;
        let read = super::super::read(node.as_ref(), &file, FileId(0), &Syntax::default());
        let hint = &read.diagnostics[0].hints[0];
        let known = hint.strip_prefix("remove it; known are ").expect("the hint lists them");
        let mut known: Vec<&str> = known.split(", ").map(|name| name.trim_matches('`')).collect();
        known.retain(|name| !super::super::FLAGS_WITHOUT_EFFECT.contains(name));
        let mut table: Vec<&str> = FRONT_KEYS.iter().map(|key| key.name).collect();
        known.sort_unstable();
        table.sort_unstable();
        assert_eq!(table, known);
    }
}
