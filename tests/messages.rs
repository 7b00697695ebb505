//! What the program says to people who translate: the code and the files of all languages hold together.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use variorum::messages::{Argument, Catalog, Message, MessageLanguage};

/// The messages of a language.
fn file(language: MessageLanguage) -> String {
    let path = root().join(format!("locales/{}/translations.ftl", language.tag()));
    std::fs::read_to_string(path).expect("every language has its messages")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The variables of each message of a file, by its name.
fn variables(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut id = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if !line.starts_with([' ', '}']) {
            let (name, _) = line.split_once(" = ").expect("a message has a name and words");
            id = name.to_owned();
            assert!(!messages.contains_key(&id), "{id} is there twice");
        }
        let names = line.split('$').skip(1).map(name_at).collect::<Vec<_>>();
        messages.entry(id.clone()).or_default().extend(names);
    }
    messages
}

/// The name that a text begins with.
fn name_at(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || "-_".contains(*letter)).collect()
}

#[test]
fn the_files_of_all_languages_have_the_same_messages_with_the_same_variables() {
    let [english, chinese] = MessageLanguage::ALL.map(|language| variables(&file(language)));
    assert_eq!(english, chinese);
}

#[test]
fn every_message_is_well_formed_and_says_something() {
    for language in MessageLanguage::ALL {
        let text = file(language);
        assert!(FluentResource::try_new(text.clone()).is_ok(), "{}", language.tag());
        let catalog = Catalog::of(language);
        for (id, names) in variables(&text) {
            let id: &'static str = id.leak();
            // Both as a text and as numbers of different forms: whichever a variable is, the words hold.
            let values = [1_u64, 2, 5].map(Argument::from).into_iter().chain([Argument::from("x")]);
            for value in values {
                let mut message = Message { id, arguments: Vec::new() };
                for name in &names {
                    message.arguments.push((name.clone().leak(), value.clone()));
                }
                let said = catalog.say(&message);
                // What a message lacks is printed as `{$name}`.
                assert!(said != id && !said.contains('{'), "{id}: {said}");
            }
        }
    }
}

/// A message that the code makes.
struct Made {
    place: String,
    id: String,
    /// The variables that it is given in one go, where it is named by a literal.
    given: BTreeSet<String>,
    /// The variables that anything of the file is given, as a message may be put together in several steps.
    beside: BTreeSet<String>,
}

/// The messages that the code makes. Where a message is not named by a literal, every literal of the file that begins
/// with an area may be its name.
fn made(areas: &BTreeSet<&str>) -> Vec<Made> {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut made = Vec::new();
    for path in files.iter().filter(|path| !path.ends_with("messages/tests.rs")) {
        let text = std::fs::read_to_string(path).expect("it can be read");
        let calls: Vec<&str> = text.split("Message::new(").skip(1).map(str::trim_start).collect();
        let place = |rest: &str| format!("{}: {:.40}", path.display(), rest.replace('\n', " "));
        let beside: BTreeSet<String> = text.split(".with(\"").skip(1).map(name_at).collect();
        for rest in calls.iter().filter_map(|call| call.strip_prefix('"')) {
            let id = name_at(rest);
            let given = given(&rest[id.len() + 1..]);
            made.push(Made { place: place(rest), id, given, beside: beside.clone() });
        }
        if calls.iter().all(|call| call.starts_with('"')) {
            continue;
        }
        for literal in text.split('"').filter(|literal| name_at(literal) == **literal) {
            let area = literal.split_once('-').filter(|(_, rest)| !rest.is_empty());
            if area.is_some_and(|(area, _)| areas.contains(area)) {
                let (place, id) = (place(literal), literal.to_owned());
                made.push(Made { place, id, given: BTreeSet::new(), beside: beside.clone() });
            }
        }
    }
    made
}

/// The names of the arguments in `) .with("name", …) .with(…)`.
fn given(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut rest = text.trim_start().trim_start_matches([')', ',']).trim_start();
    while let Some(call) = rest.strip_prefix(".with(") {
        names.insert(name_at(call.trim_start().trim_start_matches('"')));
        let mut depth = 1;
        let end = call.find(|letter| {
            depth += match letter {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0
        });
        rest = call[end.map_or(call.len(), |end| end + 1)..].trim_start();
    }
    names
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_code_makes_every_message_and_no_others() {
    let written = variables(&file(MessageLanguage::English));
    let area = |id: &'_ str| id.find('-').unwrap_or(id.len());
    let areas = written.keys().map(|id| &id[..area(id)]).collect();
    let mut unmade: BTreeSet<&String> = written.keys().collect();
    for Made { place, id, given, beside } in made(&areas) {
        let wanted = written.get(&id).unwrap_or_else(|| panic!("nobody has written {place}"));
        let is_whole = wanted.iter().all(|name| given.contains(name) || beside.contains(name));
        assert!(given.is_subset(wanted) && is_whole, "{place} has {wanted:?}");
        unmade.remove(&id);
    }
    assert!(unmade.is_empty(), "nobody says {unmade:?}");
}

#[test]
fn arguments_are_seen_wherever_they_are_given() {
    let names = given(")\n    .with(\"one\", f(\"(\".len()))\n.with(\"two\", 2);");
    // A bracket in a text is no bracket of the code, but then the next argument is missed, and the test above fails.
    assert!(names.contains("one"));
    assert_eq!(given(").with(\"a\", g(x)).with(\"b\", 1))"), ["a", "b"].map(str::to_owned).into());
}
