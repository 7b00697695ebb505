//! `variorum rules` as it is used: what is printed, in both languages.

#[path = "support/program.rs"]
mod program;

use std::path::Path;

use program::program;

/// What `variorum rules` prints in an environment without a language: exit code, standard output and standard error.
fn rules(arguments: &[&str], environment: &[(&str, &str)]) -> (i32, String, String) {
    let mut command = program(Path::new(env!("CARGO_MANIFEST_DIR")));
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(variable);
    }
    command.envs(environment.iter().copied()).arg("rules").args(arguments);
    let output = command.output().expect("the program can be started");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_rule_is_explained_in_english() {
    let (code, printed, _) = rules(&["bad-value"], &[]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(printed);
}

#[test]
fn a_rule_is_explained_in_chinese() {
    let (code, printed, _) = rules(&["bad-value", "--message-language", "zh-CN"], &[]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(printed);
}

#[test]
fn the_language_is_that_of_the_environment_unless_another_is_asked_for() {
    let chinese = [("LANG", "zh_CN.UTF-8")];
    let (_, asked, _) = rules(&["bad-value", "--message-language", "zh-CN"], &[]);
    assert_eq!(rules(&["bad-value"], &chinese).1, asked);
    let (_, english, _) = rules(&["bad-value"], &[]);
    assert_eq!(rules(&["bad-value", "--message-language", "en"], &chinese).1, english);
    assert_ne!(asked, english);
}

#[test]
fn all_rules_are_listed_with_how_serious_each_is() {
    let (_, english, _) = rules(&[], &[]);
    let (_, chinese, _) = rules(&[], &[("LC_ALL", "zh_CN")]);
    for start in [
        ["broken-link", "error", "A", "link", "leads"],
        ["unused-data", "warning", "A", "variable", "or"],
    ] {
        let is_it = |line: &str| line.split_whitespace().take(5).eq(start);
        assert!(english.lines().any(is_it), "{start:?}\n{english}");
    }
    assert!(chinese.lines().any(|line| {
        line.split_whitespace().eq(["unknown-key", "错误", "程序不认识的键。"])
    }));
    assert_eq!(english.lines().count(), chinese.lines().count());
    let last: Vec<&str> = english.lines().rev().take(2).collect();
    assert_eq!(last[0], "`variorum rules CODE` tells more about one of them.");
    assert!(last[1].ends_with(" kinds of findings"), "{last:?}");
}

#[test]
fn programs_get_json() {
    let json = |arguments: &[&str]| -> serde_json::Value {
        serde_json::from_str(&rules(arguments, &[]).1).expect("it is JSON")
    };
    let all = json(&["--format", "json", "--message-language", "zh-CN"]);
    assert_eq!(all["language"], "zh-CN");
    let one = json(&["bad-value", "--format", "json", "--message-language", "zh-CN"]);
    let listed = all["rules"].as_array().expect("a list");
    assert!(listed.contains(&one));
    assert_eq!((&one["code"], &one["severity"]), (&"bad-value".into(), &"error".into()));
    assert_eq!(one["summary"], "值不在该键允许的范围内。");
    assert_eq!(one["example"][0]["path"], "content/guides/tea.md");
}

#[test]
fn a_rule_that_is_not_there_is_told_with_what_may_have_been_meant() {
    let (code, printed, error) = rules(&["bad-vlaue"], &[]);
    assert_eq!((code, &*printed), (1, ""));
    assert_eq!(error, "error: there is no rule `bad-vlaue`: did you mean `bad-value`?\n");
    let (_, _, error) = rules(&["\u{202e}none of them"], &[]);
    assert_eq!(
        error,
        "error: there is no rule `\u{fffd}none of them`: run `variorum rules` for the list of all\n"
    );
    let (code, _, _) = rules(&["--message-language", "de"], &[]);
    assert_eq!(code, 2);
}
