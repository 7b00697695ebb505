//! What is wrong with YAML, for people who do not know how it is read: the parser's faults in plain words, each with a
//! cure.

use std::borrow::Cow;

/// A fault of a document.
pub(super) struct Fault {
    /// Where it is, in bytes: where something is to be changed, which is not always where the parser noticed.
    pub(super) at: usize,
    pub(super) message: Cow<'static, str>,
    pub(super) hint: &'static str,
}

/// What the parser says, in part; what that means; and what to do.
type Row = (&'static [&'static str], &'static str, &'static str);

/// For what is seldom.
const GENERAL: &str = "quote texts that hold `: ` or ` #`, or that begin with a special character";
const QUOTE_INSIDE: &str =
    "quote the whole text; inside, a quote is written twice in `'…'`, and as `\\\"` in `\"…\"`";
const OTHER_DEPTH: &str = "a line is of another depth than those before it";
const DEPTH: &str = "begin the line as deep as the others of its map or list";
const ITEMS: &str = "begin each `- ` on a line of its own";
const OPEN: &str = "a `[` or `{` before this is not closed";
const CLOSE: &str = "close it, or quote a text that begins with it";

const ROWS: &[Row] = &[
    (
        &[
            "in quoted scalar",
            "a quoted scalar, found unexpected end",
            "unexpected document indicator",
        ],
        "a quote is opened here and not closed",
        "close it; inside, a quote is written twice in `'…'`, and as `\\\"` in `\"…\"`",
    ),
    (
        &["trailing content after double-quoted"],
        "text stands behind the closing quote",
        QUOTE_INSIDE,
    ),
    (
        &["escape character", "escape code", "hexadecimal number"],
        "a `\\` in double quotes begins no escape that there is",
        "write `\\\\`, or use single quotes",
    ),
    (&["flow sequence", "flow mapping", "flow construct", "illegal placement of ':'"], OPEN, CLOSE),
    (&["misplaced bracket"], "a bracket closes nothing", "remove it, or quote the text"),
    (
        &["a block scalar, did not find expected comment"],
        "text stands behind `|` or `>`",
        "begin the text on the next line, or quote it",
    ),
    (&["sequence entries are not allowed"], "a list begins where none can", ITEMS),
    (&["tab"], "a tab stands where only blanks can", "indent with blanks"),
    (
        &["unknown anchor", "scanning an anchor or alias"],
        "`*` or `&` begins the name of something that is not there",
        "quote a text that begins with it",
    ),
    (
        &["handle wasn't declared", " tag"],
        "`!` begins a tag of YAML",
        "quote a text that begins with it",
    ),
    (
        &["comments must be separated"],
        "`#` stands directly behind a text",
        "put a blank before a comment, or quote the whole text",
    ),
    (&["expected '-' indicator", "wrongly indented", "<document start>"], OTHER_DEPTH, DEPTH),
];

/// The fault that the parser has noticed at a byte of a document.
pub(super) fn fault(document: &str, at: usize, info: &str) -> Fault {
    let begun = document[..at].rfind('\n').map_or(0, |end| end + 1);
    let (before, rest) = (&document[begun..at], &document[at..]);
    let says = |part: &&str| info.contains(part);
    if says(&"simple key expect") {
        return without_colon(document, begun);
    }
    if says(&"mapping values are not allowed") {
        return second_colon(document, begun, at);
    }
    let (message, hint) = if says(&"did not find expected key") {
        no_key(before)
    } else if NO_TEXT.iter().any(says) {
        no_text(rest)
    } else if let Some((_, message, hint)) = ROWS.iter().find(|(parts, ..)| parts.iter().any(says))
    {
        ((*message).into(), *hint)
    } else {
        (info.to_owned().into(), GENERAL)
    };
    Fault { at, message, hint }
}

/// What is wrong, and what to do.
type Words = (Cow<'static, str>, &'static str);

/// A colon where a text is being read, in a line that has begun at a byte.
fn second_colon(document: &str, begun: usize, at: usize) -> Fault {
    let here = |message: &'static str, hint| Fault { at, message: message.into(), hint };
    if document[begun..at].contains(": ") {
        return here(
            "a text holds `: `, which only separates a key from its value",
            "quote the text",
        );
    }
    if last_line(&document[..begun]).contains('：') {
        return without_colon(document, begun);
    }
    here(
        "a key stands where a text goes on",
        "write the line before it as `key: text`, and begin both equally deep",
    )
}

/// The last line of a text that is not blank.
fn last_line(text: &str) -> &str {
    text.trim_end().lines().next_back().unwrap_or_default()
}

/// Something else where a map goes on or ends, with what its line has before it.
fn no_key(before: &str) -> Words {
    match before.trim().is_empty() {
        true => (OTHER_DEPTH.into(), DEPTH),
        false => ("text stands behind the end of a value".into(), "quote the whole text"),
    }
}

/// What the parser says of a sign that no text begins with.
const NO_TEXT: &[&str] = &["unexpected character", "expected node content", "plain scalar cannot"];

/// A sign that no text begins with, and what follows it.
fn no_text(rest: &str) -> Words {
    match rest.chars().next().filter(|next| !next.is_whitespace()) {
        Some(next) => (format!("a text cannot begin with `{next}`").into(), "quote the text"),
        // A value can only be missing behind a bracket that is still open at the end.
        None => (OPEN.into(), CLOSE),
    }
}

/// A line that should be a key and is none. The parser notices at the line after it, which has begun at a byte.
fn without_colon(document: &str, begun: usize) -> Fault {
    let before = document[..begun].trim_end();
    let line = last_line(before);
    let at = before.len() - line.trim_start().len();
    let hint = match line.contains('：') {
        true => "write `: ` for `：`",
        false => "write it as `key: text`, or indent it if it goes on with the text before it",
    };
    Fault { at, message: "a line is no `key: text`".into(), hint }
}

#[cfg(test)]
mod tests {
    use saphyr_parser::Parser;

    use super::fault;

    /// What is said of a document: the place, the message and the hint.
    #[track_caller]
    fn check(document: &str, expected: &str) {
        let error = Parser::new_from_str(document).find_map(Result::err).expect("it has a fault");
        let characters = document.char_indices().map(|(at, _)| at);
        let at = characters.chain([document.len()]).nth(error.marker().index());
        let fault = fault(document, at.unwrap_or(document.len()), error.info());
        let before = &document[..fault.at];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        assert_eq!(format!("{line}:{column} {}; {}", fault.message, fault.hint), expected);
    }

    const CLOSE: &str = "1:4 a quote is opened here and not closed; close it; inside, a quote is written twice in \
                         `'…'`, and as `\\\"` in `\"…\"`";

    #[test]
    fn a_quote_that_is_not_closed_is_told_where_it_is_opened() {
        for document in ["a: 'x\nb: y\n", "a: \"x\nb: y\n", "a: 'x\n\n", "a: 'x\n---\nb"] {
            check(document, CLOSE);
        }
    }

    #[test]
    fn a_quote_inside_quotes_is_told() {
        let said = "text stands behind the closing quote; quote the whole text; inside, a quote is written twice in \
                    `'…'`, and as `\\\"` in `\"…\"`";
        check("a: 'it's'\n", &format!("1:8 {said}"));
        check("a: \"He said \"x\"\"\n", &format!("1:14 {said}"));
    }

    #[test]
    fn escapes_are_those_of_double_quotes() {
        let said = "a `\\` in double quotes begins no escape that there is; write `\\\\`, or use single quotes";
        check("a: \"C:\\dir\"\n", &format!("1:4 {said}"));
        check("a: \"\\xZZ\"\n", &format!("1:4 {said}"));
    }

    #[test]
    fn a_bracket_that_is_not_closed_is_told() {
        let said =
            "a `[` or `{` before this is not closed; close it, or quote a text that begins with it";
        check("a: [x, y\nb: z\n", &format!("2:2 {said}"));
        check("a: {b: c\nd: e\n", &format!("2:2 {said}"));
        check("a: [\n", &format!("2:1 {said}"));
    }

    #[test]
    fn a_colon_in_a_text_is_told_from_a_line_that_goes_on() {
        let quoted = "a text holds `: `, which only separates a key from its value; quote the text";
        check("a: Tea: green\n", &format!("1:7 {quoted}"));
        let joined = "a key stands where a text goes on; write the line before it as `key: text`, and begin both \
                      equally deep";
        check("a:x\nb: y\n", &format!("2:2 {joined}"));
        check("a: x\n  b: y\n", &format!("2:4 {joined}"));
    }

    #[test]
    fn a_line_that_is_no_key_is_told_itself_and_not_the_next_one() {
        check(
            "a: x\n\nb c\n\nd: y\n",
            "3:1 a line is no `key: text`; write it as `key: text`, or indent it if it goes on with the text before it",
        );
        for document in ["a: x\n标题：y\nb: z\n", "a: x\nb: z\n标题：y\n\nc: z\n"] {
            let line =
                document.lines().position(|line| line.contains('：')).unwrap_or_default() + 1;
            check(document, &format!("{line}:1 a line is no `key: text`; write `: ` for `：`"));
        }
        check("标题：y\nb: z\n", "1:1 a line is no `key: text`; write `: ` for `：`");
    }

    #[test]
    fn signs_that_no_text_begins_with_are_named() {
        for sign in ['@', '`', '%', ','] {
            check(
                &format!("a: {sign} x\n"),
                &format!("1:4 a text cannot begin with `{sign}`; quote the text"),
            );
        }
        check(
            "a: **bold** text\n",
            "1:4 `*` or `&` begins the name of something that is not there; quote a text that begins with it",
        );
        check("a: !x!y z\n", "1:4 `!` begins a tag of YAML; quote a text that begins with it");
    }

    #[test]
    fn depths_lists_and_blanks_are_told() {
        let depth = "a line is of another depth than those before it; begin the line as deep as the others of its map \
                     or list";
        check("a:\n  b: x\n c: y\n", &format!("3:2 {depth}"));
        check("  a: x\nb: y\n", &format!("2:1 {depth}"));
        check("- x\ny: z\n", &format!("2:1 {depth}"));
        check("a: - x\n", "1:4 a list begins where none can; begin each `- ` on a line of its own");
        check("a:\n\tb: c\n", "2:2 a tab stands where only blanks can; indent with blanks");
        check("a: [x] y\n", "1:8 text stands behind the end of a value; quote the whole text");
        check(
            "a: > text\n",
            "1:4 text stands behind `|` or `>`; begin the text on the next line, or quote it",
        );
        check(
            "a: 'x'#y\n",
            "1:7 `#` stands directly behind a text; put a blank before a comment, or quote the whole text",
        );
    }
}
