//! Messages as sentences of one language.

use std::borrow::Cow;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::rules::Rules;
use super::{Argument, Explanation, Message, MessageLanguage};
use crate::diagnostic::{CodeRef, codes};

/// The words of one language, with the English ones for what it lacks.
pub struct Catalog {
    language: MessageLanguage,
    /// The language's own words, then the English ones.
    bundles: Vec<Bundle>,
    rules: Rules,
}

type Bundle = FluentBundle<FluentResource>;

impl std::fmt::Debug for Catalog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalog").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Catalog {
    /// The words for readers of `locale`, which is a BCP 47 tag or the name of a POSIX locale; English for those of a
    /// language that the program does not speak.
    pub fn new(locale: &str) -> Self {
        Self::of(MessageLanguage::matching(locale))
    }

    /// The words of a language.
    pub fn of(language: MessageLanguage) -> Self {
        let mut languages = vec![language];
        if language != MessageLanguage::English {
            languages.push(MessageLanguage::English);
        }
        let texts = languages.into_iter().map(|language| (language.tag(), language.fluent()));
        Self { language, bundles: texts.map(bundle).collect(), rules: Rules::new(language) }
    }

    /// The language.
    pub fn language(&self) -> MessageLanguage {
        self.language
    }

    /// A message in words: the language's own, else the English ones. One that nobody has written is its name.
    pub fn say(&self, message: &Message) -> String {
        let said = self.bundles.iter().find_map(|bundle| {
            let pattern = bundle.get_message(message.id)?.value()?;
            let mut arguments = FluentArgs::with_capacity(message.arguments.len());
            for (name, value) in &message.arguments {
                arguments.set(*name, self.value(value));
            }
            // What is wrong with it stands in the text, as the name of what is not there.
            let mut faults = Vec::new();
            Some(bundle.format_pattern(pattern, Some(&arguments), &mut faults).into_owned())
        });
        said.unwrap_or_else(|| message.id.to_owned())
    }

    fn value<'a>(&'a self, value: &'a Argument) -> FluentValue<'a> {
        // In a sentence there is no full stop.
        let inside = |text: Cow<'a, str>| text.trim_end_matches(['.', '。']).to_owned();
        let rule =
            |name: &str| codes::all().find(|code| code.name == name).map(|code| self.rule(code));
        match value {
            Argument::Text(text) => text.as_str().into(),
            Argument::Count(count) => (*count).into(),
            Argument::Summary(name) => {
                rule(name).map_or_else(String::new, |rule| inside(rule.summary)).into()
            }
            Argument::Cure(name) => {
                rule(name).map_or_else(String::new, |rule| inside(rule.cure)).into()
            }
        }
    }

    /// What a kind of finding means, why that matters, and what to do.
    pub fn rule(&self, code: CodeRef) -> Explanation<'_> {
        self.rules.of(code)
    }
}

/// The messages of a file. What of it is malformed is left out; a test holds the files of the program to be whole.
fn bundle((tag, text): (&str, &str)) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(tag.parse().into_iter().collect());
    // The marks that isolate what is put in would be boxes on many terminals, and noise in a file.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(whole, _)| whole);
    bundle.add_resource_overriding(resource);
    bundle
}
