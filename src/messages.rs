//! What the program says to people who translate, in their language: messages without one, and catalogs that say them.

mod catalog;
mod language;
mod rules;
#[cfg(test)]
mod tests;

pub use catalog::Catalog;
pub use language::MessageLanguage;
pub use rules::Explanation;

/// Something to say, in no language yet: the name of a message in `locales/*/translations.ftl`, and what it speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message {
    /// The name of the message, which begins with its area: `status-`, `rules-`.
    pub id: &'static str,
    /// What the message speaks of, by the names that it has there.
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Message {
    /// The message of this name, which stands here as a literal, so that a test can hold code and files together.
    pub fn new(id: &'static str) -> Self {
        Self { id, arguments: Vec::new() }
    }

    /// The same message, speaking of `value` too.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }
}

/// What a message speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Argument {
    /// A text, which is put in as it is.
    Text(String),
    /// How many there are of something; it chooses the form of the words beside it.
    Count(u64),
    /// What the kind of finding of this name means, in the reader's language.
    Summary(&'static str),
    /// What is to be done about the kind of finding of this name, in the reader's language.
    Cure(&'static str),
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u64> for Argument {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<u32> for Argument {
    fn from(count: u32) -> Self {
        Self::Count(u64::from(count))
    }
}

impl From<usize> for Argument {
    fn from(count: usize) -> Self {
        Self::Count(u64::try_from(count).unwrap_or(u64::MAX))
    }
}
