//! Damaged translations: real damage, where the collection of it is beside the project, and damage by chance. No page
//! may disappear, no raw tag may be shown, and each damage is said once.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/html.rs"]
mod html;
#[path = "support/program.rs"]
mod program;
#[path = "support/shared.rs"]
mod shared;

use std::collections::{BTreeMap, BTreeSet};

use program::{Files, files, put, run};
use serde_json::Value;
use shared::say;

const CONFIGURATION: &str = include_str!("corpus/variorum.yml");

/// A damaged text, as the collection describes it.
struct Snippet {
    kind: String,
    text: String,
}

/// A page and its translation, each its front matter and its body.
struct Twins {
    source: (String, String),
    own: (String, String),
}

/// The collection of damage, and a site with a page for each text; nothing where it is not beside the project.
fn collection() -> Option<(Vec<Snippet>, Files)> {
    let path = shared::folder()?.join("reference/translation-damage.jsonl");
    let text = std::fs::read_to_string(path).expect("the collection lies beside the corpus");
    let snippets: Vec<Snippet> = text.lines().filter_map(snippet).collect();
    let mut site = base();
    for (number, snippet) in snippets.iter().enumerate() {
        let twins = twins(snippet);
        let (source, own) = (file("Title", &twins.source), file("标题", &twins.own));
        site.insert(format!("content/s{number}.md"), source);
        site.insert(format!("translations/zh-CN/content/s{number}.md"), own);
    }
    Some((snippets, site))
}

#[test]
fn real_damage_ends_in_repair_or_english_and_one_finding() {
    let Some((snippets, site)) = collection() else { return };
    let written = build(&site);
    let findings = findings(&written);
    let mut outcomes: BTreeMap<&str, BTreeMap<Outcome, usize>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (number, snippet) in snippets.iter().enumerate() {
        match outcome(&written, &findings, &format!("s{number}")) {
            Ok(outcome) if is_sound(snippet) == (outcome == Outcome::Sound) => {
                *outcomes.entry(&snippet.kind).or_default().entry(outcome).or_default() += 1;
            }
            Ok(outcome) => {
                wrong.push(format!("{number} {}: {outcome:?}\n{}", snippet.kind, snippet.text))
            }
            Err(why) => wrong.push(format!("{number} {}: {why}\n{}", snippet.kind, snippet.text)),
        }
    }
    say(&table(&outcomes));
    assert!(wrong.is_empty(), "{}\n{} are wrong", wrong.join("\n"), wrong.len());
    let counted: usize = outcomes.values().flat_map(BTreeMap::values).sum();
    assert_eq!(counted, snippets.len());
}

#[test]
fn translators_are_told_of_real_damage_and_not_of_what_is_only_old() {
    let Some((snippets, site)) = collection() else { return };
    let folder = folder::tempdir().expect("a temporary folder");
    put(folder.path(), &site);
    let ran = run(folder.path(), &["translations", "check", "cn", "--format", "json=found.json"]);
    assert_eq!(ran.code, 1, "{}", ran.printed);
    let told = std::fs::read(folder.path().join("found.json")).expect("it was written");
    let told: Value = serde_json::from_slice(&told).expect("it is JSON");
    let files: BTreeSet<&str> = told["findings"]
        .as_array()
        .expect("there is a list")
        .iter()
        .filter_map(|finding| finding["file"].as_str())
        .collect();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (number, snippet) in snippets.iter().enumerate() {
        let is_told = files.contains(&*format!("translations/zh-CN/content/s{number}.md"));
        let (told, silent) = counts.entry(&snippet.kind).or_default();
        *(if is_told { told } else { silent }) += 1;
        if is_damage(snippet).is_some_and(|is_damage| is_damage != is_told) {
            wrong.push(format!("{number} {}: told {is_told}\n{}", snippet.kind, snippet.text));
        }
    }
    for (kind, (told, silent)) in counts {
        say(&format!("{kind:34}{told:>9}{silent:>9}"));
    }
    assert!(wrong.is_empty(), "{}\n{} are wrong", wrong.join("\n"), wrong.len());
}

/// Whether a snippet was never right: what English had once is only old. Of some that were cut off or that do not parse
/// any more it does not matter.
fn is_damage(snippet: &Snippet) -> Option<bool> {
    let Snippet { kind, text } = snippet;
    let is_cut = text.contains("](") || text.contains("**") || text.contains("\\`");
    match kind.as_str() {
        "data_path_not_in_english_data" => Some(false),
        "output_unknown_expr" if text.contains('/') => None,
        "output_unknown_expr" => text.contains("{{ site").then_some(false),
        "condition_unknown_token" if text.contains("or if ") || text.contains(" gt ") => None,
        "condition_unknown_token" => {
            let words = ["currentver", "Serversions", "proteam", "contained", "contém", " ou "];
            let literals = ["@2. ", "@3. ", "@2 ", "free pro", "! \""];
            Some(words.iter().chain(&literals).any(|part| text.contains(part)))
        }
        "fence_info_unknown" => Some(text.contains(' ')),
        // These are pages of the web in another language, or icons that there are.
        "link_dest_nonascii" => Some(!text.contains("](http")),
        "octicon_unknown_name" => None,
        "nbsp" | "odd_backticks" if is_cut => None,
        _ => Some(!is_sound(snippet)),
    }
}

/// The outcomes by kind, and of all.
fn table(outcomes: &BTreeMap<&str, BTreeMap<Outcome, usize>>) -> String {
    let columns = [Outcome::Repaired, Outcome::Source, Outcome::Sound];
    let line = |name: &str, of: &dyn Fn(Outcome) -> usize| {
        format!("{name:34}{:>9}{:>9}{:>9}\n", of(columns[0]), of(columns[1]), of(columns[2]))
    };
    let mut table = format!("{:34}{:>9}{:>9}{:>9}\n", "kind", "repaired", "English", "sound");
    for (kind, counts) in outcomes {
        table += &line(kind, &|outcome| counts.get(&outcome).copied().unwrap_or(0));
    }
    let all = |outcome| outcomes.values().filter_map(|counts| counts.get(&outcome)).sum();
    table + &line("all", &all)
}

#[test]
fn damage_by_chance_costs_no_page_and_shows_no_tag() {
    const PAGES: u64 = 2_000;
    let (source, own) = (page(&ENGLISH), page(&CHINESE));
    let mut site = base();
    for number in 0..PAGES {
        site.insert(format!("content/p{number}.md"), source.clone().into_bytes());
        let mutated = mutated(&own, number);
        site.insert(format!("translations/zh-CN/content/p{number}.md"), mutated.into_bytes());
    }
    let written = build(&site);
    let mut wrong = Vec::new();
    for number in 0..PAGES {
        if let Err(why) = shown(&written, &format!("p{number}")) {
            wrong.push(format!("{number}: {why}\n{}", mutated(&own, number)));
        }
    }
    assert!(wrong.is_empty(), "{}\n{} are wrong", wrong.join("\n"), wrong.len());
}

#[test]
fn damage_by_chance_is_mended_once_and_for_all() {
    const PAGES: u64 = 500;
    let (source, own) = (page(&ENGLISH), page(&CHINESE));
    let mut site = base();
    for number in 0..PAGES {
        site.insert(format!("content/p{number}.md"), source.clone().into_bytes());
        let mutated = mutated(&own, number);
        site.insert(format!("translations/zh-CN/content/p{number}.md"), mutated.into_bytes());
    }
    let folder = folder::tempdir().expect("a temporary folder");
    put(folder.path(), &site);
    let fix = || run(folder.path(), &["translations", "fix", "cn"]);
    assert!((0..=1).contains(&fix().code));
    let once = files(folder.path());
    let sources = |files: &Files| {
        let own = files.iter().filter(|(path, _)| !path.starts_with("translations/"));
        own.map(|(path, bytes)| (path.clone(), bytes.clone())).collect::<Files>()
    };
    assert_eq!(sources(&once), sources(&site));
    assert!(once != site, "nothing was mended");
    let left = run(folder.path(), &["translations", "fix", "cn", "--dry-run"]);
    assert_eq!(left.code, 0, "{}", left.printed);
    assert!((0..=1).contains(&fix().code));
    assert_eq!(files(folder.path()), once);
}

/// Whether a snippet is right as it is: a gloss behind brackets, backticks that are escaped, a blank that does not
/// break inside a line of prose.
fn is_sound(snippet: &Snippet) -> bool {
    let whole = snippet.text.matches('`').count().is_multiple_of(2);
    match &*snippet.kind {
        "fullwidth_link_brackets" => true,
        // Some were cut off inside code.
        "nbsp" => whole,
        _ => snippet.text.contains("\\`"),
    }
}

/// What became of a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// It was changed, by its source.
    Repaired,
    /// The source stands in, of the string or of the key.
    Source,
    /// It is shown as it is, without a finding.
    Sound,
}

fn snippet(line: &str) -> Option<Snippet> {
    let value: Value = serde_json::from_str(line).ok()?;
    let part = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Some(Snippet { kind: part("kind"), text: part("text") })
}

fn base() -> Files {
    let home = "---\ntitle: Home\nversions: '*'\n---\n";
    let data = "name: The product\n";
    let files = [
        ("variorum.yml", CONFIGURATION),
        ("content/index.md", home),
        ("content/target.md", home),
        ("data/variables/product.yml", data),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

fn file(title: &str, (front, body): &(String, String)) -> Vec<u8> {
    format!("---\ntitle: {title}\n{front}\n---\n{body}\n").into_bytes()
}

/// Builds the site in one version; what was written.
fn build(site: &Files) -> Files {
    let folder = folder::tempdir().expect("a temporary folder");
    put(folder.path(), site);
    let version = ["--version", "free-pro-team@latest", "--date", "2020-11-01"];
    let ran = run(folder.path(), &[&["build", "--quiet"], &version[..]].concat());
    assert!((0..=1).contains(&ran.code), "{}", ran.printed);
    files(&folder.path().join("public"))
}

/// The codes of the findings in each file.
fn findings(written: &Files) -> BTreeMap<String, Vec<String>> {
    let report: Value = serde_json::from_slice(&written["report.json"]).expect("it is JSON");
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in report["findings"].as_array().expect("there is a list") {
        let part = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        found.entry(part("file")).or_default().push(part("code"));
    }
    found
}

/// What became of a translation, by the one finding that it has and its source has not.
fn outcome(
    written: &Files,
    findings: &BTreeMap<String, Vec<String>>,
    name: &str,
) -> Result<Outcome, String> {
    shown(written, name)?;
    let none = Vec::new();
    let of = |path: String| findings.get(&path).unwrap_or(&none);
    let theirs = of(format!("content/{name}.md"));
    let own = of(format!("translations/zh-CN/content/{name}.md"));
    // HTML that the source does not use is no damage: it is left out, and said by itself.
    let is_own = |code: &&String| !theirs.contains(code) && *code != "foreign-html";
    let own: Vec<&String> = own.iter().filter(is_own).collect();
    match own.as_slice() {
        [] => Ok(Outcome::Sound),
        [code] => match code.as_str() {
            "translation-repaired" => Ok(Outcome::Repaired),
            "translation-fallback" | "structure-in-translation" | "wrong-type" => {
                Ok(Outcome::Source)
            }
            other => Err(other.to_owned()),
        },
        more => Err(format!("{more:?}")),
    }
}

/// Whether the page is there and has no tag for readers that its source has not.
fn shown(written: &Files, name: &str) -> Result<(), String> {
    let main = |language: &str| {
        let path = format!("{language}/free-pro-team@latest/{name}/index.html");
        let page = written.get(&path).ok_or_else(|| format!("there is no {path}"))?;
        let page = String::from_utf8_lossy(page).into_owned();
        html::element(&page, "main").map(html::text).ok_or_else(|| format!("{path} has no main"))
    };
    let (source, own) = (main("en")?, main("cn")?);
    let rest =
        ["{%", "%}", "{{"].into_iter().find(|tag| own.contains(tag) && !source.contains(tag));
    rest.map_or(Ok(()), |tag| Err(format!("`{tag}` is shown: {own}")))
}

/// A page that has the snippet's damage, and the source that it may have had.
fn twins(snippet: &Snippet) -> Twins {
    let text = snippet.text.as_str();
    let front = || "versions: { free-pro-team: '*' }".to_owned();
    let bodies =
        |source: String, own: String| Twins { source: (front(), source), own: (front(), own) };
    match snippet.kind.as_str() {
        kind if kind.starts_with("condition") || kind == "smart_quote_in_tag" => {
            let name = tag_name(text);
            let right = format!("{{% {name} currentVersion == \"free-pro-team@latest\" %}}");
            bodies(conditional(&right), conditional(text))
        }
        "data_path_not_in_english_data" | "output_unknown_expr" => {
            let name =
                if text.contains("indented_data") { "indented_data_reference" } else { "data" };
            bodies(format!("a {{% {name} variables.product.name %}} b"), format!("甲 {text} 乙"))
        }
        "block_not_closed" | "end_without_start" => block(text, &bodies),
        "unclosed_delimiter" | "close_without_open" => {
            let right = "{% if currentVersion == \"free-pro-team@latest\" %}a{% endif %}";
            bodies(format!("{right} b"), format!("甲 {text} 乙{{% endif %}}"))
        }
        "glued_tag_name" => bodies("{% link_in_list /target %}".to_owned(), text.to_owned()),
        "raw_lost_actions_expr" => {
            bodies(format!("{{% raw %}}`{text}`{{% endraw %}} a"), format!("`{text}` 甲"))
        }
        "octicon_unknown_name" => bodies("{% octicon \"gear\" %}".to_owned(), text.to_owned()),
        "octicon_option_dropped" => bodies(text.replace("= ", "="), text.to_owned()),
        "html_unbalanced" => bodies("<p>a</p>".to_owned(), unbalanced(text)),
        kind if kind.contains("fence") => {
            let own = if kind.contains("unclosed") {
                text.to_owned()
            } else {
                format!("```{text}\na\n```")
            };
            bodies("```shell\na\n```".to_owned(), own)
        }
        "odd_backticks" => bodies("a `b` c".to_owned(), stray_backtick(text)),
        kind if kind.contains("link") => linked(text, &bodies),
        "nontranslatable_translated" | "type_changed" | "translated_boolean" => structure(snippet),
        "nul" => bodies("a".to_owned(), "甲\0".to_owned()),
        "yaml_parse_error" => {
            let own = (format!("{}\nintro: 'a", front()), "甲".to_owned());
            Twins { source: (front(), "a".to_owned()), own }
        }
        // The collection has plain blanks for these.
        "nbsp" => bodies("Prose.".to_owned(), format!("甲\u{a0}{}", without_tags(text).trim())),
        "unicode_line_sep" => bodies("Prose.".to_owned(), format!("甲\u{2028}{text}")),
        _ => bodies("Prose.".to_owned(), without_tags(text)),
    }
}

fn tag_name(text: &str) -> &str {
    text.trim_start_matches(['{', '%', '-', ' ']).split_whitespace().next().unwrap_or_default()
}

fn conditional(tag: &str) -> String {
    match tag_name(tag) {
        "elsif" | "else" => format!("{{% if currentVersion == nil %}}a{tag}b{{% endif %}}"),
        "unless" => format!("{tag}b{{% endunless %}}"),
        _ => format!("{tag}b{{% endif %}}"),
    }
}

type Bodies<'a> = &'a dyn Fn(String, String) -> Twins;

/// A block that lost its end, or an end that lost its block.
fn block(text: &str, bodies: Bodies<'_>) -> Twins {
    let name = tag_name(text);
    let block = match name.strip_prefix("end").unwrap_or(name) {
        "if" | "else" => {
            return bodies(conditional("{% if currentVersion == nil %}"), format!("甲{text}"));
        }
        block => block,
    };
    bodies(format!("{{% {block} %}}a{{% end{block} %}}"), format!("甲{text}乙"))
}

/// `{"p": -1, …}`: how many ends are missing, or too many.
fn unbalanced(counts: &str) -> String {
    let counts: BTreeMap<String, i64> = serde_json::from_str(counts).unwrap_or_default();
    let element = |(name, count): (String, i64)| {
        let tag = if count < 0 { format!("</{name}>") } else { format!("<{name}>") };
        tag.repeat(usize::try_from(count.abs()).unwrap_or(1))
    };
    format!("<p>甲</p>{}", counts.into_iter().map(element).collect::<String>())
}

/// A line with a backtick too many; where it was cut off before it came to that, one is added.
fn stray_backtick(text: &str) -> String {
    let text = without_tags(text);
    if text.matches('`').count().is_multiple_of(2) { format!("{text} `甲") } else { text }
}

fn linked(text: &str, bodies: Bodies<'_>) -> Twins {
    if text.contains("]（") {
        return bodies("a".to_owned(), without_tags(text));
    }
    if let Some((_, address)) = text.split_once("] (") {
        let address = address.split(')').next().unwrap_or_default();
        return bodies(format!("[a]({address})"), format!("[甲] ({address})"));
    }
    bodies("[a](/target)".to_owned(), text.to_owned())
}

/// Front matter that was translated; entries that were cut off are made up.
fn structure(snippet: &Snippet) -> Twins {
    let versions = "versions: { free-pro-team: '*' }";
    let (theirs, own) = match snippet.kind.as_str() {
        "type_changed" => {
            let map = snippet.text.split(" (").next().unwrap_or_default();
            ("versions: '*'".to_owned(), map.to_owned())
        }
        "translated_boolean" => {
            let key = "allowTitleToDifferFromFilename";
            (format!("{versions}\n{key}: true"), format!("{versions}\n{key}{}", snippet.text))
        }
        _ => {
            let entries = snippet.text.split('\'').skip(1).step_by(2);
            let odd = entries.filter(|entry| !entry.is_ascii() || entry.contains(' '));
            let odd = odd.last().unwrap_or("/翻译");
            (versions.to_owned(), format!("{versions}\nredirect_from: ['{odd}']"))
        }
    };
    Twins { source: (theirs, "a".to_owned()), own: (own, "甲".to_owned()) }
}

/// A piece of text that was cut out of a page, without what is left of tags at its ends.
fn without_tags(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(start) = text.find("{%") {
        let end = text[start..].find("%}").map_or(text.len(), |length| start + length + 2);
        text.replace_range(start..end, "");
    }
    text.replace("%}", "").replace("{{", "").replace("}}", "")
}

/// The parts of the page that is damaged by chance.
type Parts = [&'static str; 8];

const ENGLISH: Parts = [
    "Title",
    "A lead about {% data variables.product.name %}",
    "A paragraph with `code` and **words**",
    "New here",
    "Not so new",
    "A note with [a link](/target)",
    "First",
    "Second",
];
const CHINESE: Parts = [
    "标题",
    "关于 {% data variables.product.name %} 的引言",
    "一段有 `code` 和 **重点**的文字",
    "新的",
    "旧的",
    "有[链接](/target)的注释",
    "第一",
    "第二",
];

fn page(parts: &Parts) -> String {
    let [title, lead, paragraph, new, old, note, first, second] = parts;
    format!(
        "---\ntitle: {title}\nintro: '{lead}'\nversions: {{ free-pro-team: '*' }}\n---\n{paragraph}.\n\n\
         {{% if currentVersion == \"free-pro-team@latest\" %}}\n{new}\n{{% else %}}\n{old}\n{{% endif %}}\n\n\
         {{% note %}}\n\n{note}.\n\n{{% endnote %}}\n\n1. {first}\n2. {second}\n\n   ```shell\n   $ tool \
         {{{{ currentVersion }}}}\n   ```\n"
    )
}

/// The text with a few changes; the same for the same seed.
fn mutated(text: &str, seed: u64) -> String {
    const INSERTED: [&str; 18] = [
        "{", "%", "}", "{%", "%}", "{{", "}}", "`", "](", "）", "“", "\u{200b}", " ", "\n\n", "<",
        "\0", "---", ": ",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or(0) % below.max(1)
    };
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..=next(3) {
        let at = next(characters.len());
        let end = (at + 1 + next(4)).min(characters.len());
        match next(4) {
            0 => drop(characters.drain(at..end)),
            1 => {
                let again: Vec<char> = characters[at..end].to_vec();
                characters.splice(at..at, again);
            }
            2 => characters[at..end].reverse(),
            _ => drop(characters.splice(at..at, INSERTED[next(INSERTED.len())].chars())),
        }
    }
    characters.into_iter().collect()
}
