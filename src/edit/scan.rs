//! Where addresses stand in texts: links, definitions of links, attributes, link tags, lists in YAML.

use std::ops::Range;

use crate::liquid::{MarkForm, marks};
use crate::model::{is_link_tag, prose};

/// The addresses of links in a text with Markdown, with query and fragment; code is left out.
pub(super) fn links(text: &str) -> Vec<Range<usize>> {
    let prose = prose(text).text;
    // What is not the text itself cannot be trusted to have its places.
    if prose.len() != text.len() {
        return Vec::new();
    }
    let inline = prose.match_indices("](").map(|(at, mark)| at + mark.len());
    let inline = inline.filter_map(|at| inline_address(&prose, at));
    let defined = prose.match_indices("]:").map(|(at, mark)| (at, at + mark.len()));
    let defined = defined.filter_map(|(bracket, at)| defined_address(&prose, bracket, at));
    let attributes = ["href=", "src="].into_iter().flat_map(|name| prose.match_indices(name));
    let attributes = attributes.filter_map(|(at, name)| attribute(&prose, at + name.len()));
    let found = inline.chain(defined).chain(attributes).chain(annotations(text));
    found.filter(|range| !range.is_empty()).collect()
}

/// The addresses of links in the comments of annotated code, which are Markdown.
fn annotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut is_annotated = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_start();
        if content.starts_with("```") || content.starts_with("~~~") {
            is_annotated =
                !is_annotated && content.split_whitespace().any(|word| word == "annotate");
        } else if is_annotated
            && ["#", "//", "--", "<!--"].iter().any(|mark| content.starts_with(mark))
        {
            let links = line.match_indices("](").map(|(at, mark)| at + mark.len());
            let links = links.filter_map(|at| inline_address(line, at));
            found.extend(links.map(|range| start + range.start..start + range.end));
        }
    }
    found
}

/// The address behind `](`.
fn inline_address(text: &str, at: usize) -> Option<Range<usize>> {
    let blanks = text[at..].len() - text[at..].trim_start_matches([' ', '\n']).len();
    let start = at + blanks;
    if text[start..].starts_with('<') {
        let end = text[start..].find(['>', '\n'])?;
        return Some(start + 1..start + end);
    }
    let mut depth = 0_usize;
    for (offset, character) in text[start..].char_indices() {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(start..start + offset),
            ')' => depth -= 1,
            _ if character.is_whitespace() => return Some(start..start + offset),
            _ => {}
        }
    }
    None
}

/// The address behind `[label]:` at the beginning of a line.
fn defined_address(text: &str, bracket: usize, at: usize) -> Option<Range<usize>> {
    let line = text[..bracket].rfind('\n').map_or(0, |newline| newline + 1);
    if !text[line..bracket].trim_start_matches([' ', '>']).starts_with('[') {
        return None;
    }
    let start = at + text[at..].len() - text[at..].trim_start_matches([' ', '\t']).len();
    let end = text[start..].find(char::is_whitespace).map_or(text.len(), |end| start + end);
    let range = start..end;
    let is_pointed = text[range.clone()].starts_with('<') && text[range.clone()].ends_with('>');
    Some(if is_pointed && range.len() > 1 { start + 1..end - 1 } else { range })
}

/// The value of an attribute.
fn attribute(text: &str, at: usize) -> Option<Range<usize>> {
    let quote = text[at..].chars().next()?;
    if matches!(quote, '"' | '\'') {
        let end = text[at + 1..].find([quote, '\n'])?;
        return Some(at + 1..at + 1 + end);
    }
    let end = text[at..].find(|c: char| c.is_whitespace() || c == '>')?;
    Some(at..at + end)
}

/// The tags that list pages; those whose argument is computed are left out.
pub(super) fn link_tags(text: &str) -> Vec<LinkTag<'_>> {
    let tags = marks(text).into_iter().filter(|mark| mark.form == MarkForm::Tag);
    let tags = tags.filter(|mark| is_link_tag(mark.name) && !mark.arguments.contains("{{"));
    let mut found = Vec::new();
    for mark in tags.filter(|mark| !mark.arguments.is_empty()) {
        let Some(at) = text[mark.span.clone()].rfind(mark.arguments) else { continue };
        let start = mark.span.start + at;
        let argument = start..start + mark.arguments.len();
        found.push(LinkTag { name: mark.name, argument, span: mark.span });
    }
    found
}

/// A tag that lists a page.
pub(super) struct LinkTag<'t> {
    /// Its name.
    pub(super) name: &'t str,
    /// Where its argument stands.
    pub(super) argument: Range<usize>,
    /// The whole tag.
    pub(super) span: Range<usize>,
}

/// The addresses of a scalar that is made of nothing else but Liquid tags; as it is written, quotes and all.
pub(super) fn listed(written: &str) -> Vec<Range<usize>> {
    let quoted = written.starts_with(['\'', '"']) && written.len() > 1;
    let inside = if quoted { 1..written.len() - 1 } else { 0..written.len() };
    let mut bytes = written.as_bytes()[inside.clone()].to_vec();
    for mark in marks(&written[inside.clone()]) {
        let blank = if mark.form == MarkForm::Output { b'x' } else { b' ' };
        bytes[mark.span].fill(blank);
    }
    let text = String::from_utf8_lossy(&bytes);
    if text.len() != inside.len() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        let start = inside.start + word.as_ptr() as usize - text.as_ptr() as usize;
        found.push(start..start + word.len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = links(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn links_of_all_forms_are_found() {
        check("[a](/b) ![c](</d e> 'f')", &["/b", "/d e"]);
        check("[a](/b_(c)#d \"t\")", &["/b_(c)#d"]);
        check("[a]: /b\n> [c]: </d> 't'", &["/b", "/d"]);
        check("<a href=\"/b\"> <a href='/c'><img src=/d>", &["/b", "/c", "/d"]);
        check("[a](/{{ v }}/b#c)", &["/{{ v }}/b#c"]);
    }

    #[test]
    fn code_has_no_links() {
        check("`[a](/b)`\n```\n[c](/d)\n```\n{% raw %}`{% endraw %}", &[]);
    }

    #[test]
    fn comments_of_annotated_code_have_links() {
        check("```yaml annotate\n# [a](/b)\nc: '[d](/e)'\n```\n```yaml\n# [f](/g)\n```\n", &["/b"]);
    }

    #[test]
    fn arguments_of_link_tags_are_found() {
        let text =
            "{% link_in_list /link %} {%- topic_link_in_list  /a/b -%} {% link_in_list /{{ x }} %}";
        let found: Vec<_> =
            link_tags(text).iter().map(|tag| (tag.name, &text[tag.argument.clone()])).collect();
        assert_eq!(found, [("link_in_list", "/link"), ("topic_link_in_list", "/a/b")]);
    }

    #[test]
    fn scalars_of_addresses_are_taken_apart() {
        let check = |written: &str, expected: &[&str]| {
            let found: Vec<&str> =
                listed(written).into_iter().map(|range| &written[range]).collect();
            assert_eq!(found, expected);
        };
        check("/a/b", &["/a/b"]);
        check("'{% ifversion x %}/a{% else %}/b{% endif %}'", &["/a", "/b"]);
    }
}
