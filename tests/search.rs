//! The search index of sites that are built: what is in it, read as the script reads it, and the script itself.
//!
//! The script runs in Node. Without `node` its cases are passed over with a message.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/program.rs"]
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

use program::{Files, files, put, run};
use proptest::prelude::*;
use serde_json::{Value, json};

const CONFIGURATION: &str = include_str!("sites/variorum.yml");

/// A site of these files, and a home page.
fn site(own: &[(&str, &str)]) -> Files {
    let home = "---\ntitle: Home\nversions: '*'\n---\n";
    let always = [("variorum.yml", CONFIGURATION), ("content/index.md", home)];
    let all = always.iter().chain(own);
    all.map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

/// A page for all versions.
fn page(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\nversions: '*'\n---\n\n{body}\n")
}

/// What is built of a site, whatever its findings.
fn built(site: &Files, jobs: &str) -> Files {
    let folder = folder::tempdir().expect("a temporary folder");
    put(folder.path(), site);
    let ran = run(folder.path(), &["build", "--quiet", "--jobs", jobs, "--date", "2020-06-01"]);
    assert!(ran.code < 2, "{}", ran.printed);
    files(&folder.path().join("public"))
}

/// The index as a reader of one language sees it.
struct Reader<'a> {
    files: &'a Files,
    entry: Value,
    routes: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(files: &'a Files, language: &str) -> Self {
        let read = |name: &str| -> Value {
            serde_json::from_slice(&files[&format!("search/{name}.json")]).expect("it is JSON")
        };
        let entry = read(language);
        let mut routes: Vec<String> = Vec::new();
        for row in read(entry["pages"].as_str().expect("a name")).as_array().expect("a list") {
            let shared = usize::try_from(row[0].as_u64().expect("a number")).expect("it is small");
            let before = routes.last().cloned().unwrap_or_default();
            let same: String = before.chars().take(shared).collect();
            routes.push(same + row[1].as_str().expect("a text"));
        }
        Self { files, entry, routes }
    }

    /// The routes of the pages that have a term in the version with this number.
    fn find(&self, term: &str, version: u64) -> BTreeSet<&str> {
        let texts = self.entry["texts"].as_array().expect("a list");
        texts.iter().flat_map(|texts| self.find_in(texts, term, version)).collect()
    }

    fn find_in(&self, texts: &Value, term: &str, version: u64) -> Vec<&str> {
        let sections = self.sections(&texts["sections"]);
        let mut shards = texts["shards"].as_array().expect("a list").iter();
        let shard = shards.rfind(|shard| shard[0].as_str().expect("a term") <= term);
        let Some(shard) = shard else { return Vec::new() };
        let Some(postings) = self.postings(&shard[1], term) else { return Vec::new() };
        let shown = |section: usize| {
            let (page, set) = sections[section];
            let versions = self.entry["sets"][set].as_array().expect("a list");
            versions.contains(&json!(version)).then(|| &*self.routes[page])
        };
        postings.into_iter().filter_map(shown).collect()
    }

    fn bytes(&self, name: &Value) -> Bytes<'a> {
        Bytes(&self.files[&format!("search/{}.bin", name.as_str().expect("a name"))])
    }

    /// The page and the set of each section.
    fn sections(&self, name: &Value) -> Vec<(usize, usize)> {
        let mut bytes = self.bytes(name);
        let mut sections = Vec::new();
        while !bytes.0.is_empty() {
            let page = bytes.number();
            let file: String = bytes.take(8).iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(self.files.contains_key(&format!("search/{file}.json")), "{file} is missing");
            for _ in 0..bytes.number() {
                sections.push((page, bytes.number() >> 1));
                bytes.number();
            }
        }
        sections
    }

    /// The sections of a term in a shard.
    fn postings(&self, name: &Value, wanted: &str) -> Option<Vec<usize>> {
        let mut bytes = self.bytes(name);
        let mut term: Vec<u8> = Vec::new();
        while !bytes.0.is_empty() {
            term.truncate(bytes.number());
            let length = bytes.number();
            term.extend(bytes.take(length));
            let length = bytes.number();
            let mut postings = Bytes(bytes.take(length));
            if term != wanted.as_bytes() {
                continue;
            }
            let (mut found, mut next) = (Vec::new(), 0);
            while !postings.0.is_empty() {
                let value = postings.number();
                next += value >> 2;
                found.push(next);
                next += 1;
                if value & 2 == 2 {
                    assert!(postings.take(1)[0] > 1);
                }
            }
            return Some(found);
        }
        None
    }
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }

    fn number(&mut self) -> usize {
        let mut value = 0;
        for shift in (0..).step_by(7) {
            let byte = self.take(1)[0];
            value |= usize::from(byte & 127) << shift;
            if byte < 128 {
                break;
            }
        }
        value
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_word_and_every_pair_of_characters_finds_its_page(
        words in prop::collection::vec(prop::collection::vec("[a-z]{1,9}|[一-丿]{1,6}|[あ-ん]{1,4}|[a-z]{2}[0-9]", 1..40), 1..6)
    ) {
        let pages: BTreeMap<String, &Vec<String>> =
            words.iter().enumerate().map(|(number, words)| (format!("p{number}"), words)).collect();
        let mut own: Vec<(String, String)> = pages
            .iter()
            .map(|(route, words)| {
                (format!("content/{route}.md"), page("Page", &words.join(" *and* ")))
            })
            .collect();
        own.push(("translations/zh/content/p0.md".to_owned(), page("页面", "译文")));
        let own: Vec<(&str, &str)> = own.iter().map(|(path, text)| (&**path, &**text)).collect();
        let files = built(&site(&own), "2");
        for (language, version) in [("en", 0), ("en", 2), ("zh", 1)] {
            let reader = Reader::new(&files, language);
            for (route, words) in &pages {
                if language == "zh" && route == "p0" {
                    prop_assert!(reader.find("译文", version).contains("p0"));
                    continue;
                }
                for word in *words {
                    let characters: Vec<char> = word.chars().collect();
                    let terms: Vec<String> = match word.is_ascii() {
                        true => vec![word.clone()],
                        false if characters.len() == 1 => vec![word.clone()],
                        false => characters.windows(2).map(|pair| pair.iter().collect()).collect(),
                    };
                    for term in terms {
                        let found = reader.find(&term, version);
                        prop_assert!(found.contains(&**route), "`{}` does not find {}", term, route);
                    }
                }
            }
        }
    }
}

/// A site with something of everything.
fn example() -> Files {
    let config = |text: &str| text.to_owned();
    let lamps = config(
        "---\ntitle: Lamps\nintro: How a lamp is kept.\nversions: '*'\nchildren:\n  - /wick\n  - /oil\n---\n",
    );
    let wick = page(
        "Trim the wick",
        "Before the first heading.\n\n## Scissors\n\nUse *sharp* scissors for the wick & nothing else.\n\n{% ifversion prod > 1.0 %}\n## Lasers\n\nA laser trims faster.\n{% endif %}\n",
    );
    let wick_zh = page("修剪灯芯", "第一个标题之前。\n\n## 剪刀\n\n这是一段简单的测试文本。\n");
    let oil = "---\ntitle: Oil\nversions:\n  cloud: '*'\n---\n\nOil for the lamp. 单\n";
    let scattered = page("Scattered", "简单 单的 的测 测试 文本 简的单测的试\n");
    let hidden = "---\ntitle: Secret\nhidden: true\nversions: '*'\n---\n\nquicksilver\n";
    site(&[
        ("content/lamps/index.md", &lamps),
        ("content/lamps/wick.md", &wick),
        ("content/lamps/oil.md", oil),
        ("content/scattered.md", &scattered),
        ("content/hidden.md", hidden),
        ("translations/zh/content/lamps/wick.md", &wick_zh),
    ])
}

#[test]
fn the_index_is_the_same_with_any_number_of_threads() {
    let (one, four) = (built(&example(), "1"), built(&example(), "4"));
    assert!(one.keys().filter(|path| path.starts_with("search/")).count() > 10);
    assert!(one == four);
}

#[test]
fn a_text_is_found_in_the_versions_that_show_it() {
    let files = built(&example(), "2");
    let reader = Reader::new(&files, "en");
    let versions: Vec<usize> = (0..3)
        .filter(|version| !reader.find("laser", *version).is_empty())
        .map(|version| version as usize)
        .collect();
    assert_eq!(versions, [0], "the first version is product@2.0");
    assert_eq!(reader.find("oil", 2), BTreeSet::from(["lamps/oil"]));
    assert_eq!(reader.find("oil", 0), BTreeSet::new());
}

#[test]
fn a_page_that_is_not_translated_is_found_in_the_translation() {
    let files = built(&example(), "2");
    let reader = Reader::new(&files, "zh");
    assert_eq!(reader.find("oil", 2), BTreeSet::from(["lamps/oil"]));
    assert_eq!(reader.find("scissors", 2), BTreeSet::new(), "that page is translated");
    assert_eq!(reader.find("简单", 2), BTreeSet::from(["lamps/wick", "scattered"]));
}

#[test]
fn a_text_that_versions_and_languages_share_is_written_once() {
    let files = built(&example(), "2");
    let has_oil = |(path, bytes): &(&String, &Vec<u8>)| {
        path.starts_with("search/")
            && path.ends_with(".json")
            && String::from_utf8_lossy(bytes).contains("Oil for the lamp")
    };
    assert_eq!(files.iter().filter(has_oil).count(), 1);
}

#[test]
fn hidden_pages_are_not_found() {
    let files = built(&example(), "2");
    assert_eq!(Reader::new(&files, "en").find("quicksilver", 0), BTreeSet::new());
    let leaks = |(path, bytes): &(&String, &Vec<u8>)| {
        path.starts_with("search/") && String::from_utf8_lossy(bytes).contains("quicksilver")
    };
    assert_eq!(files.iter().filter(leaks).count(), 0);
}

#[test]
fn a_site_can_do_without() {
    let mut site = example();
    let config = format!("{CONFIGURATION}search: false\n");
    site.insert("variorum.yml".to_owned(), config.into_bytes());
    let files = built(&site, "2");
    assert!(!files.keys().any(|path| path.starts_with("search/")));
    let home = String::from_utf8_lossy(&files["en/product@2.0/index.html"]).into_owned();
    assert!(!home.contains("search-button") && !home.contains("search.js"), "{home}");
}

/// What the script finds, one result a line; nothing where there is no Node.
fn asked(site: &Files, query: &Value) -> Option<Value> {
    let folder = folder::tempdir().expect("a temporary folder");
    put(folder.path(), &built(site, "2"));
    let root = env!("CARGO_MANIFEST_DIR");
    let node = Command::new("node")
        .arg(format!("{root}/tests/search/query.mjs"))
        .arg(format!("{root}/templates/assets/search.js"))
        .arg(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut node) = node else {
        let text = "skipped: there is no `node` to run the script of the search in";
        writeln!(std::io::stdout(), "{text}").expect("standard output is open");
        return None;
    };
    let mut input = node.stdin.take().expect("it is piped");
    writeln!(input, "{query}").expect("it reads");
    drop(input);
    let output = node.wait_with_output().expect("it ends");
    assert!(output.status.success());
    Some(serde_json::from_slice(&output.stdout).expect("it answers in JSON"))
}

/// What a query finds: the addresses, those of other versions behind their names.
#[track_caller]
fn check(language: &str, version: &str, words: &str, expected: &[&str]) {
    let query = json!({ "language": language, "version": version, "words": words });
    let Some(answer) = asked(&example(), &query) else { return };
    let addresses = |results: &Value, before: &str| -> Vec<String> {
        let results = results.as_array().expect("a list").iter();
        results
            .map(|result| format!("{before}{}", result["address"].as_str().expect("a text")))
            .collect()
    };
    let mut found = addresses(&answer["results"], "");
    for group in answer["elsewhere"].as_array().expect("a list") {
        let version = group["version"].as_str().expect("a text");
        found.extend(addresses(&group["results"], &format!("{version}: ")));
    }
    assert_eq!(found, expected);
}

#[test]
fn a_word_finds_the_heading_that_it_stands_under() {
    check("en", "cloud@latest", "sharp", &["/en/cloud@latest/lamps/wick#scissors"]);
}

#[test]
fn titles_come_before_headings_and_text() {
    check("en", "cloud@latest", "oil", &["/en/cloud@latest/lamps/oil"]);
    check("en", "cloud@latest", "lamp", &["/en/cloud@latest/lamps", "/en/cloud@latest/lamps/oil"]);
}

#[test]
fn the_word_that_is_being_typed_is_found_by_its_beginning() {
    check("en", "cloud@latest", "sciss", &["/en/cloud@latest/lamps/wick#scissors"]);
    check("en", "cloud@latest", "sharp nothin", &["/en/cloud@latest/lamps/wick#scissors"]);
    check("en", "cloud@latest", "sciss ", &["/en/cloud@latest/lamps/wick#scissors"]);
}

#[test]
fn what_only_other_versions_have_is_told_with_their_names() {
    check("en", "product@1.0", "laser", &["product@2.0: /en/product@2.0/lamps/wick#lasers"]);
    check("en", "product@2.0", "oil", &["cloud@latest: /en/cloud@latest/lamps/oil"]);
}

#[test]
fn chinese_that_stands_together_comes_first() {
    check(
        "zh",
        "cloud@latest",
        "简单",
        &["/zh/cloud@latest/lamps/wick#scissors", "/zh/cloud@latest/scattered"],
    );
    check("zh", "cloud@latest", "简单的测试文本", &["/zh/cloud@latest/lamps/wick#scissors"]);
    check(
        "zh",
        "cloud@latest",
        "简单的测试",
        &["/zh/cloud@latest/lamps/wick#scissors", "/zh/cloud@latest/scattered"],
    );
}

#[test]
fn one_character_finds_what_has_it() {
    check("zh", "cloud@latest", "芯", &["/zh/cloud@latest/lamps/wick"]);
}

#[test]
fn nothing_is_found_for_nothing() {
    check("en", "cloud@latest", "!?", &[]);
    check("en", "cloud@latest", "zebra", &[]);
}

#[test]
fn what_has_all_words_comes_alone_and_half_of_them_is_better_than_nothing() {
    check("en", "cloud@latest", "sharp scissors ", &["/en/cloud@latest/lamps/wick#scissors"]);
    check("en", "cloud@latest", "zebra scissors ", &["/en/cloud@latest/lamps/wick#scissors"]);
    check("en", "cloud@latest", "zebra yak scissors ", &[]);
}
