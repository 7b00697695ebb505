//! Conditional blocks of a text by their tags, and what is cut out of it where conditions are decided.

use std::ops::Range;

use crate::edit::front::line;
use crate::liquid::{MarkForm, marks};
use crate::source::Splice;

/// An `if`, `unless` or `ifversion` with its parts.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) arms: Vec<Arm>,
    /// The tag that closes it.
    pub(super) end: Range<usize>,
}

/// A part of a block.
#[derive(Debug)]
pub(super) struct Arm {
    /// The tag that begins it.
    pub(super) tag: Range<usize>,
    /// Where the tag's name stands.
    pub(super) name: Range<usize>,
    /// What it guards, up to the next tag of the block.
    pub(super) body: Range<usize>,
    /// The blocks inside.
    pub(super) inner: Vec<Block>,
}

/// The blocks of a text; nothing where they do not close as they should.
pub(super) fn blocks(text: &str) -> Option<Vec<Block>> {
    let mut found = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for mark in marks(text) {
        if mark.form != MarkForm::Tag {
            continue;
        }
        match mark.name {
            "if" | "ifversion" | "unless" => {
                open.push(Open::Conditional(vec![arm(text, mark.span, mark.name)]));
            }
            "case" | "for" => open.push(Open::Other(mark.name == "case", Vec::new())),
            "elsif" | "elseif" | "else" => {
                if let Some(Open::Conditional(arms)) = open.last_mut() {
                    close(arms, mark.span.start);
                    arms.push(arm(text, mark.span, mark.name));
                }
            }
            "endif" | "endunless" => {
                let Some(Open::Conditional(mut arms)) = open.pop() else { return None };
                close(&mut arms, mark.span.start);
                put(&mut open, &mut found, [Block { arms, end: mark.span }]);
            }
            "endcase" | "endfor" => {
                let Some(Open::Other(is_case, inner)) = open.pop() else { return None };
                if is_case != (mark.name == "endcase") {
                    return None;
                }
                put(&mut open, &mut found, inner);
            }
            _ => {}
        }
    }
    open.is_empty().then_some(found)
}

/// A block that has not been closed yet.
enum Open {
    Conditional(Vec<Arm>),
    /// A `case`, or a `for`, with the blocks inside.
    Other(bool, Vec<Block>),
}

fn put(open: &mut [Open], found: &mut Vec<Block>, blocks: impl IntoIterator<Item = Block>) {
    match open.last_mut() {
        Some(Open::Conditional(arms)) => {
            if let Some(arm) = arms.last_mut() {
                arm.inner.extend(blocks);
            }
        }
        Some(Open::Other(_, inner)) => inner.extend(blocks),
        None => found.extend(blocks),
    }
}

fn arm(text: &str, tag: Range<usize>, name: &str) -> Arm {
    let start = tag.start + text[tag.clone()].find(name).unwrap_or(0);
    let body = tag.end..tag.end;
    Arm { tag, name: start..start + name.len(), body, inner: Vec::new() }
}

fn close(arms: &mut [Arm], at: usize) {
    if let Some(last) = arms.last_mut() {
        last.body.end = at;
    }
}

/// What is cut out of a text, and how much of the lines around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cut {
    /// Exactly the tags, so that the text expands to the same bytes.
    Exact,
    /// Lines that would be empty are closed up, where another empty line stays.
    Lines,
}

/// What cuts these bytes out of a text. A tag with a hyphen takes white space along.
pub(super) fn cut(text: &str, range: Range<usize>, how: Cut) -> Splice {
    let piece = &text[range.clone()];
    let mut range = range;
    if piece.starts_with("{%-") {
        range.start = text[..range.start].trim_end().len();
    }
    if piece.ends_with("-%}") {
        let rest = &text[range.end..];
        range.end += rest.len() - rest.trim_start().len();
    }
    if how == Cut::Lines {
        range = with_lines(text, range);
    }
    Splice { range, text: String::new() }
}

/// The range with the lines that it leaves empty, if there is an empty line beside them anyway.
fn with_lines(text: &str, range: Range<usize>) -> Range<usize> {
    let (first, last) = (line(text, range.start), line(text, range.end));
    let before = &text[first.start..range.start];
    let behind = &text[range.end..last.end];
    if !before.trim().is_empty() || !behind.trim().is_empty() {
        return range;
    }
    // The last line of a text without the line end of its file.
    if !behind.ends_with('\n') {
        return text[..first.start].trim_end().len()..last.end;
    }
    let is_blank = |at: usize| text[line(text, at)].trim().is_empty();
    let above = first.start == 0 || is_blank(first.start - 1);
    let below = last.end == text.len() || is_blank(last.end);
    if above || below { first.start..last.end } else { range }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(blocks: &[Block], text: &str) -> String {
        let arm = |arm: &Arm| {
            let inner = shown(&arm.inner, text);
            format!("{}[{}]({inner})", &text[arm.name.clone()], &text[arm.body.clone()])
        };
        let block = |block: &Block| block.arms.iter().map(arm).collect::<String>();
        blocks.iter().map(block).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn blocks_are_known_by_their_tags() {
        let check = |text: &str, expected: &str| {
            assert_eq!(blocks(text).map(|blocks| shown(&blocks, text)).as_deref(), Some(expected));
        };
        check("a{% if x %}b{% elsif y %}c{% else %}d{% endif %}e", "if[b]()elsif[c]()else[d]()");
        check("{% case x %}{% when 1 %}{% if a %}b{% endif %}{% else %}{% endcase %}", "if[b]()");
        check(
            "{% unless x %}{% if a %}b{% endif %}{% endunless %}",
            "unless[{% if a %}b{% endif %}](if[b]())",
        );
    }

    #[test]
    fn blocks_that_do_not_close_are_none() {
        for text in
            ["{% if x %}", "{% endif %}", "{% if x %}{% for a in b %}{% endif %}{% endfor %}"]
        {
            assert!(blocks(text).is_none(), "{text}");
        }
    }

    #[test]
    fn empty_lines_are_closed_up_beside_others() {
        let check = |text: &str, how: Cut, expected: &str| {
            let start = text.find("{%").unwrap_or(0);
            let end = text.rfind("%}").map_or(0, |at| at + 2);
            let Splice { range, .. } = cut(text, start..end, how);
            let mut text = text.to_owned();
            text.replace_range(range, "");
            assert_eq!(text, expected);
        };
        check("a\n\n{% x %}\nb\n", Cut::Lines, "a\n\nb\n");
        check("a\n{% x %}\nb\n", Cut::Lines, "a\n\nb\n");
        check("a\n\n{% x %}\nb\n", Cut::Exact, "a\n\n\nb\n");
        check("a\n\n{% x %}", Cut::Lines, "a");
        check("a {% x %} b\n", Cut::Lines, "a  b\n");
        check("a {%- x -%} b\n", Cut::Exact, "ab\n");
    }
}
