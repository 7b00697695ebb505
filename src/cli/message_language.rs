//! The words that a command speaks: those asked for, else those of the environment.

use super::args::MessageLanguageArguments;
use crate::messages::{Catalog, MessageLanguage};

/// The variables that name the language of messages, the strongest first.
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// The words for who has typed this.
pub(super) fn catalog(arguments: &MessageLanguageArguments) -> Catalog {
    let variable = |name: &str| std::env::var(name).ok();
    Catalog::of(arguments.message_language.unwrap_or_else(|| language(variable)))
}

/// The language that the environment asks for.
fn language(variable: impl Fn(&str) -> Option<String>) -> MessageLanguage {
    // An empty variable says nothing, as everywhere in POSIX.
    let named = VARIABLES.into_iter().filter_map(variable).find(|locale| !locale.is_empty());
    MessageLanguage::matching(&named.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::language;

    #[track_caller]
    fn check(variables: &[(&str, &str)], expected: &str) {
        let of = |name: &str| {
            let found = variables.iter().find(|(own, _)| *own == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(language(of).tag(), expected);
    }

    #[test]
    fn the_strongest_variable_that_says_something_counts() {
        check(&[("LANG", "zh_CN.UTF-8")], "zh-CN");
        check(&[("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "en_US.UTF-8")], "en");
        check(&[("LANG", "en"), ("LC_MESSAGES", "en"), ("LC_ALL", "zh_CN")], "zh-CN");
        check(&[("LANG", "zh_CN"), ("LC_ALL", "")], "zh-CN");
        check(&[("LANG", "zh_CN"), ("LC_ALL", "C")], "en");
        check(&[("LANGUAGE", "zh_CN")], "en");
        check(&[], "en");
    }
}
