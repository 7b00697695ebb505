//! Content whose day has passed: `<!-- expires 2026-11-25 -->`.

use jiff::civil::Date;

use super::Judged;
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::source::{FileId, SourceFile, Span, TextId};

const START: &str = "<!--";
const WORD: &str = "expires";

pub(super) fn rule(judged: Judged<'_>) -> Vec<Finding> {
    let today = judged.prepared.today();
    let files = judged.site.sources.files();
    let found =
        files.flat_map(|(id, file)| marks(id, file).filter_map(move |mark| mark.judge(today)));
    found.map(Finding::from).collect()
}

/// A mark that says until when content holds.
struct Mark<'a> {
    day: &'a str,
    span: Span,
}

fn marks(id: FileId, file: &SourceFile) -> impl Iterator<Item = Mark<'_>> {
    let comments = file.text.match_indices(START);
    comments.filter_map(move |(start, _)| {
        let inside = file.text[start + START.len()..].trim_start();
        let rest = inside.strip_prefix(WORD)?.strip_prefix([' ', '\t'])?;
        let (day, after) = rest.split_once("-->")?;
        let end = file.text.len() - after.len();
        Some(Mark { day: day.trim(), span: Span::new(TextId::whole(id), start..end) })
    })
}

impl Mark<'_> {
    fn judge(&self, today: Date) -> Option<Diagnostic> {
        let finding = |message| Diagnostic::new(codes::EXPIRED_CONTENT, self.span, message);
        match self.day.parse::<Date>() {
            Ok(day) if day < today => Some(
                finding(format!("this content expired on {day}"))
                    .hint("bring it up to date and give it another day, or remove it"),
            ),
            Ok(_) => None,
            Err(_) => Some(
                finding(format!("`{}` is no day", self.day))
                    .hint("write `<!-- expires 2030-12-31 -->`, the year first"),
            ),
        }
    }
}
