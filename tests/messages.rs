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

/// The messages that the code makes, with the variables that it gives them, wherever they stand.
fn made() -> Vec<(String, String, BTreeSet<String>)> {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let texts = files.iter().filter(|path| !path.ends_with("messages/tests.rs"));
    let mut made = Vec::new();
    for path in texts {
        let text = std::fs::read_to_string(path).expect("it can be read");
        for rest in text.split("Message::new(").skip(1) {
            let rest = rest.trim_start();
            let place = format!("{}: {:.40}", path.display(), rest.replace('\n', " "));
            let id = rest.strip_prefix('"').map(name_at);
            let id = id.unwrap_or_else(|| panic!("a message is named by a literal: {place}"));
            made.push((place, id.clone(), given(&rest[id.len() + 2..])));
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
    let mut unmade: BTreeSet<&String> = written.keys().collect();
    for (place, id, given) in made() {
        let wanted = written.get(&id).unwrap_or_else(|| panic!("nobody has written {place}"));
        assert_eq!(&given, wanted, "{place}");
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
