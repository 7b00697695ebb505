//! What is said of the kinds of findings in languages other than English, which the table of codes is written in.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser};

use super::MessageLanguage;
use crate::diagnostic::CodeRef;

/// What is said of a kind of finding in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// What it means, in one sentence.
    pub summary: Cow<'a, str>,
    /// Why that matters.
    pub why: Cow<'a, str>,
    /// What to do about it.
    pub cure: Cow<'a, str>,
}

/// The explanations of a language that is not English.
#[derive(Debug, Default)]
pub(super) struct Rules(BTreeMap<String, BTreeMap<String, String>>);

impl Rules {
    /// Those of a language; of English there are none, as the codes have them.
    pub(super) fn new(language: MessageLanguage) -> Self {
        match language {
            MessageLanguage::English => Self::default(),
            MessageLanguage::Chinese => Self::read(include_str!("../../locales/zh-CN/rules.yml")),
        }
    }

    /// The names of the codes that are explained.
    #[cfg(test)]
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What is said of `code`: in the language where it says so, otherwise in English.
    pub(super) fn of(&self, code: CodeRef) -> Explanation<'_> {
        let texts = self.0.get(code.name);
        let text = |key: &str, english: &'static str| {
            let own = texts.and_then(|texts| texts.get(key));
            own.map_or(Cow::Borrowed(english), |own| Cow::Borrowed(own.as_str()))
        };
        Explanation {
            summary: text("summary", code.summary),
            why: text("why", code.why),
            cure: text("cure", code.cure),
        }
    }

    /// Reads mappings of texts by the names of codes. What is not written so is left out; a test holds the files of the
    /// program to it.
    fn read(yaml: &str) -> Self {
        let mut rules = Self::default();
        let (mut name, mut key, mut depth) = (String::new(), None, 0);
        for (event, _) in Parser::new_from_str(yaml).map_while(Result::ok) {
            match event {
                Event::MappingStart(..) => depth += 1,
                Event::MappingEnd => depth -= 1,
                Event::Scalar(text, ..) if depth == 1 => name = text.into_owned(),
                Event::Scalar(text, ..) => match key.take() {
                    None => key = Some(text.into_owned()),
                    Some(key) => {
                        rules.0.entry(name.clone()).or_default().insert(key, text.into_owned());
                    }
                },
                _ => {}
            }
        }
        rules
    }
}
