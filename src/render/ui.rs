//! The interface's strings: the site's own where it has them, the theme's otherwise.

pub mod forms;

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Object, Value};
use saphyr_parser::{Event, Parser};
use serde::{Serialize, Serializer};

use forms::{FORMS, FormRules, OTHER, form_of, words_with_forms};

/// The strings of one language, by names such as `pages.miniToc`. A word that counts has a string for each of its forms:
/// `search.found.one`. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct UiStrings(Arc<Strings>);

#[derive(Debug, Default)]
struct Strings {
    texts: BTreeMap<String, Value>,
    /// The words that have forms, each with the language that they are in.
    words: BTreeMap<String, Arc<Language>>,
}

/// A language of strings.
#[derive(Debug)]
struct Language {
    tag: String,
    rules: FormRules,
}

impl Object for Strings {}

impl Strings {
    /// Puts strings of a language above those that are there. The forms of a word come from one layer, as a language
    /// chooses among its own.
    fn cover(&mut self, tag: &str, layer: BTreeMap<String, String>) {
        let language = Arc::new(Language { tag: tag.to_owned(), rules: FormRules::new(tag) });
        let words = words_with_forms(layer.keys().map(String::as_str));
        let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        for word in &words {
            self.remove_forms(word);
            self.texts.remove(word);
        }
        for (name, text) in layer {
            let word = form_of(&name).map(|(word, _)| word);
            // Forms without `other` are no word of their own: those below stay whole.
            let is_torn = word.is_some_and(|word| {
                self.words.contains_key(word) && !words.iter().any(|own| own == word)
            });
            if !is_torn {
                self.remove_forms(&name);
                self.texts.insert(name, Value::from(text));
            }
        }
        self.words.extend(words.into_iter().map(|word| (word, language.clone())));
    }

    fn remove_forms(&mut self, word: &str) {
        if self.words.remove(word).is_some() {
            FORMS.iter().for_each(|form| drop(self.texts.remove(&format!("{word}.{form}"))));
        }
    }
}

impl UiStrings {
    /// The strings of `layers`, each with the BCP 47 tag of its language; where two have the same name, the later wins.
    pub fn new<'a>(layers: impl IntoIterator<Item = (&'a str, BTreeMap<String, String>)>) -> Self {
        let mut strings = Strings::default();
        layers.into_iter().for_each(|(tag, layer)| strings.cover(tag, layer));
        Self(Arc::new(strings))
    }

    /// The string with this name; of a word that counts, the form `other`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.value(key)?.as_str()
    }

    /// The same as a value, which is shared and not copied.
    pub(super) fn value(&self, key: &str) -> Option<&Value> {
        self.0.texts.get(key).or_else(|| self.form(key, OTHER))
    }

    /// The string with this name for so many of something.
    pub(super) fn counted(&self, key: &str, count: u64) -> Option<&Value> {
        let language = self.0.words.get(key);
        let form = language.and_then(|language| self.form(key, language.rules.form(count)));
        form.or_else(|| self.value(key))
    }

    fn form(&self, word: &str, form: &str) -> Option<&Value> {
        self.0.texts.get(&format!("{word}.{form}"))
    }

    /// All forms of a word, by their names, and the tag of the language whose rules choose one; no tag where there is
    /// nothing to choose: a string that has no forms is the form `other`.
    pub(super) fn forms(&self, key: &str) -> Option<(&str, Vec<(&'static str, &str)>)> {
        let Some(language) = self.0.words.get(key) else {
            return Some(("", vec![(OTHER, self.get(key)?)]));
        };
        let form = |form: &&'static str| Some((*form, self.form(key, form)?.as_str()?));
        let tag = if language.rules.is_known() { &*language.tag } else { "" };
        Some((tag, FORMS.iter().filter_map(form).collect()))
    }

    /// The string with this name, each `{name}` in it replaced by the value given for it.
    pub fn filled(&self, key: &str, values: &[(&str, &str)]) -> Option<String> {
        let text = self.get(key)?.to_owned();
        Some(
            values
                .iter()
                .fold(text, |text, (name, value)| text.replace(&format!("{{{name}}}"), value)),
        )
    }

    /// All names.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.texts.keys().map(String::as_str)
    }

    /// The strings in a template's variable.
    pub(super) fn from_value(value: &Value) -> Option<Self> {
        value.downcast_object::<Strings>().map(Self)
    }
}

impl Serialize for UiStrings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from_dyn_object(self.0.clone()).serialize(serializer)
    }
}

/// The strings of a `ui.yml`: nested mappings of strings, their keys joined by dots. Text that is not YAML ends the
/// list with what was wrong.
pub(super) fn parse(yaml: &str) -> Result<BTreeMap<String, String>, (usize, String)> {
    let mut reader = Reader::default();
    for event in Parser::new_from_str(yaml) {
        let (event, span) =
            event.map_err(|error| (error.marker().line(), error.info().to_owned()))?;
        reader.read(event).map_err(|message| (span.start.line(), message))?;
    }
    Ok(reader.strings)
}

#[derive(Default)]
struct Reader {
    strings: BTreeMap<String, String>,
    /// The keys of the mappings that are open.
    path: Vec<String>,
    /// The key whose value comes next.
    key: Option<String>,
}

impl Reader {
    fn read(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Scalar(text, ..) => self.scalar(text.into_owned()),
            Event::MappingStart(..) => self.path.push(self.key.take().unwrap_or_default()),
            Event::MappingEnd => drop(self.path.pop()),
            Event::SequenceStart(..) | Event::Alias(_) => {
                return Err("interface strings are a mapping of strings".to_owned());
            }
            _ => {}
        }
        Ok(())
    }

    fn scalar(&mut self, text: String) {
        match self.key.take() {
            None => self.key = Some(text),
            Some(key) => {
                let parents = self.path.iter().filter(|part| !part.is_empty());
                let name: Vec<_> = parents.map(String::as_str).chain([key.as_str()]).collect();
                self.strings.insert(name.join("."), text);
            }
        }
    }
}
