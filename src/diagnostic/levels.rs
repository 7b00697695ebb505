//! How serious each kind of finding is on a site, where that is not what the kind itself says.

use std::collections::BTreeMap;

use super::{CodeRef, Finding, Severity, codes, nearest};

/// How serious a kind of finding is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Not at all: such findings are left out.
    Off,
    /// As this, in every language.
    As(Severity),
}

/// The levels that were chosen, by the names of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<&'static str, Level>);

impl Levels {
    /// Chooses the level of a kind. The last choice holds.
    pub fn set(&mut self, code: CodeRef, level: Level) {
        self.0.insert(code.name, level);
    }

    /// Takes over the choices of others, which hold.
    pub fn set_all(&mut self, others: &Self) {
        self.0.extend(&others.0);
    }

    /// Whether findings of this name are left out.
    pub fn is_off(&self, code: &str) -> bool {
        self.0.get(code) == Some(&Level::Off)
    }

    /// The findings with the severities that were chosen, and without those that are not wanted.
    pub fn apply(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let judge = |mut finding: Finding| match self.0.get(finding.diagnostic.code.name) {
            None => Some(finding),
            Some(Level::Off) => None,
            Some(Level::As(severity)) => {
                finding.diagnostic.severity = *severity;
                Some(finding)
            }
        };
        findings.into_iter().filter_map(judge).collect()
    }
}

/// Reads a level as it is written, such as `broken-link=warning`; the error says what is wrong and the way out.
pub fn parse_level(text: &str) -> Result<(CodeRef, Level), String> {
    let (name, level) =
        text.split_once('=').ok_or("write it as in `broken-link=off`, `=warning` or `=error`")?;
    level_of(name, level)
}

/// The kind of finding with this name, and its level; the error says what is wrong and the way out.
pub fn level_of(name: &str, level: &str) -> Result<(CodeRef, Level), String> {
    let code = find_code(name)?;
    let level = match level {
        "off" => Level::Off,
        "warning" => Level::As(Severity::Warning),
        "error" => Level::As(Severity::Error),
        _ => return Err(format!("`{level}` is none of `off`, `warning` and `error`")),
    };
    if code.name == codes::PROGRAM_FAULT.name {
        return Err(format!("`{name}` is not about the site, and stays an error"));
    }
    Ok((code, level))
}

/// The kind of finding with this name.
fn find_code(name: &str) -> Result<CodeRef, String> {
    codes::all().find(|code| code.name == name).ok_or_else(|| {
        match nearest(name, codes::all().map(|code| code.name)) {
            Some(near) => format!("there is no rule `{name}`: did you mean `{near}`?"),
            None => format!("there is no rule `{name}`: see the page about checks in the manual"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::source::{FileId, Span};

    #[track_caller]
    fn check_refused(text: &str, why: &str) {
        assert_eq!(parse_level(text).map(|_| ()), Err(why.to_owned()));
    }

    #[test]
    fn a_level_names_a_code_and_how_serious_it_is() {
        let (code, level) = parse_level("broken-link=warning").expect("it is one");
        assert_eq!((code.name, level), ("broken-link", Level::As(Severity::Warning)));
        assert!(matches!(parse_level("yaml-syntax=off"), Ok((_, Level::Off))));
    }

    #[test]
    fn what_is_no_level_is_refused_with_the_way_out() {
        check_refused(
            "brokn-link=off",
            "there is no rule `brokn-link`: did you mean `broken-link`?",
        );
        check_refused("=off", "there is no rule ``: see the page about checks in the manual");
        check_refused("broken-link", "write it as in `broken-link=off`, `=warning` or `=error`");
        check_refused("broken-link=fatal", "`fatal` is none of `off`, `warning` and `error`");
        check_refused(
            "program-fault=off",
            "`program-fault` is not about the site, and stays an error",
        );
    }

    #[test]
    fn levels_leave_out_raise_and_lower() {
        let finding = |code| Finding::from(Diagnostic::new(code, Span::start_of(FileId(0)), "x"));
        let mut levels = Levels::default();
        for text in
            ["broken-link=error", "unknown-icon=error", "broken-link=warning", "template=off"]
        {
            let (code, level) = parse_level(text).expect("it is one");
            levels.set(code, level);
        }
        let all = [codes::BROKEN_LINK, codes::UNKNOWN_ICON, codes::TEMPLATE, codes::BAD_RANGE];
        let judged = levels.apply(all.map(finding).into());
        let judged: Vec<_> = judged
            .iter()
            .map(|finding| (finding.diagnostic.code.name, finding.diagnostic.severity.name()))
            .collect();
        let expected =
            [("broken-link", "warning"), ("unknown-icon", "error"), ("bad-version-range", "error")];
        assert_eq!(judged, expected);
    }
}
