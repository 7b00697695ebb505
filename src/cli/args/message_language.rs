//! The language that the program speaks to people who translate: shared by the commands that do.

use clap::{Args, ValueEnum};

use crate::messages::MessageLanguage;

/// What a command takes that speaks to people who translate.
#[derive(Debug, Args)]
pub struct MessageLanguageArguments {
    /// The language of what is printed for people [default: that of the
    /// environment, by LC_ALL, LC_MESSAGES or LANG].
    #[arg(long, value_enum, ignore_case = true, value_name = "CODE")]
    pub message_language: Option<MessageLanguage>,
}

impl ValueEnum for MessageLanguage {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        // Who names the language alone, or as their site does, means the same.
        let aliases: &[&'static str] = match self {
            Self::English => &["en-US", "en-GB"],
            Self::Chinese => &["zh", "zh-Hans", "zh_CN", "cn"],
        };
        Some(clap::builder::PossibleValue::new(self.tag()).aliases(aliases))
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use crate::messages::MessageLanguage;

    #[test]
    fn other_names_of_a_language_are_understood() {
        for name in ["zh-CN", "zh", "zh-Hans", "ZH-hans", "zh_CN", "cn"] {
            assert_eq!(MessageLanguage::from_str(name, true), Ok(MessageLanguage::Chinese));
        }
        assert_eq!(MessageLanguage::from_str("en", true), Ok(MessageLanguage::English));
        assert!(MessageLanguage::from_str("fr", true).is_err());
    }
}
