//! What Liquid asks of a site, for one page and language.

use std::borrow::Cow;

use liquid_core::model::{Object, Value};

use super::Context;
use super::context::escape;
use super::globals::{self, Found};
use super::strings::{PageString, Stage};
use crate::config::PLATFORMS;
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::liquid::{
    Advice, DataValue, Expansion, Global, Host, Live, Source, TagCall, TagFault, TagOutput,
    evaluate,
};
use crate::load::{FeaturedLink, Mention};
use crate::model::{
    Branch, DataId, Datum, DatumValue, Page, PageId, Resolved, Site, is_local, link_argument,
};
use crate::source::TextId;
use crate::variant::{LanguageId, Variant, VersionId, VersionSet};

/// The site as one page in one language sees it.
pub(super) struct PageHost<'a> {
    /// The site and what is known of its pages' strings.
    pub(super) context: Context<'a>,
    /// The page.
    pub(super) page: &'a Page,
    /// The language.
    pub(super) language: LanguageId,
}

impl<'a> PageHost<'a> {
    fn resolve(&self, datum: &'a Datum, version: VersionId) -> Option<Resolved<'a>> {
        let sources = &self.context.site.sources;
        datum.resolve(self.language, version, &|text| sources.text(text.id).trim().is_empty())
    }

    /// The value of `datum`, with `live` narrowed to the versions that have the same.
    pub(super) fn value(&self, datum: &'a Datum, live: &mut Live) -> Option<Resolved<'a>> {
        if datum.is_versioned() {
            let address = |found: Resolved<'_>| std::ptr::from_ref(found.value).addr();
            live.agree(|version| self.resolve(datum, version).map(address));
        }
        self.resolve(datum, live.chosen())
    }

    /// What a data reference finds at a place in the tree of data.
    fn found(&self, branch: &'a Branch, live: &mut Live) -> DataValue<'a> {
        match branch {
            Branch::Leaf(id) => self.datum(self.context.site.data.get(*id), live),
            Branch::List(items) => {
                DataValue::List(items.iter().map(|item| self.found(item, live)).collect())
            }
            Branch::Map(entries) => {
                let entries = entries.iter();
                DataValue::Map(
                    entries.map(|(key, branch)| (&**key, self.found(branch, live))).collect(),
                )
            }
        }
    }

    fn datum(&self, datum: &'a Datum, live: &mut Live) -> DataValue<'a> {
        let fixed = |value: Value, text: TextId| DataValue::Fixed(Cow::Owned(value), Some(text));
        match self.value(datum, live).map(|found| found.value) {
            Some(DatumValue::Text(text)) => DataValue::Text(self.context.site.source(text)),
            Some(DatumValue::Boolean(value, text)) => fixed(Value::scalar(*value), *text),
            Some(DatumValue::Number(value, text)) => fixed(Value::scalar(*value), *text),
            None => DataValue::Missing,
        }
    }

    /// A text of the data in one version; nothing where there is none.
    pub(super) fn data_text(
        &self,
        id: DataId,
        version: VersionId,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Expansion> {
        let site = self.context.site;
        let mut live = Live::new(VersionSet::only(version))?;
        let computed = |text: String, from: &TextId| Expansion {
            text,
            reads: vec![*from],
            ..Expansion::default()
        };
        Some(match self.value(site.data.get(id), &mut live)?.value {
            DatumValue::Boolean(value, from) => computed(value.to_string(), from),
            DatumValue::Number(value, from) => computed(value.to_string(), from),
            DatumValue::Text(text) => {
                let limits = &site.config.limits.liquid;
                let expansion = evaluate(site.source(text), self, &mut live, limits);
                let mut expansion = expansion.collect(diagnostics);
                expansion.reads.insert(0, text.id);
                expansion
            }
        })
    }

    /// The language in which a value of the data is shown in a version.
    pub(super) fn data_language(&self, id: DataId, version: VersionId) -> LanguageId {
        let found = self.resolve(self.context.site.data.get(id), version);
        found.map_or(self.language, |found| found.language)
    }

    /// The links that the page features, by the name of the list; nothing where it features none.
    fn featured_links(&self, version: VersionId) -> Option<Value> {
        let own = &self.page.source.front.featured_links.lists;
        if own.is_empty() || self.context.stage != Stage::Bodies {
            return None;
        }
        let mut lists = Object::new();
        let translated = self.page.edition(self.language);
        let translated = translated.iter().flat_map(|edition| &edition.front.featured_links.lists);
        // A translation that is behind goes through lists by older names. It may group the links of its source
        // otherwise, and adds none.
        let theirs = translated.filter(|(name, _)| own.iter().all(|(known, _)| known != name));
        for (name, links) in own.iter().chain(theirs) {
            let links = links.iter().filter_map(|link| {
                let address = self.address(&link.mention, version, &mut Vec::new())?;
                self.is_featured(&address, version)
                    .then(|| self.featured_link(link, &address, version))?
            });
            lists.insert(name.clone().into(), Value::array(links));
        }
        Some(Value::Object(lists))
    }

    /// The address of a link in front matter in a version; nothing where Liquid leaves it out.
    pub(super) fn address(
        &self,
        mention: &Mention,
        version: VersionId,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let site = self.context.site;
        let Some(text) = &mention.computed else { return Some(mention.address.value.clone()) };
        let mut live = Live::new(VersionSet::only(version))?;
        let limits = &site.config.limits.liquid;
        let expansion = evaluate(site.source(text), self, &mut live, limits).collect(diagnostics);
        let address = expansion.text.trim();
        if address.is_empty() {
            return None;
        }
        if is_local(address) && site.mentioned(address).is_none() {
            diagnostics.push(site.dead_mention(address, mention.address.span));
        }
        Some(address.to_owned())
    }

    /// Whether the page in the default language features the target of a link.
    fn is_featured(&self, address: &str, version: VersionId) -> bool {
        let site = self.context.site;
        let page = site.mentioned(address);
        let lists = self.page.source.front.featured_links.lists.iter();
        let links = lists.flat_map(|(_, links)| links);
        let mut own =
            links.filter_map(|link| self.address(&link.mention, version, &mut Vec::new()));
        own.any(|own| own == address || page.is_some() && site.mentioned(&own) == page)
    }

    fn featured_link(
        &self,
        link: &FeaturedLink,
        address: &str,
        version: VersionId,
    ) -> Option<Value> {
        let site = self.context.site;
        let mut object = Object::new();
        let mut put = |key: &'static str, value: String| {
            object.insert(key.into(), Value::scalar(value));
        };
        match site.mentioned(address) {
            Some(page) => {
                let string = |which| {
                    let strings = self.context.strings.get(page, self.language, which);
                    strings.for_version(version).html.clone()
                };
                put("href", format!("/{}", site.page(page).route));
                put("title", link.title.clone().unwrap_or_else(|| string(PageString::Title)));
                put("shortTitle", string(PageString::ShortTitle));
                put("intro", string(PageString::Intro));
                site.page(page).versions.contains(version).then_some(Value::Object(object))
            }
            None => {
                put("href", address.to_owned());
                put("title", link.title.as_deref().unwrap_or(address).to_owned());
                (!is_local(address) || link.title.is_some()).then_some(Value::Object(object))
            }
        }
    }

    /// The page that a link tag names.
    fn linked_page(&self, call: TagCall<'_>) -> Result<PageId, TagFault> {
        let argument = call.arguments;
        let site = self.context.site;
        let route = link_argument(argument, self.page.folder());
        let variant = Variant { language: self.language, version: site.config.default_version };
        let found =
            site.find_page(&route).or_else(|| match site.resolve(&format!("/{route}"), variant) {
                crate::model::Resolution::Page { page, .. } => Some(page),
                _ => None,
            });
        found.ok_or_else(|| {
            let known = site.pages.iter().map(|page| &*page.route);
            TagFault {
                code: codes::BROKEN_LINK,
                message: format!("`{argument}` leads to no page"),
                hints: advised(call, || nearest(&route, known))
                    .map(|near| format!("did you mean `/{near}`?"))
                    .into_iter()
                    .collect(),
            }
        })
    }

    /// A string of another page; what it reads is read here too.
    fn string_of(
        &self,
        page: PageId,
        live: &mut Live,
        which: PageString,
        output: &mut TagOutput,
    ) -> String {
        let strings = self.context.strings.get(page, self.language, which);
        let chosen = strings.for_version(live.chosen());
        live.decide(chosen.versions);
        output.reads.extend(&chosen.reads);
        chosen.html.clone()
    }

    /// A link tag: title and, for some, lead of the page that it names.
    fn link(&self, call: TagCall<'_>, live: &mut Live) -> Result<TagOutput, TagFault> {
        let target = self.linked_page(call)?;
        let mut output = TagOutput::default();
        if !live.decide(self.context.site.page(target).versions) {
            // A page that does not apply to this version is not linked in it.
            return Ok(output);
        }
        if self.context.stage != Stage::Bodies {
            return Err(TagFault {
                code: codes::LIQUID_SYNTAX,
                message: format!("`{}` cannot stand in a title or an intro", call.name),
                hints: vec!["write a link instead".to_owned()],
            });
        }
        let which = match call.name {
            "link_with_short_title" => PageString::ShortTitle,
            _ => PageString::Title,
        };
        let title = self.string_of(target, live, which, &mut output);
        let href = format!("/{}", self.context.site.page(target).route);
        output.text = match call.name {
            "link_in_list" => format!(r#"- <a class="article-link" href="{href}">{title}</a>"#),
            "topic_link_in_list" => {
                format!(r#"- <a class="topic-link" href="{href}">{title}</a>"#)
            }
            "link_with_intro" | "homepage_link_with_intro" => {
                let intro = self.string_of(target, live, PageString::Intro, &mut output);
                link_with_intro(&href, &title, &intro)
            }
            _ => format!(r#"<a class="link-title" href="{href}">{title}</a>"#),
        };
        Ok(output)
    }

    /// The start of a block. One for a platform or a tool says which, for readers to choose by.
    fn block_start(&self, name: &str) -> String {
        let (kind, group) = if PLATFORMS.contains(&name) {
            ("platform", "platforms")
        } else if self.context.site.config.tools.iter().any(|tool| tool == name) {
            ("tool", "tools")
        } else {
            return format!("<div class=\"extended-markdown {name}\">");
        };
        let ui = self.context.ui.get(usize::from(self.language.0));
        let label = ui.and_then(|ui| ui.get(&format!("{group}.{name}"))).unwrap_or(name);
        let label = escape(label);
        format!(
            r#"<div class="extended-markdown {name}" data-{kind}="{name}" data-label="{label}">"#
        )
    }

    fn octicon(&self, call: TagCall<'_>) -> Result<TagOutput, TagFault> {
        let (name, attributes) = icon_arguments(call.arguments);
        let icons = self.context.icons;
        let attributes: Vec<(&str, &str)> =
            attributes.iter().map(|(key, value)| (&**key, &**value)).collect();
        match icons.svg(&name, &attributes) {
            Some(text) => Ok(TagOutput { text, ..TagOutput::default() }),
            None => Err(TagFault {
                code: codes::UNKNOWN_ICON,
                message: format!("there is no icon `{name}`"),
                hints: advised(call, || nearest(&name, icons.names()))
                    .map(|near| format!("did you mean `{near}`?"))
                    .into_iter()
                    .collect(),
            }),
        }
    }
}

/// What may have been meant, where that is to be said.
fn advised<'a>(call: TagCall<'_>, near: impl FnOnce() -> Option<&'a str>) -> Option<&'a str> {
    if call.advice == Advice::Wanted { near() } else { None }
}

fn link_with_intro(href: &str, title: &str, intro: &str) -> String {
    let mut text = format!(
        "<a class=\"link-with-intro\" href=\"{href}\">\n  <h4 class=\"link-with-intro-title\">{title}\
         <span class=\"link-arrow\">→</span></h4>\n</a>\n"
    );
    if !intro.is_empty() {
        text += &format!("<p class=\"link-with-intro-intro\">{intro}</p>");
    }
    text
}

/// `"name" key="value" …`.
fn icon_arguments(arguments: &str) -> (String, Vec<(String, String)>) {
    let (name, rest) = word(arguments.trim());
    let mut attributes = Vec::new();
    let mut rest = rest.trim_start();
    while let Some((key, behind)) = rest.split_once('=') {
        let (value, behind) = word(behind.trim_start());
        let key = key.trim();
        if !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            attributes.push((key.to_owned(), value));
        }
        rest = behind.trim_start();
    }
    (name, attributes)
}

/// A quoted or bare word at the beginning, and what is behind it.
fn word(text: &str) -> (String, &str) {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '“' | '”'));
    let Some(quote) = quote else {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let inside = &text[quote.len_utf8()..];
    let end = inside.find(['"', '\'', '“', '”']).unwrap_or(inside.len());
    let behind = inside[end..].chars().next().map_or(inside.len(), |c| end + c.len_utf8());
    (inside[..end].to_owned(), &inside[behind..])
}

impl Host for PageHost<'_> {
    fn data(&self, key: &str, live: &mut Live) -> DataValue<'_> {
        let site = self.context.site;
        if let Some(datum) = site.data.find(key) {
            return self.datum(datum, live);
        }
        match site.data.branch(key) {
            Some(branch) => self.found(branch, live),
            // The file has the finding.
            None if site.data.is_broken(key) => DataValue::Fixed(Cow::Owned(Value::Nil), None),
            None => DataValue::Missing,
        }
    }

    fn data_hint(&self, key: &str) -> Option<String> {
        let Site { data, config, .. } = self.context.site;
        let Some(datum) = data.find(key) else {
            return data.nearest(key).map(|near| format!("did you mean `{near}`?"));
        };
        let own = datum.all().filter(|(language, ..)| language.is_default());
        let versions = own.filter_map(|(_, version, _)| version);
        let versions: Vec<String> =
            versions.map(|version| format!("`{}`", config.versions.get(version).id)).collect();
        (!versions.is_empty()).then(|| {
            let versions = versions.join(", ");
            format!(
                "only {versions} has it: give it a value for all, or use it for {versions} alone"
            )
        })
    }

    fn global(&self, name: &str, version: VersionId) -> Global<'_> {
        let variant = Variant { language: self.language, version };
        let config = &self.context.site.config;
        if name == "page" {
            let language = &config.language(self.language).code;
            let id = &config.versions.get(version).id;
            return Global::Versioned(Cow::Owned(globals::page_value(
                &self.page.path,
                language,
                id,
            )));
        }
        if name == "featuredLinks"
            && let Some(links) = self.featured_links(version)
        {
            return Global::Versioned(Cow::Owned(links));
        }
        match self.context.globals.get(name, variant) {
            Some(Found::Fixed(value)) => Global::Fixed(value),
            Some(Found::Versioned(value)) => Global::Versioned(Cow::Borrowed(value)),
            // The names that conditions know are values too: `{% if fpt == true %}`.
            None => self.named_versions(name).map_or(Global::Undefined, |versions| {
                Global::Versioned(Cow::Owned(Value::scalar(versions.contains(version))))
            }),
        }
    }

    fn named_versions(&self, name: &str) -> Option<VersionSet> {
        self.context.site.named_versions(name)
    }

    fn compared_versions(&self, name: &str, operator: &str, release: &str) -> Option<VersionSet> {
        globals::compared(&self.context.site.config.versions, name, operator, release)
    }

    fn default_plan(&self) -> &str {
        // The first plan whose releases have numbers, as an id without a plan is a number.
        let plans = self.context.site.config.versions.plans();
        plans.iter().find(|plan| plan.numbered).map_or("", |plan| &plan.name)
    }

    fn include(&self, name: &str) -> Option<Source<'_>> {
        let site = self.context.site;
        let includes = &site.includes;
        let found = includes.get(name).or_else(|| includes.get(&format!("{name}.html")));
        found.or_else(|| includes.get(&format!("{name}.md"))).map(|text| site.source(text))
    }

    fn block(&self, name: &str, _arguments: &str) -> (Cow<'_, str>, Cow<'_, str>) {
        let start = match name {
            "prompt" => {
                return (Cow::Borrowed("<code class=\"prompt\">"), Cow::Borrowed("</code>"));
            }
            "rowheaders" => Cow::Borrowed("<div class=\"rowheaders\">"),
            name => Cow::Owned(self.block_start(name)),
        };
        (start, Cow::Borrowed("</div>"))
    }

    fn tag(&self, call: TagCall<'_>, live: &mut Live) -> Result<TagOutput, TagFault> {
        match call.name {
            "octicon" => self.octicon(call),
            _ => self.link(call, live),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::icon_arguments;

    #[test]
    fn icons_take_a_name_and_attributes() {
        let (name, attributes) =
            icon_arguments(r#""gear" aria-label= "The Settings gear" height=16"#);
        assert_eq!(name, "gear");
        let expected = [("aria-label", "The Settings gear"), ("height", "16")];
        assert_eq!(attributes, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }
}
