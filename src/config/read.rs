//! `variorum.yml` as it is written: every key known, every value of its type, every fault with its place.

use super::budgets::budgets;
use super::web::{base_url, edit_url};
use super::{
    BLOCKS, Config, DefaultVersionUrls, Language, LastChanged, Limits, Notices, PLATFORMS,
    Redirects, TOOLS, UrlStyle, Urls,
};
use crate::diagnostic::{Checked, Diagnostic, Levels, codes, level_of, nearest};
use crate::markdown::Dollars;
use crate::name;
use crate::source::{FileId, SourceFile, Span, Spanned};
use crate::variant::{MAX_VERSIONS, Plan, Release, Version, VersionId, Versions};
use crate::yaml::{Decoder, Entry, Fields, Node, parse};

/// Reads the configuration from the text of `variorum.yml`. With an error in it there is none.
pub fn read(file: &mut SourceFile, id: FileId) -> Checked<Option<Config>> {
    let parsed = parse(file, id, 0..file.text.len(), Limits::default().yaml);
    let mut diagnostics = parsed.diagnostics;
    let Some(root) = parsed.value else {
        if diagnostics.is_empty() {
            let message = "the configuration is empty";
            diagnostics.push(
                Diagnostic::new(codes::MISSING_KEY, Span::start_of(id), message)
                    .hint("name at least `title`, `languages` and `versions`"),
            );
        }
        return Checked { value: None, diagnostics };
    };
    let mut decoder = Decoder::new(file);
    let config = config(&root, &mut decoder);
    let read = decoder.finish(config);
    diagnostics.extend(read.diagnostics);
    // Any fault of the configuration is an error: a build by a wrong configuration helps nobody.
    let value = if diagnostics.is_empty() { read.value } else { None };
    Checked { value, diagnostics }
}

fn config(root: &Node, decoder: &mut Decoder<'_>) -> Option<Config> {
    let mut fields = Fields::new(decoder.map(root, "variorum.yml")?);
    let at = root.span;
    let title = fields.require("title", at, decoder).and_then(|node| decoder.text(node, "title"));
    let base_url = fields.take("base_url").and_then(|node| base_url(node, decoder));
    let default_language =
        fields.take("default_language").and_then(|node| decoder.text(node, "default_language"));
    let languages = fields.require("languages", at, decoder);
    let languages = languages.and_then(|node| languages_of(node, default_language, decoder));
    let versions = fields.require("versions", at, decoder).and_then(|node| versions(node, decoder));
    let default_version = fields.take("default_version");
    let default_version = match (&versions, default_version) {
        (Some(versions), Some(node)) => version_named(node, versions, decoder),
        (Some(_), None) => Some(VersionId::from_index(0)),
        (None, _) => None,
    };
    let urls = urls(fields.take("urls"), decoder);
    let redirects = redirects(fields.take("redirects"), decoder);
    let notices = notices(fields.take("notices"), decoder);
    let edit_url = fields.take("edit_url").and_then(|node| edit_url(node, decoder));
    let last_changed = last_changed(fields.take("last_changed"), decoder);
    let own_blocks = blocks("blocks", fields.take("blocks"), decoder);
    let own_tools = blocks("tools", fields.take("tools"), decoder);
    let tools: Vec<String> = names(TOOLS).chain(own_tools).collect();
    let blocks = names(BLOCKS).chain(names(PLATFORMS)).chain(own_blocks);
    let blocks = blocks.chain(tools.iter().cloned()).collect();
    let search = fields.take("search").and_then(|node| decoder.boolean(node, "search"));
    let dollars = dollars(fields.take("markdown"), decoder);
    let budgets = budgets(fields.take("translations"), languages.as_deref(), decoder);
    let rules = rules(fields.take("rules"), decoder);
    let limits = limits(fields.take("limits"), decoder);
    fields.finish(decoder);
    Some(Config {
        title: title?.value,
        base_url: base_url.unwrap_or_default(),
        languages: languages?,
        versions: versions?,
        default_version: default_version?,
        urls,
        redirects,
        notices,
        edit_url,
        last_changed,
        blocks,
        tools,
        search: search.unwrap_or(true),
        dollars,
        budgets,
        rules,
        limits,
    })
}

/// How serious kinds of findings are taken: codes with `off`, `warning` or `error`.
fn rules(node: Option<&Node>, decoder: &mut Decoder<'_>) -> Levels {
    let mut levels = Levels::default();
    let entries = node.and_then(|node| decoder.map(node, "rules")).unwrap_or_default();
    for entry in entries {
        let Some(level) = decoder.text(&entry.value, &entry.key) else { continue };
        match level_of(&entry.key, &level.value) {
            Ok((code, level)) => levels.set(code, level),
            Err(why) => {
                bad_value(decoder, entry.key_span, why, "see the manual's page about checks")
            }
        }
    }
    levels
}

fn last_changed(node: Option<&Node>, decoder: &mut Decoder<'_>) -> LastChanged {
    let Some(text) = node.and_then(|node| decoder.text(node, "last_changed")) else {
        return LastChanged::Unknown;
    };
    if text.value == "git" {
        return LastChanged::Git { asked: text.span };
    }
    let message = format!("`{}` is no place where dates are read", text.value);
    bad_value(decoder, text.span, message, "write `git`, or leave the key out");
    LastChanged::Unknown
}

fn languages_of(
    node: &Node,
    default: Option<Spanned<String>>,
    decoder: &mut Decoder<'_>,
) -> Option<Vec<Language>> {
    let entries = decoder.map(node, "languages")?;
    let mut languages = Vec::new();
    for entry in entries {
        languages.extend(language(entry, decoder));
    }
    if entries.is_empty() {
        bad_value(
            decoder,
            node.span,
            "there is no language".to_owned(),
            "add one, such as `en: { name: English }`",
        );
        return None;
    }
    if entries.len() > usize::from(u8::MAX) {
        bad_value(decoder, node.span, "more than 255 languages".to_owned(), "remove some");
        return None;
    }
    if let Some(default) = default {
        let Some(at) = languages.iter().position(|language| language.code == default.value) else {
            let message = format!("`{}` is none of the languages", default.value);
            let known = languages.iter().map(|language| &*language.code);
            decoder.report(
                Diagnostic::new(codes::BAD_VALUE, default.span, message)
                    .hint_nearest(&default.value, known)
                    .hint("use a key of `languages`"),
            );
            return None;
        };
        let language = languages.remove(at);
        languages.insert(0, language);
    }
    // The translation of the default language is the site itself.
    for (number, language) in languages.iter_mut().enumerate() {
        match (number, language.dir.is_empty()) {
            (0, _) => language.dir.clear(),
            (_, true) => language.dir = format!("translations/{}", language.code),
            (_, false) => {}
        }
    }
    Some(languages)
}

fn language(entry: &Entry, decoder: &mut Decoder<'_>) -> Option<Language> {
    segment(&entry.key, entry.key_span, "language", decoder)?;
    let mut fields = Fields::new(decoder.map(&entry.value, &entry.key)?);
    let mut text = |fields: &mut Fields<'_>, name| {
        fields.take(name).and_then(|node| decoder.text(node, name)).map(|text| text.value)
    };
    let name = text(&mut fields, "name").unwrap_or_else(|| entry.key.clone());
    let native_name = text(&mut fields, "native_name").unwrap_or_else(|| name.clone());
    let tag = text(&mut fields, "tag").unwrap_or_else(|| entry.key.clone());
    let dir = fields.take("dir").and_then(|node| directory(node, decoder)).unwrap_or_default();
    fields.finish(decoder);
    Some(Language { code: entry.key.clone(), tag, name, native_name, dir })
}

/// A folder inside the site.
fn directory(node: &Node, decoder: &mut Decoder<'_>) -> Option<String> {
    let text = decoder.text(node, "dir")?;
    let dir = text.value.trim_matches('/');
    let safe = !text.value.starts_with('/')
        && !dir.is_empty()
        && dir
            .split('/')
            .all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']));
    if !safe {
        let message = format!("`{}` is not a folder inside the site", text.value);
        bad_value(decoder, text.span, message, "write a path such as `translations/zh-CN`");
        return None;
    }
    Some(dir.to_owned())
}

/// Whether a name can be a segment of URLs; otherwise a finding.
fn segment(name: &str, span: Span, what: &str, decoder: &mut Decoder<'_>) -> Option<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let safe = name.chars().all(plain) && !name.starts_with('.') && name::check(name).is_ok();
    if !safe {
        let message = format!("`{name}` cannot be a {what}");
        bad_value(decoder, span, message, "use letters, digits, `-`, `_` and `.`");
    }
    safe.then_some(())
}

fn versions(node: &Node, decoder: &mut Decoder<'_>) -> Option<Versions> {
    let nodes = decoder.list(node, "versions")?;
    let (mut plans, mut versions): (Vec<Plan>, Vec<Version>) = (Vec::new(), Vec::new());
    for node in nodes {
        let Some(plan) = plan(node, plans.len(), &mut versions, decoder) else { continue };
        let taken = |name: &String| {
            plans.iter().any(|other| other.name == *name || other.short_name == *name)
        };
        if taken(&plan.name) || taken(&plan.short_name) {
            let message = format!("the plan `{}` is there twice", plan.name);
            bad_value(
                decoder,
                node.span,
                message,
                "give each plan its own `plan` and `short_name`",
            );
        }
        plans.push(plan);
    }
    if versions.is_empty() {
        bad_value(
            decoder,
            node.span,
            "there is no version".to_owned(),
            "add a plan, such as `- plan: product`",
        );
        return None;
    }
    if versions.len() > MAX_VERSIONS {
        let message = format!("{} versions, more than {MAX_VERSIONS}", versions.len());
        bad_value(decoder, node.span, message, "move old releases to `retired`");
        return None;
    }
    Some(Versions::new(plans, versions))
}

fn plan(
    node: &Node,
    number: usize,
    versions: &mut Vec<Version>,
    decoder: &mut Decoder<'_>,
) -> Option<Plan> {
    let mut fields = Fields::new(decoder.map(node, "versions")?);
    let name =
        fields.require("plan", node.span, decoder).and_then(|node| decoder.text(node, "plan"))?;
    segment(&name.value, name.span, "plan", decoder)?;
    let title = fields.take("name").and_then(|node| decoder.text(node, "name"));
    let title = title.map_or_else(|| name.value.clone(), |title| title.value);
    let short_name = fields.take("short_name").and_then(|node| decoder.text(node, "short_name"));
    let releases = fields.take("releases");
    let next = fields.take("next").and_then(|node| release_name(node, "next", decoder));
    let retired = fields.take("retired").map_or_else(Vec::new, |node| retired(node, decoder));
    let notice = fields.take("notice").and_then(|node| decoder.text(node, "notice"));
    fields.finish(decoder);
    let first = versions.len();
    match releases {
        Some(node) => {
            for node in decoder.list(node, "releases")? {
                let Some(version) = release(node, &name.value, &title, number, decoder) else {
                    continue;
                };
                if versions[first..].iter().any(|other| other.id == version.id) {
                    let message = format!("the release `{}` is there twice", version.release);
                    bad_value(decoder, node.span, message, "remove one of the two");
                }
                versions.push(version);
            }
        }
        None => versions.push(Version {
            id: format!("{}@latest", name.value),
            plan: number,
            release: Release::new("latest"),
            title: title.clone(),
            released: None,
            deprecated: None,
        }),
    }
    let own = (first..versions.len()).take(MAX_VERSIONS).filter(|index| *index < MAX_VERSIONS);
    Some(Plan {
        short_name: short_name.map_or_else(|| name.value.clone(), |short| short.value),
        numbered: releases.is_some(),
        versions: own.map(VersionId::from_index).collect(),
        name: name.value,
        title,
        next,
        retired,
        notice,
    })
}

fn release(
    node: &Node,
    plan: &str,
    plan_title: &str,
    number: usize,
    decoder: &mut Decoder<'_>,
) -> Option<Version> {
    // A release is a map with days, or just its name.
    let (release, released, deprecated) = match &node.value {
        crate::yaml::Value::Map(entries) => {
            let mut fields = Fields::new(entries);
            let release = fields.require("release", node.span, decoder);
            let release = release.and_then(|node| release_name(node, "release", decoder));
            let released = fields.take("released").and_then(|node| decoder.date(node, "released"));
            let deprecated =
                fields.take("deprecated").and_then(|node| decoder.date(node, "deprecated"));
            fields.finish(decoder);
            (release?, released, deprecated)
        }
        _ => (release_name(node, "release", decoder)?, None, None),
    };
    Some(Version {
        id: format!("{plan}@{release}"),
        plan: number,
        title: format!("{plan_title} {release}"),
        release,
        released,
        deprecated,
    })
}

fn release_name(node: &Node, what: &str, decoder: &mut Decoder<'_>) -> Option<Release> {
    let text = decoder.text(node, what)?;
    segment(&text.value, text.span, "release", decoder)?;
    Some(Release::new(text.value))
}

fn retired(node: &Node, decoder: &mut Decoder<'_>) -> Vec<Release> {
    let nodes = decoder.list(node, "retired").unwrap_or_default();
    nodes.iter().filter_map(|node| release_name(node, "retired", decoder)).collect()
}

fn version_named(node: &Node, versions: &Versions, decoder: &mut Decoder<'_>) -> Option<VersionId> {
    let text = decoder.text(node, "default_version")?;
    let found = versions.find(&text.value);
    if found.is_none() {
        let message = format!("`{}` is none of the versions", text.value);
        let ids: Vec<&str> = versions.iter().map(|(_, version)| &*version.id).collect();
        let near = nearest(&text.value, ids.iter().copied());
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("use one of {}", ids.join(", ")),
        };
        decoder.report(Diagnostic::new(codes::BAD_VALUE, text.span, message).hint(hint));
    }
    found
}

fn urls(node: Option<&Node>, decoder: &mut Decoder<'_>) -> Urls {
    let mut urls = Urls { default_version: DefaultVersionUrls::Keep, style: UrlStyle::Directory };
    let Some(entries) = node.and_then(|node| decoder.map(node, "urls")) else { return urls };
    let mut fields = Fields::new(entries);
    if let Some(node) = fields.take("default_version") {
        let table = [("keep", DefaultVersionUrls::Keep), ("omit", DefaultVersionUrls::Omit)];
        urls.default_version =
            decoder.choice(node, "default_version", &table).unwrap_or(urls.default_version);
    }
    if let Some(node) = fields.take("style") {
        let table = [("directory", UrlStyle::Directory), ("file", UrlStyle::File)];
        urls.style = decoder.choice(node, "style", &table).unwrap_or(urls.style);
    }
    fields.finish(decoder);
    urls
}

fn redirects(node: Option<&Node>, decoder: &mut Decoder<'_>) -> Redirects {
    let mut redirects = Redirects { pages: true };
    let Some(entries) = node.and_then(|node| decoder.map(node, "redirects")) else {
        return redirects;
    };
    let mut fields = Fields::new(entries);
    if let Some(node) = fields.take("pages") {
        redirects.pages = decoder.boolean(node, "pages").unwrap_or(true);
    }
    fields.finish(decoder);
    redirects
}

fn notices(node: Option<&Node>, decoder: &mut Decoder<'_>) -> Notices {
    let Some(entries) = node.and_then(|node| decoder.map(node, "notices")) else {
        return Notices::default();
    };
    let mut fields = Fields::new(entries);
    let mut text = |name| fields.take(name).and_then(|node| decoder.text(node, name));
    let notices = Notices {
        translation: text("translation"),
        version_will_retire: text("version_will_retire"),
        version_retired: text("version_retired"),
        retirement_details: text("retirement_details"),
    };
    fields.finish(decoder);
    notices
}

/// Names of blocks.
fn blocks(name: &'static str, node: Option<&Node>, decoder: &mut Decoder<'_>) -> Vec<String> {
    let nodes = node.and_then(|node| decoder.list(node, name)).unwrap_or_default();
    let mut names = Vec::new();
    for node in nodes {
        let Some(text) = decoder.text(node, name) else { continue };
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if text.value.is_empty() || !text.value.chars().all(word) {
            let message = format!("`{}` cannot be the name of a block", text.value);
            bad_value(decoder, text.span, message, "use letters, digits and `_`");
        } else {
            names.push(text.value);
        }
    }
    names
}

fn names(built_in: &[&str]) -> impl Iterator<Item = String> {
    built_in.iter().map(|name| (*name).to_owned())
}

/// `markdown: { math: true }`.
fn dollars(node: Option<&Node>, decoder: &mut Decoder<'_>) -> Dollars {
    let Some(entries) = node.and_then(|node| decoder.map(node, "markdown")) else {
        return Dollars::default();
    };
    let mut fields = Fields::new(entries);
    let math = fields.take("math").and_then(|node| decoder.boolean(node, "math"));
    fields.finish(decoder);
    if math == Some(true) { Dollars::Formulas } else { Dollars::Text }
}

fn limits(node: Option<&Node>, decoder: &mut Decoder<'_>) -> Limits {
    let mut limits = Limits::default();
    let Some(entries) = node.and_then(|node| decoder.map(node, "limits")) else { return limits };
    let mut fields = Fields::new(entries);
    let mut number = |name: &'static str, default: usize| {
        let given = fields.take(name).and_then(|node| decoder.number(node, name));
        given.and_then(|given| usize::try_from(given).ok()).unwrap_or(default)
    };
    // Offsets are 32 bits wide, so a file or page cannot be larger than 1 GiB whatever is asked for.
    let most = 1 << 30;
    limits.file_bytes = number("file_bytes", 4 << 20).min(most) as u64;
    limits.yaml.depth = number("yaml_depth", limits.yaml.depth).min(1_000);
    limits.yaml.nodes = number("yaml_nodes", limits.yaml.nodes);
    limits.liquid.nesting = number("liquid_nesting", limits.liquid.nesting).min(1_000);
    limits.liquid.depth = number("data_depth", limits.liquid.depth).min(200);
    limits.liquid.steps = number("steps", limits.liquid.steps);
    limits.liquid.output = number("page_bytes", limits.liquid.output).min(most);
    limits.markdown_nesting = number("markdown_nesting", limits.markdown_nesting).min(1_000);
    fields.finish(decoder);
    limits
}

pub(super) fn bad_value(decoder: &mut Decoder<'_>, span: Span, message: String, hint: &str) {
    decoder.report(Diagnostic::new(codes::BAD_VALUE, span, message).hint(hint));
}
