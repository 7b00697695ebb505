//! The front matter of a page, typed; keys that the program does not know are findings.

use super::LiquidText;
use crate::diagnostic::{Checked, Diagnostic, codes};
use crate::liquid::Syntax;
use crate::source::{FileId, SourceFile, Span, Spanned};
use crate::yaml::{Decoder, Fields, Node, Value};

/// The front matter of a page. Absent keys are `None` or empty.
#[derive(Debug, Default)]
pub struct FrontMatter {
    /// The title: Liquid and Markdown.
    pub title: Option<LiquidText>,
    /// A shorter title for navigation.
    pub short_title: Option<LiquidText>,
    /// The lead.
    pub intro: Option<LiquidText>,
    /// Which products have the feature.
    pub product: Option<LiquidText>,
    /// Who may use the feature.
    pub permissions: Option<LiquidText>,
    /// Which versions the page applies to.
    pub versions: Option<VersionsField>,
    /// Old addresses.
    pub redirect_from: Vec<Spanned<String>>,
    /// The pages below this index, in order.
    pub children: Vec<Spanned<String>>,
    /// The page template.
    pub layout: Option<Spanned<String>>,
    /// Whether the page lists the articles of a topic.
    pub map_topic: bool,
    /// Whether "In this article" is shown.
    pub show_mini_toc: Option<bool>,
    /// The deepest heading in "In this article".
    pub mini_toc_max_heading_level: Option<u8>,
    /// Whether the page is left out of navigation.
    pub hidden: bool,
    /// The kind of article.
    pub kind: Option<Spanned<String>>,
    /// What the article is about.
    pub topics: Vec<Spanned<String>>,
    /// Lists of links by name.
    pub featured_links: FeaturedLinks,
    /// Links in the lead by name.
    pub intro_links: Vec<(String, Spanned<String>)>,
    /// News about the product.
    pub changelog: Vec<ChangelogItem>,
    /// The platform whose blocks are shown first.
    pub default_platform: Option<Spanned<String>>,
    /// The tool whose blocks are shown first.
    pub default_tool: Option<Spanned<String>>,
    /// Whether the file name may differ from the title.
    pub allow_title_to_differ_from_filename: bool,
    /// Guides shown on a landing page.
    pub include_guides: Vec<Spanned<String>>,
    /// Names of learning tracks: Liquid.
    pub learning_tracks: Vec<LiquidText>,
}

/// Which versions a page applies to, as written.
#[derive(Debug)]
pub enum VersionsField {
    /// `'*'`.
    All,
    /// Plan (long or short name) and range.
    Plans(Vec<(Spanned<String>, Spanned<String>)>),
}

/// Lists of links of a landing page.
#[derive(Debug, Default)]
pub struct FeaturedLinks {
    /// The links by the name of their list.
    pub lists: Vec<(String, Vec<FeaturedLink>)>,
    /// Headings over the lists, by the name of the list.
    pub headings: Vec<(String, String)>,
}

/// A link of a landing page.
#[derive(Debug)]
pub struct FeaturedLink {
    /// Where it leads.
    pub address: Spanned<String>,
    /// What it is called, where that is not the title of a page.
    pub title: Option<String>,
}

/// News about a product.
#[derive(Debug)]
pub struct ChangelogItem {
    /// What is new.
    pub title: String,
    /// The day, as written.
    pub date: String,
    /// Where to read more.
    pub href: String,
}

/// Reads the front matter.
pub(super) fn read(
    node: Option<&Node>,
    file: &SourceFile,
    id: FileId,
    syntax: &Syntax,
) -> Checked<FrontMatter> {
    let mut decoder = Decoder::new(file);
    let Some(node) = node else { return decoder.finish(FrontMatter::default()) };
    let Some(entries) = decoder.map(node, "front matter") else {
        return decoder.finish(FrontMatter::default());
    };
    let mut fields = Fields::new(entries);
    let liquid = |name: &'static str, fields: &mut Fields<'_>, decoder: &mut Decoder<'_>| {
        liquid_text(fields.take(name)?, name, file, syntax, decoder)
    };
    let front = FrontMatter {
        title: liquid("title", &mut fields, &mut decoder),
        short_title: liquid("shortTitle", &mut fields, &mut decoder),
        intro: liquid("intro", &mut fields, &mut decoder),
        product: liquid("product", &mut fields, &mut decoder),
        permissions: liquid("permissions", &mut fields, &mut decoder),
        versions: fields.take("versions").and_then(|node| versions(node, &mut decoder)),
        redirect_from: texts("redirect_from", &mut fields, &mut decoder),
        children: texts("children", &mut fields, &mut decoder),
        layout: layout(&mut fields, &mut decoder),
        map_topic: flag("mapTopic", &mut fields, &mut decoder).unwrap_or(false),
        show_mini_toc: flag("showMiniToc", &mut fields, &mut decoder),
        mini_toc_max_heading_level: level(&mut fields, &mut decoder),
        hidden: flag("hidden", &mut fields, &mut decoder).unwrap_or(false),
        kind: text("type", &mut fields, &mut decoder),
        topics: texts("topics", &mut fields, &mut decoder),
        featured_links: featured_links(&mut fields, &mut decoder),
        intro_links: intro_links(&mut fields, &mut decoder),
        changelog: changelog(&mut fields, &mut decoder),
        default_platform: text("defaultPlatform", &mut fields, &mut decoder),
        default_tool: text("defaultTool", &mut fields, &mut decoder),
        allow_title_to_differ_from_filename: flag(
            "allowTitleToDifferFromFilename",
            &mut fields,
            &mut decoder,
        )
        .unwrap_or(false),
        include_guides: texts("includeGuides", &mut fields, &mut decoder),
        learning_tracks: fields.take("learningTracks").map_or_else(Vec::new, |node| {
            let nodes = match &node.value {
                Value::List(nodes) => nodes.iter().collect(),
                _ => vec![node],
            };
            let text = |node| liquid_text(node, "learningTracks", file, syntax, &mut decoder);
            nodes.into_iter().filter_map(text).collect()
        }),
    };
    fields.finish(&mut decoder);
    if front.title.is_none() {
        let finding = Diagnostic::new(codes::MISSING_KEY, Span::start_of(id), "`title` is missing");
        decoder.report(finding.hint("add `title: …` to the front matter"));
    }
    decoder.finish(front)
}

/// A scalar as Liquid; an empty one is none.
fn liquid_text(
    node: &Node,
    name: &str,
    file: &SourceFile,
    syntax: &Syntax,
    decoder: &mut Decoder<'_>,
) -> Option<LiquidText> {
    let Value::Scalar(scalar) = node.value else {
        decoder.text(node, name);
        return None;
    };
    if decoder.scalar(scalar).trim().is_empty() {
        return None;
    }
    let parsed = LiquidText::parse(file, scalar.text, syntax);
    parsed.diagnostics.into_iter().for_each(|finding| decoder.report(finding));
    Some(parsed.value)
}

fn text(
    name: &'static str,
    fields: &mut Fields<'_>,
    decoder: &mut Decoder<'_>,
) -> Option<Spanned<String>> {
    decoder.text(fields.take(name)?, name)
}

fn texts(
    name: &'static str,
    fields: &mut Fields<'_>,
    decoder: &mut Decoder<'_>,
) -> Vec<Spanned<String>> {
    fields.take(name).map_or_else(Vec::new, |node| decoder.texts(node, name))
}

fn flag(name: &'static str, fields: &mut Fields<'_>, decoder: &mut Decoder<'_>) -> Option<bool> {
    decoder.boolean(fields.take(name)?, name)
}

/// The name of a template; `false` means none but the plainest.
fn layout(fields: &mut Fields<'_>, decoder: &mut Decoder<'_>) -> Option<Spanned<String>> {
    let layout = text("layout", fields, decoder)?;
    Some(if layout.value == "false" {
        Spanned { value: "article".to_owned(), ..layout }
    } else {
        layout
    })
}

fn level(fields: &mut Fields<'_>, decoder: &mut Decoder<'_>) -> Option<u8> {
    let node = fields.take("miniTocMaxHeadingLevel")?;
    let table = [("2", 2), ("3", 3), ("4", 4), ("5", 5), ("6", 6)];
    decoder.choice(node, "miniTocMaxHeadingLevel", &table)
}

fn versions(node: &Node, decoder: &mut Decoder<'_>) -> Option<VersionsField> {
    if let Value::Scalar(scalar) = node.value {
        if decoder.scalar(scalar) == "*" {
            return Some(VersionsField::All);
        }
        decoder.report(
            Diagnostic::new(codes::WRONG_TYPE, node.span, "`versions` is a text")
                .hint("write `versions: '*'`, or a map of plan to range"),
        );
        return None;
    }
    let mut plans = Vec::new();
    for entry in decoder.map(node, "versions")? {
        let plan = Spanned { value: entry.key.clone(), span: entry.key_span };
        for range in decoder.texts(&entry.value, &entry.key) {
            plans.push((plan.clone(), range));
        }
    }
    Some(VersionsField::Plans(plans))
}

/// Lists of links by name; `NAMEHeading` is the heading over the list NAME.
fn featured_links(fields: &mut Fields<'_>, decoder: &mut Decoder<'_>) -> FeaturedLinks {
    let mut featured = FeaturedLinks::default();
    let Some(node) = fields.take("featuredLinks") else { return featured };
    for entry in decoder.map(node, "featuredLinks").unwrap_or_default() {
        match (entry.key.strip_suffix("Heading"), &entry.value.value) {
            (Some(name), Value::Scalar(text)) => {
                featured.headings.push((name.to_owned(), decoder.scalar(*text).to_owned()));
            }
            (_, Value::List(nodes)) => {
                let links = nodes.iter().filter_map(|node| featured_link(node, decoder)).collect();
                featured.lists.push((entry.key.clone(), links));
            }
            _ => {
                let link = featured_link(&entry.value, decoder);
                featured.lists.push((entry.key.clone(), link.into_iter().collect()));
            }
        }
    }
    featured
}

/// The path of a page, or a map of `title` and `href`.
fn featured_link(node: &Node, decoder: &mut Decoder<'_>) -> Option<FeaturedLink> {
    let Value::Map(entries) = &node.value else {
        return Some(FeaturedLink { address: decoder.text(node, "featuredLinks")?, title: None });
    };
    let mut fields = Fields::new(entries);
    let title = text("title", &mut fields, decoder).map(|title| title.value);
    let address = fields.require("href", node.span, decoder);
    let address = address.and_then(|node| decoder.text(node, "href"));
    fields.finish(decoder);
    Some(FeaturedLink { address: address?, title })
}

fn intro_links(
    fields: &mut Fields<'_>,
    decoder: &mut Decoder<'_>,
) -> Vec<(String, Spanned<String>)> {
    let Some(node) = fields.take("introLinks") else { return Vec::new() };
    let entries = decoder.map(node, "introLinks").unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| Some((entry.key.clone(), decoder.text(&entry.value, &entry.key)?)))
        .collect()
}

fn changelog(fields: &mut Fields<'_>, decoder: &mut Decoder<'_>) -> Vec<ChangelogItem> {
    let Some(node) = fields.take("changelog") else { return Vec::new() };
    // The newer dialect names a feed instead of listing items.
    if matches!(node.value, Value::Map(_)) {
        return Vec::new();
    }
    let mut items = Vec::new();
    for node in decoder.list(node, "changelog").unwrap_or_default() {
        let Some(entries) = decoder.map(node, "changelog") else { continue };
        let mut fields = Fields::new(entries);
        let mut part = |name| text(name, &mut fields, decoder).map(|text| text.value);
        let item = (part("title"), part("date"), part("href"));
        fields.finish(decoder);
        if let (Some(title), date, Some(href)) = item {
            items.push(ChangelogItem { title, date: date.unwrap_or_default(), href });
        }
    }
    items
}
