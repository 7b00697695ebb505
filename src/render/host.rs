//! What Liquid asks of a site, for one page and language.

use std::borrow::Cow;

use liquid_core::model::{Object, Value};

use super::Context;
use super::globals::{self, Found};
use super::strings::{Short, Stage};
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::liquid::{
    Advice, DataValue, Expansion, Global, Host, Limits, Live, Source, TagCall, TagFault, TagOutput,
    evaluate,
};
use crate::load::{FeaturedLink, LiquidText};
use crate::model::{
    Branch, DataId, Datum, DatumValue, Page, PageId, Resolved, is_local, link_argument,
};
use crate::source::{Span, TextId};
use crate::variant::{LanguageId, Variant, VersionId, VersionSet};

/// The site as one page in one language sees it.
pub(super) struct PageHost<'a> {
    /// The site and what is known of its pages' strings.
    pub(super) context: Context<'a>,
    /// The page.
    pub(super) page: &'a Page,
    /// The language.
    pub(super) language: LanguageId,
    /// How many lists are being made values of: their texts can go through lists again.
    pub(super) lists: usize,
}

/// Lists inside lists, by way of their texts.
const DEEPEST_LISTS: usize = 2;

/// How many times the steps of a page all lists that it goes through may take.
const LIST_STEPS: usize = 10;

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

    /// A list or map as a value, the texts in it evaluated.
    fn collection(
        &self,
        branch: &'a Branch,
        live: &mut Live,
        reads: &mut Vec<TextId>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Value {
        match branch {
            Branch::Leaf(id) => {
                let found = self.value(self.context.site.data.get(*id), live);
                found.map_or(Value::Nil, |found| self.leaf(found, live, reads, diagnostics))
            }
            Branch::List(items) => {
                let items = items.iter();
                items
                    .map(|item| self.collection(item, live, reads, diagnostics))
                    .collect::<Vec<_>>()
                    .into()
            }
            Branch::Map(entries) => {
                let mut object = Object::new();
                for (key, branch) in entries {
                    let value = self.collection(branch, live, reads, diagnostics);
                    object.insert(key.clone().into(), value);
                }
                Value::Object(object)
            }
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
        let computed = |text: String| Expansion { text, ..Expansion::default() };
        Some(match self.value(site.data.get(id), &mut live)?.value {
            DatumValue::Boolean(value) => computed(value.to_string()),
            DatumValue::Number(value) => computed(value.to_string()),
            DatumValue::Text(text) => {
                let limits = &site.config.limits.liquid;
                evaluate(site.source(text), self, &mut live, limits).collect(diagnostics)
            }
        })
    }

    /// The links that the page features, by the name of the list; nothing where it features none.
    fn featured_links(&self, version: VersionId) -> Option<Value> {
        let front = &self.page.source.front;
        if front.featured_links.lists.is_empty() || self.context.stage != Stage::Bodies {
            return None;
        }
        let mut lists = Object::new();
        for (name, links) in &front.featured_links.lists {
            let links = links.iter().filter_map(|link| self.featured_link(link, version));
            lists.insert(name.clone().into(), Value::array(links));
        }
        Some(Value::Object(lists))
    }

    fn featured_link(&self, link: &FeaturedLink, version: VersionId) -> Option<Value> {
        let site = self.context.site;
        let mut object = Object::new();
        let mut put = |key: &'static str, value: String| {
            object.insert(key.into(), Value::scalar(value));
        };
        match site.mentioned(&link.address.value) {
            Some(page) => {
                let string = |which| {
                    let strings = self.context.strings.get(page, self.language, which);
                    strings.for_version(version).html.clone()
                };
                put("href", format!("/{}", site.page(page).route));
                put("title", link.title.clone().unwrap_or_else(|| string(Short::Title)));
                put("shortTitle", string(Short::ShortTitle));
                put("intro", string(Short::Intro));
                site.page(page).versions.contains(version).then_some(Value::Object(object))
            }
            None => {
                let address = &link.address.value;
                put("href", address.clone());
                put("title", link.title.as_ref().unwrap_or(address).clone());
                (!is_local(address) || link.title.is_some()).then_some(Value::Object(object))
            }
        }
    }

    fn leaf(
        &self,
        found: Resolved<'a>,
        live: &mut Live,
        reads: &mut Vec<TextId>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Value {
        match found.value {
            DatumValue::Boolean(value) => Value::scalar(*value),
            DatumValue::Number(value) => Value::scalar(*value),
            DatumValue::Text(text) => {
                let limits = match self.list_limits(text, live) {
                    Ok(limits) => limits,
                    Err(finding) => {
                        diagnostics.push(finding);
                        return Value::Nil;
                    }
                };
                let host = PageHost { lists: self.lists + 1, ..*self };
                let source = self.context.site.source(text);
                let expansion = evaluate(source, &host, live, &limits).collect(diagnostics);
                live.count_aside(&expansion);
                reads.push(text.id);
                reads.extend(expansion.reads);
                Value::scalar(expansion.text)
            }
        }
    }

    /// What a text in a list may still use.
    fn list_limits(&self, text: &LiquidText, live: &Live) -> Result<Limits, Diagnostic> {
        let limits = self.context.site.config.limits.liquid;
        let steps = limits.steps.saturating_mul(LIST_STEPS);
        let message = if self.lists >= DEEPEST_LISTS {
            format!("lists go through lists more than {DEEPEST_LISTS} times")
        } else if live.aside() >= steps {
            format!("lists take more than {steps} steps (10 times `limits.steps`)")
        } else {
            let (depth, nesting) = (limits.depth / 4, limits.nesting / 4);
            return Ok(Limits { depth, nesting, steps: steps - live.aside(), ..limits });
        };
        let span = Span { text: text.id, start: 0, end: 0 };
        Err(Diagnostic::new(codes::LIQUID_LIMIT, span, message))
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
    fn short(&self, page: PageId, live: &mut Live, which: Short, output: &mut TagOutput) -> String {
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
            "link_with_short_title" => Short::ShortTitle,
            _ => Short::Title,
        };
        let title = self.short(target, live, which, &mut output);
        let href = format!("/{}", self.context.site.page(target).route);
        output.text = match call.name {
            "link_in_list" => format!(r#"- <a class="article-link" href="{href}">{title}</a>"#),
            "topic_link_in_list" => {
                format!(r#"- <a class="topic-link" href="{href}">{title}</a>"#)
            }
            "link_with_intro" | "homepage_link_with_intro" => {
                let intro = self.short(target, live, Short::Intro, &mut output);
                link_with_intro(&href, &title, &intro)
            }
            _ => format!(r#"<a class="link-title" href="{href}">{title}</a>"#),
        };
        Ok(output)
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
            return match self.value(datum, live).map(|found| found.value) {
                Some(DatumValue::Text(text)) => DataValue::Text(site.source(text)),
                Some(DatumValue::Boolean(value)) => {
                    DataValue::Value(Cow::Owned(Value::scalar(*value)), Vec::new())
                }
                Some(DatumValue::Number(value)) => {
                    DataValue::Value(Cow::Owned(Value::scalar(*value)), Vec::new())
                }
                None => DataValue::Missing,
            };
        }
        let Some(branch) = site.data.branch(key) else {
            return match site.data.is_broken(key) {
                true => DataValue::Value(Cow::Owned(Value::Nil), Vec::new()),
                false => DataValue::Missing,
            };
        };
        let (mut reads, mut diagnostics) = (Vec::new(), Vec::new());
        let value = self.collection(branch, live, &mut reads, &mut diagnostics);
        // Of the faults of their texts, those that leave out whole values are told where the list is used.
        diagnostics.retain(|finding| finding.code.name == codes::LIQUID_LIMIT.name);
        diagnostics.dedup_by(|later, kept| later.message == kept.message);
        live.overhear(diagnostics);
        DataValue::Value(Cow::Owned(value), reads)
    }

    fn nearest_data(&self, key: &str) -> Option<String> {
        self.context.site.data.nearest(key).map(str::to_owned)
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
            name => Cow::Owned(format!("<div class=\"extended-markdown {name}\">")),
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
