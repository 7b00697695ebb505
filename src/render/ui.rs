//! The interface's strings: the site's own where it has them, the theme's otherwise.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Object, Value};
use saphyr_parser::{Event, Parser};
use serde::{Serialize, Serializer};

/// The strings of one language, by names such as `pages.miniToc`. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct UiStrings(Arc<Strings>);

#[derive(Debug, Default)]
struct Strings(BTreeMap<String, Value>);

impl Object for Strings {}

impl UiStrings {
    /// The strings of `layers`; where two have the same name, the later wins.
    pub fn new(layers: impl IntoIterator<Item = BTreeMap<String, String>>) -> Self {
        let strings = layers.into_iter().flatten().map(|(name, text)| (name, Value::from(text)));
        Self(Arc::new(Strings(strings.collect())))
    }

    /// The string with this name.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.value(key)?.as_str()
    }

    /// The same as a value, which is shared and not copied.
    pub(super) fn value(&self, key: &str) -> Option<&Value> {
        self.0.0.get(key)
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
        self.0.0.keys().map(String::as_str)
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
