//! The marks of a text one after another, whether or not they make sense: for holding two texts side by side.

use std::ops::Range;

use super::token::{Markup, Scanner, Token, tag_name};
use super::{Syntax, tags};

/// What a mark looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkForm {
    /// `{% … %}`.
    Tag,
    /// `{{ … }}`.
    Output,
    /// `{% raw %}…{% endraw %}` or a comment; its arguments are what stands inside.
    Verbatim,
    /// Almost a tag, with both ends, such as `{ % note %}`: it would be shown as text.
    Loose,
    /// An opening without its closing, or the other way round.
    Broken,
}

/// A mark as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark<'a> {
    /// What it looks like.
    pub form: MarkForm,
    /// The tag's name; empty where there is none.
    pub name: &'a str,
    /// The rest of it, trimmed.
    pub arguments: &'a str,
    /// The bytes of it.
    pub span: Range<usize>,
}

/// The marks of `source` in order, those that close or divide a block too.
pub fn marks(source: &str) -> Vec<Mark<'_>> {
    let mut scanner = Scanner::new(source);
    let mut marks = Vec::new();
    while let Some(token) = scanner.next() {
        match token {
            Token::Text(range) => loose_marks(source, range, &mut marks),
            Token::Comment => {}
            Token::Tag(markup) => marks.push(tag(source, &markup, &mut scanner)),
            Token::Output(markup) => {
                let arguments = source[markup.inner.clone()].trim();
                marks.push(Mark { form: MarkForm::Output, name: "", arguments, span: markup.span });
            }
            Token::Broken(range) => marks.push(bare(source, MarkForm::Broken, range)),
        }
    }
    marks
}

/// Whether there is a tag `name`, one that closes or divides a block included.
pub fn is_tag(name: &str, syntax: &Syntax) -> bool {
    tags::kind(name, syntax).is_some()
}

fn tag<'s>(source: &'s str, markup: &Markup, scanner: &mut Scanner<'s>) -> Mark<'s> {
    let (name, arguments) = tag_name(&source[markup.inner.clone()]);
    if !matches!(name, "raw" | "comment") {
        return Mark { form: MarkForm::Tag, name, arguments, span: markup.span.clone() };
    }
    let (content, end) = scanner.skip_to(&format!("end{name}"));
    let Some(end) = end else {
        return Mark { form: MarkForm::Tag, name, arguments, span: markup.span.clone() };
    };
    let span = markup.span.start..end.span.end;
    Mark { form: MarkForm::Verbatim, name, arguments: &source[content], span }
}

fn bare(source: &str, form: MarkForm, span: Range<usize>) -> Mark<'_> {
    Mark { form, name: "", arguments: source[span.clone()].trim(), span }
}

/// What is left of tags in a piece of text.
fn loose_marks<'s>(source: &'s str, text: Range<usize>, marks: &mut Vec<Mark<'s>>) {
    let mut from = text.start;
    while let Some((at, closing)) = closing_in(&source[from..text.end]) {
        let end = from + at + closing;
        let line = source[from..from + at].rfind('\n').map_or(from, |newline| from + newline + 1);
        let mark = match opening_in(&source[line..from + at]) {
            Some(opening) => bare(source, MarkForm::Loose, line + opening..end),
            None => bare(source, MarkForm::Broken, from + at..end),
        };
        marks.push(mark);
        from = end;
    }
}

/// Where the first end of a tag stands and its length, also where its characters were made wide.
fn closing_in(text: &str) -> Option<(usize, usize)> {
    let mut braces = text.match_indices(['}', '｝']);
    braces.find_map(|(at, brace)| {
        let sign = text[..at].chars().next_back().filter(|sign| matches!(sign, '%' | '％'))?;
        Some((at - sign.len_utf8(), sign.len_utf8() + brace.len()))
    })
}

/// The last brace that a percent sign follows, white space between them.
fn opening_in(line: &str) -> Option<usize> {
    let opens = |(at, brace): &(usize, &str)| {
        line[at + brace.len()..].trim_start().starts_with(['%', '％'])
    };
    line.match_indices(['{', '｛']).rfind(opens).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::{MarkForm, marks};

    #[track_caller]
    fn check(text: &str, expected: &[(MarkForm, &str)]) {
        let found = marks(text);
        let found: Vec<_> =
            found.iter().map(|mark| (mark.form, &text[mark.span.clone()])).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn tags_and_outputs_are_listed_in_order() {
        check(
            "a {% if x %}b{{ y }}{% endif %}",
            &[
                (MarkForm::Tag, "{% if x %}"),
                (MarkForm::Output, "{{ y }}"),
                (MarkForm::Tag, "{% endif %}"),
            ],
        );
    }

    #[test]
    fn what_is_raw_is_one_mark() {
        let text = "{% raw %}{{ x }} %}{% endraw %}";
        check(text, &[(MarkForm::Verbatim, text)]);
    }

    #[test]
    fn what_only_looks_like_a_tag_is_loose() {
        check("a { % note %} b", &[(MarkForm::Loose, "{ % note %}")]);
        check("a ｛％ note ％｝ b", &[(MarkForm::Loose, "｛％ note ％｝")]);
    }

    #[test]
    fn halves_of_tags_are_broken() {
        check("a note %} b", &[(MarkForm::Broken, "%}")]);
        check("a {% note b\n c", &[(MarkForm::Broken, "{% note b")]);
    }
}
