//! The languages that the program speaks, and which of them is meant by the name of a locale.

use unic_langid::LanguageIdentifier;

/// A language that the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MessageLanguage {
    /// English, which has every message.
    #[default]
    English,
    /// Chinese, in simplified characters.
    Chinese,
}

impl MessageLanguage {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// The language that readers of `locale` know best: a BCP 47 tag (`zh-Hans`) or the name of a POSIX locale
    /// (`zh_CN.UTF-8`). Readers of other languages, and those who have named none (`C`), get English.
    pub fn matching(locale: &str) -> Self {
        // The encoding and the variant of a POSIX locale are no matter of language.
        let name = locale.split(['.', '@']).next().unwrap_or_default();
        let tag = name.trim().parse::<LanguageIdentifier>().unwrap_or_default();
        match tag.language.as_str() {
            // Readers of traditional characters too are nearer to simplified ones than to English.
            "zh" => Self::Chinese,
            _ => Self::English,
        }
    }

    /// The messages of this language.
    pub(super) fn fluent(self) -> &'static str {
        match self {
            Self::English => include_str!("../../locales/en/translations.ftl"),
            Self::Chinese => include_str!("../../locales/zh-CN/translations.ftl"),
        }
    }
}
