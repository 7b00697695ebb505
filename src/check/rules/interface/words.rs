//! A translation of the interface's strings held against its source, string by string.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::{CodeRef, codes, nearest};
use crate::markdown::{self, Guard, Options, Paragraph};
use crate::render::ui::forms::{FORMS, FormRules, OTHER, form_of, words_with_forms};

/// Strings by their names, as they are written.
pub(super) type Words<'a> = BTreeMap<&'a str, &'a str>;

/// Groups of strings that are called by what a site has: its tools, its sections, its lists. The default language may
/// leave all of them out.
const OPEN: [&str; 5] = ["platforms", "tools", "release_notes", "toc", "product_landing"];

/// The placeholder of the number that chooses a form.
const COUNT: &str = "count";

/// How many numbers are named as examples of a form.
const EXAMPLES: usize = 3;

/// What is wrong with a string.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// The string.
    pub(super) key: String,
    /// The bytes of it.
    pub(super) at: Range<usize>,
    pub(super) code: CodeRef,
    pub(super) message: String,
    pub(super) hint: String,
}

/// Puts strings in the place of others of the same name, a word with all of its forms.
pub(super) fn cover<'a>(words: &mut Words<'a>, above: &Words<'a>) {
    for word in words_with_forms(above.keys().copied()) {
        words.retain(|key, _| *key != word && !is_form(key, word));
    }
    for key in above.keys() {
        words.retain(|below, _| !is_form(below, key));
    }
    words.extend(above);
}

fn is_form(key: &str, word: &str) -> bool {
    form_of(key).is_some_and(|(of, _)| of == word)
}

/// What is wrong with a translation into the language with this tag.
pub(super) fn faults(source: &Words<'_>, own: &Words<'_>, tag: &str) -> Vec<Fault> {
    let rules = FormRules::new(tag);
    let counted = words_with_forms(source.keys().copied());
    let mut faults = Vec::new();
    for (key, text) in own {
        let form = form_of(key).filter(|(word, _)| counted.contains(word));
        // The source of a form is the form that is for most numbers.
        let source_of = match form {
            Some((word, _)) => source.get(&*format!("{word}.{OTHER}")),
            None => source.get(key).or_else(|| source.get(&*format!("{key}.{OTHER}"))),
        };
        match source_of {
            None if is_needless_form(source, key) => faults.push(needless(key, text)),
            None => faults.extend(unknown(source, key, text)),
            Some(source) => {
                let is_one_number = form.is_some_and(|(_, form)| rules.numbers(form).len() <= 1);
                faults.extend(placeholder_faults(key, source, text, is_one_number));
                faults.extend(html_faults(key, source, text));
            }
        }
    }
    let torn = own.keys().filter_map(|key| form_of(key)).map(|(word, _)| word);
    let torn = torn.filter(|word| counted.contains(word));
    let words = torn.chain(words_with_forms(own.keys().copied()));
    let words = words.filter(|word| !source.contains_key(word)).collect();
    faults.extend(forms_of(&words, own, &rules, tag));
    faults
}

/// What is wrong with the forms of words in the language with this tag.
pub(super) fn form_faults(own: &Words<'_>, tag: &str) -> Vec<Fault> {
    forms_of(&words_with_forms(own.keys().copied()), own, &FormRules::new(tag), tag)
}

fn forms_of(words: &BTreeSet<&str>, own: &Words<'_>, rules: &FormRules, tag: &str) -> Vec<Fault> {
    let (has, needs) = (rules.has(), rules.needs());
    let mut faults = Vec::new();
    for word in words {
        let forms = FORMS.into_iter().filter_map(|form| {
            let key = format!("{word}.{form}");
            let text = own.get(&*key)?;
            Some((form, key, *text))
        });
        let forms: Vec<(&str, String, &str)> = forms.collect();
        let is_missing = |form: &&&str| forms.iter().all(|(own, ..)| *own != **form);
        // Where the form is missing there is no place; the last of those that are there is beside it.
        if let Some((_, key, text)) = forms.last() {
            for form in needs.iter().filter(is_missing) {
                let message = format!("`{word}` has no form `{form}`");
                let hint = match &*examples(rules, form) {
                    "" => format!("add `{form}`, which stands in for the others"),
                    numbers => format!("add `{form}`, which {tag} has for {numbers}"),
                };
                faults.push(Fault::new(key, text, codes::UI_PLURAL_FORM, message, hint));
            }
        }
        for (form, key, text) in forms.iter().filter(|(form, ..)| !has.contains(form)) {
            let message = format!("{tag} has no form `{form}`: `{key}` is never shown");
            let hint = "remove it".to_owned();
            faults.push(Fault::new(key, text, codes::UI_PLURAL_FORM, message, hint));
        }
    }
    faults
}

/// Whether the source has one string for what the translation has forms of.
fn is_needless_form(source: &Words<'_>, key: &str) -> bool {
    form_of(key).is_some_and(|(word, _)| source.contains_key(word))
}

fn needless(key: &str, text: &str) -> Fault {
    let word = form_of(key).map_or(key, |(word, _)| word);
    let message = format!("`{word}` has no forms in the source, as it is shown without a number");
    let hint = format!("write one text for `{word}`");
    Fault::new(key, text, codes::UI_PLURAL_FORM, message, hint)
}

fn unknown(source: &Words<'_>, key: &str, text: &str) -> Option<Fault> {
    let group = key.split('.').next().unwrap_or(key);
    if OPEN.contains(&group) {
        return None;
    }
    let message = format!("`{key}` is neither a string of the default language nor of the theme");
    let hint = match nearest(key, source.keys().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "remove it".to_owned(),
    };
    Some(Fault::new(key, text, codes::UNKNOWN_KEY, message, hint))
}

fn examples(rules: &FormRules, form: &str) -> String {
    let numbers = rules.numbers(form);
    let first = numbers.iter().take(EXAMPLES).map(u64::to_string);
    let more = if numbers.len() > EXAMPLES { " and others" } else { "" };
    first.collect::<Vec<_>>().join(", ") + more
}

/// Placeholders that were lost or made up. A form that is for one number alone need not show it.
fn placeholder_faults(key: &str, source: &str, text: &str, is_one_number: bool) -> Vec<Fault> {
    let names = |text| placeholders(text).into_iter().map(|(name, _)| name).collect();
    let (theirs, own): (BTreeSet<&str>, BTreeSet<&str>) = (names(source), names(text));
    let mut lost: Vec<&str> = theirs.difference(&own).copied().collect();
    lost.retain(|name| !(is_one_number && *name == COUNT));
    let mut faults = Vec::new();
    for (name, at) in placeholders(text).into_iter().filter(|(name, _)| !theirs.contains(name)) {
        let hint = match lost.pop() {
            Some(lost) => format!("write `{{{lost}}}`, as in the source"),
            None => "remove it, as nothing is put in its place".to_owned(),
        };
        let message = format!("the source has no placeholder `{{{name}}}`");
        let fault = Fault::new(key, text, codes::UI_PLACEHOLDER, message, hint);
        faults.push(Fault { at, ..fault });
    }
    for name in lost {
        let message = format!("the placeholder `{{{name}}}` is lost");
        let hint = "add it where the value belongs".to_owned();
        faults.push(Fault::new(key, text, codes::UI_PLACEHOLDER, message, hint));
    }
    faults
}

/// The names in `{name}`, with their places. Braces of Liquid are none.
fn placeholders(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let rest = &text[open + 1..];
        if let Some(end) = rest.starts_with('{').then(|| rest.find("}}").map(|at| at + 2)).flatten()
        {
            from = open + 1 + end;
            continue;
        }
        from = open + 1;
        let Some(close) = rest.find(['{', '}']).filter(|at| rest[*at..].starts_with('}')) else {
            continue;
        };
        let name = &rest[..close];
        let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        if !name.is_empty() && name.chars().all(is_name) {
            found.push((name, open..open + 1 + close + 1));
        }
    }
    found
}

/// HTML that the source does not have: a theme shows it as text, or a template of the site as HTML.
fn html_faults(key: &str, source: &str, text: &str) -> Vec<Fault> {
    let fault = |message, at: Range<usize>| {
        let hint = "write it as in the source".to_owned();
        Fault { at, ..Fault::new(key, text, codes::UI_HTML, message, hint) }
    };
    let mut known: BTreeSet<String> = tags(source).into_iter().map(|(name, _)| name).collect();
    let new = tags(text).into_iter().filter(|(name, _)| known.insert(name.clone()));
    let mut faults: Vec<Fault> =
        new.map(|(name, at)| fault(format!("`<{name}>` is not used in the source"), at)).collect();
    // What stands in its tags is judged by the code that judges pages.
    let judged = |text: &str, guard| {
        let options = Options { guard, ..Options::default() };
        markdown::to_inline(text, Paragraph::Unwrapped, options)
    };
    let source = judged(source, None);
    let guard = Guard { learned: &source.markup, trusted: &[] };
    for found in judged(text, Some(guard)).faults {
        let is_html = [codes::FOREIGN_HTML, codes::UNSAFE_HTML]
            .iter()
            .any(|code| code.name == found.code.name);
        let at = found.at.start as usize..(found.at.end as usize).min(text.len());
        let is_known = faults.iter().any(|fault| fault.at.start == at.start)
            || source.faults.iter().any(|fault| fault.message == found.message);
        if is_html && !is_known {
            faults.push(fault(found.message, at));
        }
    }
    faults
}

/// The names of the HTML tags in a text, with their places.
fn tags(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices('<') {
        let rest = &text[open + 1..];
        let name: String = rest
            .trim_start_matches('/')
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
            .collect();
        let is_tag = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
        if let Some(close) = rest.find('>').filter(|_| is_tag) {
            found.push((name.to_ascii_lowercase(), open..open + 1 + close + 1));
        }
    }
    found
}

impl Fault {
    /// A fault of a whole string.
    fn new(key: &str, text: &str, code: CodeRef, message: String, hint: String) -> Self {
        Self { key: key.to_owned(), at: 0..text.len(), code, message, hint }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
