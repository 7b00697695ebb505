//! Templates, style and scripts: the built-in ones, each replaceable by the site's file of the same name.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as _;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use serde::Serialize;

use super::context::{NavigationContext, NotFoundContext, PageContext, PageFields, PageKind};
use super::context::{RedirectContext, RobotsContext, escaped_pieces};
use super::icons::Icons;
use super::navigation::RenderedNavigation;
use super::ui::{self, UiStrings};
use crate::markdown;

/// A built-in file: its name in `templates/`, and its text.
type BuiltIn = (&'static str, &'static str);

macro_rules! built_in {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../templates/", $name)))),*]
    };
}

/// Everything that a site can replace, by the names that it has in `templates/`.
const BUILT_IN: &[BuiltIn] = built_in! {
    "404.html"
    "home.html"
    "layout.html"
    "navigation.html"
    "page.html"
    "redirect.html"
    "robots.txt"
    "assets/before.js"
    "assets/not-found.js"
    "assets/search.css"
    "assets/search.js"
    "assets/theme.css"
    "assets/theme.js"
    "partials/breadcrumbs.html"
    "partials/callouts.html"
    "partials/cards.html"
    "partials/edit.html"
    "partials/featured.html"
    "partials/footer.html"
    "partials/guides.html"
    "partials/head.html"
    "partials/intro-links.html"
    "partials/language.html"
    "partials/logo.html"
    "partials/notices.html"
    "partials/pager.html"
    "partials/picker.html"
    "partials/pickers.html"
    "partials/releases.html"
    "partials/search.html"
    "partials/text-language.html"
    "partials/theme-switch.html"
    "partials/toc.html"
    "partials/tracks.html"
    "partials/words.html"
    "ui/en.yml"
    "ui/zh.yml"
};

/// Templates that read other contexts than a page's, and the frame of all.
const NOT_FOR_PAGES: &[&str] = &["404", "layout", "navigation", "redirect"];

/// The one template that is not HTML.
const ROBOTS: &str = "robots.txt";

/// Where the theme's assets are published, below the base path.
const ASSETS_FOLDER: &str = "assets/variorum";

/// The icons that `theme.css` shows, published beside it as `icons/NAME.svg`.
const STYLE_ICONS: &[&str] = &[
    "alert",
    "device-desktop",
    "globe",
    "info",
    "light-bulb",
    "link",
    "moon",
    "report",
    "stop",
    "sun",
    "versions",
];

/// Steps that one rendering may take: a hundred times what the largest page needs.
const FUEL: u64 = 5_000_000;

/// How deep templates may include each other and macros may call each other.
const RECURSION_LIMIT: usize = 100;

/// The templates of a site, ready to render, and what goes with them.
#[derive(Debug)]
pub struct Theme {
    templates: Environment<'static>,
    /// By path in the output.
    assets: BTreeMap<String, Vec<u8>>,
    /// By language: the name of the file in `ui/`.
    strings: BTreeMap<String, BTreeMap<String, String>>,
    icons: Arc<Icons>,
    /// The ids of elements in the templates.
    ids: BTreeSet<String>,
}

/// What is wrong in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// The file, relative to `templates/`.
    pub name: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong: one phrase.
    pub message: String,
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, line, message } = self;
        match line {
            Some(line) => write!(out, "{name}:{line}: {message}"),
            None => write!(out, "{name}: {message}"),
        }
    }
}

impl std::error::Error for TemplateFault {}

/// The values of `id` in a template.
fn ids_in(text: &str) -> impl Iterator<Item = &str> {
    let values = text.split(" id=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    values.map(|(id, _)| id).filter(|id| !id.contains('{'))
}

impl Theme {
    /// The built-in theme, with the site's files (name relative to `templates/`, text) in place of those of the same
    /// name. `*.html` are templates; `assets/`, `icons/NAME.svg` and `ui/TAG.yml` are what they say, the last
    /// string by string; the rest is left alone.
    pub fn new(overrides: Vec<(String, String)>) -> Result<Self, TemplateFault> {
        let built_in = BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let all: Vec<(String, String)> = built_in.chain(overrides).collect();
        let strings = strings(&all)?;
        let files: BTreeMap<String, String> = all.into_iter().collect();
        let icons = Arc::new(icons(&files)?);
        let mut assets = assets(&files);
        assets.extend(STYLE_ICONS.iter().filter_map(|name| style_icon(&icons, name)));
        let ids = files.iter().filter(|(name, _)| name.ends_with(".html"));
        let ids = ids.flat_map(|(_, text)| ids_in(text)).map(str::to_owned).collect();
        let templates = environment(files, &assets, &icons)?;
        Ok(Self { templates, assets, strings, icons, ids })
    }

    /// A page, by the layout that it names or the one of its kind.
    pub fn page(&self, context: &PageContext) -> Result<String, TemplateFault> {
        self.render(&self.template_for(&context.page), context)
    }

    /// A product's navigation, ready to be marked for each of its pages.
    pub fn navigation(
        &self,
        context: &NavigationContext,
    ) -> Result<RenderedNavigation, TemplateFault> {
        self.render("navigation.html", context).map(RenderedNavigation::new)
    }

    /// The page at an old address.
    pub fn redirect(&self, context: &RedirectContext) -> Result<String, TemplateFault> {
        self.render("redirect.html", context)
    }

    /// The page that says that there is no page.
    pub fn not_found(&self, context: &NotFoundContext) -> Result<String, TemplateFault> {
        self.render("404.html", context)
    }

    /// What crawlers may read.
    pub fn robots(&self, context: &RobotsContext) -> Result<String, TemplateFault> {
        self.render(ROBOTS, context)
    }

    /// Whether a page can name this layout: templates in folders are parts, and some are not for pages.
    pub fn has_layout(&self, name: &str) -> bool {
        let is_for_pages = !name.contains('/') && !NOT_FOR_PAGES.contains(&name);
        is_for_pages && self.templates.get_template(&format!("{name}.html")).is_ok()
    }

    /// Style and scripts: the path in the output, below the base path, and the bytes.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.assets.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The ids that elements of the templates have, those left out that a template makes up.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }

    /// The icons, for `{% octicon %}`.
    pub fn icons(&self) -> &Icons {
        &self.icons
    }

    /// The strings of the language with this tag: the site's own, then the theme's in that language, then the
    /// theme's in English.
    pub fn ui_strings(&self, tag: &str, site: BTreeMap<String, String>) -> UiStrings {
        self.interface((tag, site), ("en", BTreeMap::new()))
    }

    /// The same with the site's strings in the default language before the theme's in English. Strings come with the
    /// tag of their language.
    pub(super) fn interface(
        &self,
        (tag, own): (&str, BTreeMap<String, String>),
        default: (&str, BTreeMap<String, String>),
    ) -> UiStrings {
        let english = ("en", self.words("en").cloned().unwrap_or_default());
        let language = self.words_for(tag).map(|(tag, words)| (tag, words.clone()));
        UiStrings::new([english, default].into_iter().chain(language).chain([(tag, own)]))
    }

    /// The strings that the theme has of its own for exactly this language, by their names.
    pub fn words(&self, tag: &str) -> Option<&BTreeMap<String, String>> {
        self.strings.get(&tag.to_ascii_lowercase())
    }

    /// The strings that the theme has for this language or the one that it is a kind of, whose tag comes with them.
    pub fn words_for<'t>(&self, tag: &'t str) -> Option<(&'t str, &BTreeMap<String, String>)> {
        prefixes(tag).find_map(|tag| Some((tag, self.words(tag)?)))
    }

    fn template_for(&self, page: &PageFields) -> String {
        let named = page.layout.as_ref().filter(|name| self.has_layout(name));
        match (named, page.kind) {
            (Some(name), _) => format!("{name}.html"),
            (None, PageKind::Home) => "home.html".to_owned(),
            (None, _) => "page.html".to_owned(),
        }
    }

    fn render(&self, name: &str, context: impl Serialize) -> Result<String, TemplateFault> {
        let template = self.templates.get_template(name).map_err(|error| fault(&error, name))?;
        template.render(Value::from(Serde(context))).map_err(|error| fault(&error, name))
    }
}

/// `zh-Hans-CN`, `zh-Hans`, `zh`.
fn prefixes(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| tag.rsplit_once('-').map(|(shorter, _)| shorter))
}

fn assets(files: &BTreeMap<String, String>) -> BTreeMap<String, Vec<u8>> {
    let below = files.iter().filter(|(name, _)| name.starts_with("assets/"));
    below
        .map(|(name, text)| (name.replacen("assets", ASSETS_FOLDER, 1), text.as_bytes().to_vec()))
        .collect()
}

/// An icon as a file, for `theme.css`.
fn style_icon(icons: &Icons, name: &str) -> Option<(String, Vec<u8>)> {
    let svg = icons.file(name)?;
    Some((format!("{ASSETS_FOLDER}/icons/{name}.svg"), svg.into_bytes()))
}

fn icons(files: &BTreeMap<String, String>) -> Result<Icons, TemplateFault> {
    let mut icons = Icons::built_in();
    for (file, svg) in files {
        let Some(name) = stem(file, "icons/", ".svg") else { continue };
        icons.add(name, svg).map_err(|message| TemplateFault {
            name: file.clone(),
            line: None,
            message: message.to_owned(),
        })?;
    }
    Ok(icons)
}

/// The interface's strings by language. A later file replaces strings of an earlier one, not all of them.
fn strings(
    files: &[(String, String)],
) -> Result<BTreeMap<String, BTreeMap<String, String>>, TemplateFault> {
    let mut strings: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (file, yaml) in files {
        let Some(tag) = stem(file, "ui/", ".yml") else { continue };
        let own = ui::parse(yaml).map_err(|(line, message)| TemplateFault {
            name: file.clone(),
            line: Some(line),
            message,
        })?;
        strings.entry(tag.to_ascii_lowercase()).or_default().extend(own);
    }
    Ok(strings)
}

/// What stands between `folder` and `ending` in a file's name.
fn stem<'a>(file: &'a str, folder: &str, ending: &str) -> Option<&'a str> {
    file.strip_prefix(folder)?.strip_suffix(ending)
}

fn environment(
    files: BTreeMap<String, String>,
    assets: &BTreeMap<String, Vec<u8>>,
    icons: &Arc<Icons>,
) -> Result<Environment<'static>, TemplateFault> {
    let mut environment = Environment::new();
    let mut syntax = minijinja::syntax::SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true);
    environment.set_syntax(syntax.build().expect("the delimiters are the usual ones"));
    let escape = |name: &str| if name == ROBOTS { AutoEscape::None } else { AutoEscape::Html };
    environment.set_auto_escape_callback(escape);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_formatter(write);
    // Without it an error does not name the variable that is undefined.
    environment.set_debug(true);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(RECURSION_LIMIT);
    environment.add_function("t", interface_string);
    environment.add_function("forms", forms_of_string);
    let asset = asset_function(assets);
    let has_asset = asset.clone();
    environment.add_function("has_asset", move |name: &str| has_asset(name).is_ok());
    environment.add_function("asset", asset);
    environment.add_function("icon", icon_function(icons.clone()));
    environment.add_filter("plain", |html: &str| markdown::plain_text(html));
    environment.add_filter("locale", locale);
    let is_template = |name: &str| name.ends_with(".html") || name == ROBOTS;
    for (name, text) in files.into_iter().filter(|(name, _)| is_template(name)) {
        let added = environment.add_template_owned(name.clone(), text);
        added.map_err(|error| fault(&error, &name))?;
    }
    Ok(environment)
}

/// The language of a BCP 47 tag and its territory, as link previews want them: `zh_CN` for `zh-Hans-CN`.
fn locale(tag: &str) -> String {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_territory = |part: &&str| {
        let letters = |byte: u8| byte.is_ascii_alphabetic();
        (part.len() == 2 && part.bytes().all(letters))
            || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    // What stands behind a single letter is no longer the name of the language.
    match parts.take_while(|part| part.len() > 1).find(is_territory) {
        Some(territory) => format!("{language}_{}", territory.to_ascii_uppercase()),
        None => language,
    }
}

/// Writes a value: nothing for `none`, HTML as it is, everything else escaped, but `/` left as it is.
fn write(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        _ if value.is_none() => Ok(()),
        Some(text) if !value.is_safe() && *state.auto_escape() != AutoEscape::None => {
            escaped_pieces(text).try_for_each(|piece| out.write_str(piece)).map_err(Error::from)
        }
        Some(text) => out.write_str(text).map_err(Error::from),
        None => minijinja::escape_formatter(out, state, value),
    }
}

/// `t("pages.miniToc")`: the interface's string with this name; `{name}` in it is replaced by the argument `name`, and
/// `count` chooses the form of a word that counts.
fn interface_string(state: &State, key: &str, arguments: Option<Kwargs>) -> Result<Value, Error> {
    let strings = strings_of(state)?;
    let Some(arguments) = arguments else {
        return strings.value(key).cloned().ok_or_else(|| unknown_string(key));
    };
    let count = arguments.get::<Option<u64>>("count").ok().flatten();
    let found = count.map_or_else(|| strings.value(key), |count| strings.counted(key, count));
    let found = found.ok_or_else(|| unknown_string(key))?;
    let mut text = found.as_str().unwrap_or_default().to_owned();
    for name in arguments.args() {
        text = text.replace(&format!("{{{name}}}"), &arguments.get::<String>(name)?);
    }
    arguments.assert_all_used()?;
    Ok(text.into())
}

/// `forms("search.found")`: all forms of a word that counts as JSON, for scripts, and `lang`, whose rules choose one.
fn forms_of_string(state: &State, key: &str) -> Result<String, Error> {
    let strings = strings_of(state)?;
    let (lang, forms) = strings.forms(key).ok_or_else(|| unknown_string(key))?;
    let forms = forms.into_iter().map(|(form, text)| (form.to_owned(), text.into()));
    let all = std::iter::once(("lang".to_owned(), lang.into())).chain(forms);
    Ok(serde_json::Value::Object(all.collect()).to_string())
}

/// The interface's strings that a template can read.
fn strings_of(state: &State) -> Result<UiStrings, Error> {
    let strings = state.lookup("ui").and_then(|ui| UiStrings::from_value(&ui));
    strings.ok_or_else(|| Error::new(ErrorKind::UndefinedError, "there are no interface strings"))
}

fn unknown_string(key: &str) -> Error {
    Error::new(ErrorKind::UndefinedError, format!("unknown interface string `{key}`"))
}

/// `asset("theme.css")`: the address below the base path, with a mark of the content so that it can be cached.
fn asset_function(
    assets: &BTreeMap<String, Vec<u8>>,
) -> impl Fn(&str) -> Result<String, Error> + Clone + Send + Sync + 'static + use<> {
    let address = |(path, bytes): (&String, &Vec<u8>)| {
        let mark = blake3::hash(bytes).to_hex();
        let name = path[ASSETS_FOLDER.len() + 1..].to_owned();
        (name, format!("/{path}?{}", &mark[..8]))
    };
    let addresses: BTreeMap<String, String> = assets.iter().map(address).collect();
    let addresses = Arc::new(addresses);
    move |name| addresses.get(name).cloned().ok_or_else(|| unknown("asset", name))
}

/// `icon("search", class="large")`: an icon as SVG.
fn icon_function(
    icons: Arc<Icons>,
) -> impl Fn(&str, Kwargs) -> Result<Value, Error> + Send + Sync + 'static {
    move |name, arguments| {
        let attributes = text_arguments(&arguments)?;
        let svg = icons.svg(name, &borrowed(&attributes));
        svg.map(Value::from_safe_string).ok_or_else(|| unknown("icon", name))
    }
}

/// The arguments that a template gave by name.
fn text_arguments(arguments: &Kwargs) -> Result<Vec<(&str, String)>, Error> {
    arguments.args().map(|name| Ok((name, arguments.get(name)?))).collect()
}

fn borrowed<'a>(arguments: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    arguments.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

fn unknown(what: &str, name: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("unknown {what} `{name}`"))
}

/// Where an error comes from: the innermost template that it names.
fn fault(error: &Error, rendered: &str) -> TemplateFault {
    let mut innermost = error;
    while let Some(inner) = innermost.source().and_then(|source| source.downcast_ref::<Error>()) {
        innermost = inner;
    }
    let named = if innermost.name().is_some() { innermost } else { error };
    let message = match (innermost.kind(), innermost.detail()) {
        (ErrorKind::OutOfFuel, _) => format!("takes more than the limit of {FUEL} steps"),
        (ErrorKind::TemplateNotFound, Some(detail)) => detail.replace(['\'', '"'], "`"),
        (_, Some(detail)) => detail.to_owned(),
        (kind, None) => kind.to_string(),
    };
    TemplateFault { name: named.name().unwrap_or(rendered).to_owned(), line: named.line(), message }
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
