//! The language that the program speaks to people who translate: shared by the commands that do.

use clap::{Args, ValueEnum};

use crate::messages::MessageLanguage;

/// What a command takes that speaks to people who translate.
#[derive(Debug, Args)]
pub struct MessageLanguageArguments {
    /// The language of what is printed for people [default: that of the
    /// environment, by LC_ALL, LC_MESSAGES or LANG].
    #[arg(long, value_enum, value_name = "CODE")]
    pub message_language: Option<MessageLanguage>,
}

impl ValueEnum for MessageLanguage {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.tag()))
    }
}
