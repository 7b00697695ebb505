//! The text of a body, by the headings that it stands under.

use super::elements::{Kind, element};
use super::{Body, SlotKind};

/// The text of a body in passages, each from a heading to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passages {
    text: String,
    list: Vec<Passage>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Passage {
    heading: Option<usize>,
    start: usize,
}

impl Passages {
    /// The number of the heading in [`Body::headings`], none before the first, and the text under it: blocks in lines of
    /// their own, code among them, white space as it is shown. Headings without an id belong to the text around them.
    pub fn iter(&self) -> impl Iterator<Item = (Option<usize>, &str)> {
        let ends = self.list.iter().skip(1).map(|next| next.start).chain([self.text.len()]);
        let all = self.list.iter().zip(ends);
        let all = all.map(|(passage, end)| (passage.heading, self.text[passage.start..end].trim()));
        all.filter(|(heading, text)| heading.is_some() || !text.is_empty())
    }
}

/// The passages of a body, in order.
pub fn passages(body: &Body) -> Passages {
    let text = String::with_capacity(body.html.len() / 2);
    let passages = Passages { text, list: vec![Passage { heading: None, start: 0 }] };
    let mut reader = Reader { body, passages, next_heading: 0, in_heading: None };
    reader.read();
    reader.passages
}

struct Reader<'a> {
    body: &'a Body,
    passages: Passages,
    next_heading: usize,
    /// The end tag of the heading that is being passed over: its text is among the headings.
    in_heading: Option<&'a str>,
}

impl<'a> Reader<'a> {
    /// Every `<` is a tag's, as the writer escapes all others, and every `>` too.
    fn read(&mut self) {
        let html = &*self.body.html;
        let mut slots = self.body.slots.iter().peekable();
        let mut at = 0;
        while at < html.len() {
            let rest = &html[at..];
            let is_tag = rest.starts_with('<');
            let stop = if is_tag { b'>' } else { b'<' };
            // Most pieces are short, for which this is quicker than looking for a character.
            let end = match rest.bytes().position(|byte| byte == stop) {
                Some(length) => at + length + usize::from(is_tag),
                None => html.len(),
            };
            while let Some(slot) = slots.next_if(|slot| (slot.at as usize) < end) {
                if !is_tag {
                    let slot_at = (slot.at as usize).max(at);
                    self.text(&html[at..slot_at]);
                    at = slot_at;
                    self.slot(&slot.kind);
                } else if slot.at as usize == at {
                    self.slot(&slot.kind);
                }
            }
            match html[at..end].strip_prefix('<').and_then(|tag| tag.strip_suffix('>')) {
                Some(tag) => self.tag(tag),
                None => self.text(&html[at..end]),
            }
            at = end;
        }
    }

    fn tag(&mut self, tag: &'a str) {
        if let Some(heading) = self.in_heading {
            if tag == heading {
                self.in_heading = None;
            }
            return;
        }
        let name = tag.trim_start_matches('/');
        let name = name.split([' ', '/']).next().unwrap_or(name);
        let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        if is_heading && !tag.starts_with('/') && self.heading(tag) {
            self.in_heading = Some(end_tag(name));
            return;
        }
        // Most tags are these.
        if matches!(name, "a" | "code" | "em" | "img" | "span" | "strong") {
            return;
        }
        match element(name) {
            Some((_, Kind::Block | Kind::VoidBlock)) | Some(("br", _)) => self.end_line(),
            _ => {}
        }
    }

    /// Begins a passage where this is the tag of the next heading with an id.
    fn heading(&mut self, tag: &str) -> bool {
        let Some(id) = attribute(tag, "id") else { return false };
        let headings = self.body.headings.iter().enumerate().skip(self.next_heading);
        let mut headings = headings.filter(|(_, heading)| !heading.id.is_empty());
        let found = headings.find(|(_, heading)| unescaped(id) == heading.id);
        let Some((number, _)) = found else { return false };
        self.next_heading = number + 1;
        self.end_line();
        let start = self.passages.text.len();
        self.passages.list.push(Passage { heading: Some(number), start });
        true
    }

    fn slot(&mut self, kind: &SlotKind) {
        if let SlotKind::Code(number) = kind {
            self.end_line();
            self.passages.text.push_str(self.body.code[*number as usize].text.trim_end());
            self.end_line();
        }
    }

    /// Adds text, white space squeezed.
    fn text(&mut self, html: &str) {
        if self.in_heading.is_some() {
            return;
        }
        let text = &mut self.passages.text;
        let mut rest = html;
        let stops = |byte| matches!(byte, b'&' | b'\n' | b' ' | b'\t');
        while let Some(stop) = rest.bytes().position(stops) {
            text.push_str(&rest[..stop]);
            rest = &rest[stop..];
            if rest.starts_with('&') {
                rest = entity(rest, text);
                continue;
            }
            if !text.is_empty() && !text.ends_with([' ', '\n']) {
                text.push(' ');
            }
            rest = &rest[1..];
        }
        text.push_str(rest);
    }

    fn end_line(&mut self) {
        let text = &mut self.passages.text;
        text.truncate(text.trim_end_matches(' ').len());
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }
}

fn end_tag(name: &str) -> &'static str {
    match name {
        "h1" => "/h1",
        "h2" => "/h2",
        "h3" => "/h3",
        "h4" => "/h4",
        "h5" => "/h5",
        _ => "/h6",
    }
}

/// The entities that the writer writes.
const ENTITIES: &[(&str, &str)] =
    &[("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")];

/// Writes the character of the entity at the beginning of `rest`; what is left.
fn entity<'a>(rest: &'a str, text: &mut String) -> &'a str {
    for (entity, character) in ENTITIES {
        if let Some(rest) = rest.strip_prefix(entity) {
            text.push_str(character);
            return rest;
        }
    }
    text.push('&');
    &rest[1..]
}

fn unescaped(text: &str) -> String {
    ENTITIES
        .iter()
        .rev()
        .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

/// The value of an attribute as it is written in a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.match_indices(name).find_map(|(at, _)| {
        let value = tag[at + name.len()..].strip_prefix("=\"")?;
        tag[..at].ends_with(' ').then_some(value)
    })?;
    start.find('"').map(|end| &start[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Options, to_body};

    /// Each passage as the id of its heading, a colon and its text.
    #[track_caller]
    fn check(markdown: &str, expected: &[&str]) {
        let body = to_body(markdown, Options::default());
        let shown = |(heading, text): (Option<usize>, &str)| {
            let id = heading.map_or("", |heading| &*body.headings[heading].id);
            format!("{id}:{text}")
        };
        let found: Vec<String> = passages(&body).iter().map(shown).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn headings_part_a_text() {
        check("a\n\n## B *c*\n\nd\n\n### E\n", &[":a", "b-c:d", "e:"]);
        check("甲乙\n\n## 丙\n\n**丁**戊", &[":甲乙", "丙:丁戊"]);
    }

    #[test]
    fn blocks_are_lines_and_phrases_are_not() {
        check("- a\n- b **c**d\n\n| x | y |\n|---|---|\n| 1 | 2 |\n", &[":a\nb cd\nx\ny\n1\n2"]);
    }

    #[test]
    fn code_is_text() {
        check("a `b<c>`\n\n```sh\nd  e\n  f\n```\n\ng", &[":a b<c>\nd  e\n  f\ng"]);
    }

    #[test]
    fn entities_are_characters() {
        check("a &lt;b&gt; &amp; \"c\" 'd' &copy;", &[":a <b> & \"c\" 'd' ©"]);
    }

    #[test]
    fn headings_that_raw_html_has_without_an_id_stay_where_they_are() {
        check("<h4>a</h4>\n\nb", &[":a\nb"]);
    }

    #[test]
    fn the_same_heading_twice_is_two_passages() {
        check("## A\n\nb\n\n## A\n\nc", &["a:b", "a-1:c"]);
    }
}
