//! Content whose day has passed: `<!-- expires 2026-11-25 -->`.

use std::ops::Range;

use jiff::civil::Date;

use super::Judged;
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::source::{FileId, SourceFile, Span, TextId};

const START: &str = "<!--";
const WORD: &str = "expires";
/// How far the end of the comment is looked for, in bytes.
const LONGEST: usize = 64;

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
    let code = fenced(&file.text);
    let comments = file.text.match_indices(START);
    // One that is shown as code is no comment.
    let is_shown = move |start: usize| {
        let behind = code.partition_point(|code| code.start <= start);
        let around = behind.checked_sub(1).and_then(|at| code.get(at));
        file.text[..start].ends_with('`') || around.is_some_and(|code| code.contains(&start))
    };
    comments.filter(move |(start, _)| !is_shown(*start)).filter_map(move |(start, _)| {
        let inside = file.text[start + START.len()..].trim_start();
        let rest = inside.strip_prefix(WORD)?.strip_prefix([' ', '\t'])?;
        // A comment that is longer says more than a day.
        let near = &rest[..rest.floor_char_boundary(LONGEST)];
        let (day, _) = near.split_once("-->")?;
        let end = file.text.len() - rest.len() + day.len() + "-->".len();
        Some(Mark { day: day.trim(), span: Span::new(TextId::whole(id), start..end) })
    })
}

/// The blocks of code between fences: lines of at least three backticks or tildes, closed by as many of the same.
fn fenced(text: &str) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let inside = line.trim_start();
        let kind = inside.chars().next().filter(|first| "`~".contains(*first));
        let length = kind.map_or(0, |kind| inside.len() - inside.trim_start_matches(kind).len());
        let fence = &inside[..length];
        match open {
            None if length >= 3 => open = Some((at, fence)),
            Some((start, opening)) if length >= 3 && fence.starts_with(opening) => {
                blocks.push(start..at);
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    blocks.extend(open.map(|(start, _)| start..text.len()));
    blocks
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

#[cfg(test)]
mod tests {
    use super::fenced;

    #[test]
    fn code_ends_with_a_fence_as_long_as_the_first() {
        let text = "a\n````md\n```\nb\n```\n````\nc\n~~~\nd\n";
        let blocks: Vec<&str> = fenced(text).into_iter().map(|block| &text[block]).collect();
        assert_eq!(blocks, ["````md\n```\nb\n```\n", "~~~\nd\n"]);
    }
}
