//! What is being written at a place of a text, as far as the text before it tells: it need not be whole.

use std::ops::Range;

/// What is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// The key of a data reference.
    Data,
    /// The name of an include.
    Include,
    /// The name of an icon.
    Icon,
    /// The page of a link tag.
    LinkTag,
    /// The name of a tag.
    Tag,
    /// A word of a condition.
    Condition,
    /// The release that a plan is compared with in a condition.
    Release(String),
    /// The address of a link or a picture.
    Address,
    /// The language of a code block.
    Fence,
    /// A key of front matter, below these keys.
    FrontKey(Vec<String>),
    /// A value of front matter, below these keys.
    FrontValue(Vec<String>),
}

/// What is being written, and the piece of text that it is to take the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) spot: Spot,
    /// From the beginning of what is typed to the end of the word.
    pub(super) range: Range<usize>,
    /// What is typed before the cursor.
    pub(super) typed: String,
}

/// What is being written at a byte of a text; nothing where nothing is known to help.
pub(super) fn at(text: &str, offset: usize, front: Front) -> Option<Cursor> {
    let offset = text.floor_char_boundary(offset);
    let before = &text[..offset];
    if let Some(inside) = open_markup(before) {
        return in_markup(text, offset, inside);
    }
    if front == Front::Matter && front_matter(text).is_some_and(|front| front.contains(&offset)) {
        return in_front_matter(text, offset);
    }
    in_address(text, offset).or_else(|| in_fence(text, offset))
}

/// Whether a text can have front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Front {
    /// Pages.
    Matter,
    /// Anything else.
    Nothing,
}

/// The bytes of the front matter, also where its end is not written yet.
pub(super) fn front_matter(text: &str) -> Option<Range<usize>> {
    let rest = text.strip_prefix("---\n")?;
    let length = rest.find("\n---").map_or(rest.len(), |at| at + 1);
    Some(4..4 + length)
}

/// A tag or an output that is open.
struct Inside<'a> {
    /// Whether it is a tag.
    is_tag: bool,
    /// What stands behind its braces.
    text: &'a str,
}

fn open_markup(before: &str) -> Option<Inside<'_>> {
    let tag = before.rfind("{%");
    let output = before.rfind("{{");
    let (at, is_tag) = match (tag, output) {
        (Some(tag), Some(output)) if output > tag => (output, false),
        (Some(tag), _) => (tag, true),
        (None, output) => (output?, false),
    };
    let text = &before[at + 2..];
    let closed = text.contains("%}") || text.contains("}}") || text.contains("\n\n");
    (!closed).then(|| Inside { is_tag, text: text.strip_prefix('-').unwrap_or(text) })
}

fn in_markup(text: &str, offset: usize, inside: Inside<'_>) -> Option<Cursor> {
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
    let typed = last_run(inside.text, is_key);
    if let Some(key) = typed.strip_prefix("site.data.") {
        return Some(cursor(Spot::Data, text, offset, key, is_key));
    }
    if !inside.is_tag {
        return None;
    }
    let trimmed = inside.text.trim_start();
    let Some((name, arguments)) = trimmed.split_once(char::is_whitespace) else {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        return Some(cursor(Spot::Tag, text, offset, last_run(trimmed, is_name), is_name));
    };
    let spot = match name {
        "data" | "indented_data_reference" => {
            let is_first = arguments.trim_start() == typed;
            return is_first.then(|| cursor(Spot::Data, text, offset, typed, is_key));
        }
        "include" => Spot::Include,
        "octicon" => Spot::Icon,
        "if" | "ifversion" | "elsif" | "elseif" | "unless" => in_condition(arguments),
        name if name.contains("link") => Spot::LinkTag,
        _ => return None,
    };
    Some(cursor(spot, text, offset, typed, is_key))
}

/// A word, or what stands behind `plan >`.
fn in_condition(arguments: &str) -> Spot {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let before = arguments.trim_end_matches(is_word);
    let before = before.trim_end_matches(['"', '\'']).trim_end();
    let plan = before.trim_end_matches(['<', '>', '=', '!']);
    match last_run(plan.trim_end(), is_word) {
        plan_name if plan.len() < before.len() && !plan_name.is_empty() => {
            Spot::Release(plan_name.to_owned())
        }
        _ => Spot::Condition,
    }
}

fn in_front_matter(text: &str, offset: usize) -> Option<Cursor> {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let line = &text[start..offset];
    let content = line.trim_start();
    let mut keys = parents(text, start, line.len() - content.len());
    let is_value = |c: char| !matches!(c, '\n' | ',' | ']' | '}' | '"' | '\'' | '#');
    let (content, is_item) = match content.strip_prefix('-') {
        Some(item) => (item.trim_start(), true),
        None => (content, false),
    };
    if let Some((key, value)) = content.split_once(':') {
        keys.push(key.trim().to_owned());
        let typed = value.trim_start().trim_start_matches(['"', '\'', '[', '{']);
        let typed = last_run(typed, is_value).trim_start();
        return Some(cursor(Spot::FrontValue(keys), text, offset, typed, is_value));
    }
    if is_item {
        let typed = content.trim_start_matches(['"', '\'']);
        return Some(cursor(Spot::FrontValue(keys), text, offset, typed, is_value));
    }
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let is_whole = content.chars().all(is_key);
    is_whole.then(|| cursor(Spot::FrontKey(keys), text, offset, content, is_key))
}

/// The keys around a line of YAML that is indented so far, outermost first.
pub(super) fn parents(text: &str, line_start: usize, indent: usize) -> Vec<String> {
    let mut keys = Vec::new();
    let mut indent = indent;
    // A list may stand as far left as its key.
    let mut is_list = text[line_start..].trim_start().starts_with('-');
    for line in text[..line_start].lines().rev() {
        if line == "---" {
            break;
        }
        let content = line.trim_start();
        let own = line.len() - content.len();
        let is_around = own < indent || (own == indent && is_list && !content.starts_with('-'));
        let key = content.trim_start_matches("- ").split_once(':').filter(|_| !content.is_empty());
        if let Some((key, _)) = key.filter(|_| is_around) {
            keys.push(key.trim().to_owned());
            indent = own;
            is_list = content.starts_with('-');
        }
    }
    keys.reverse();
    keys
}

fn in_address(text: &str, offset: usize) -> Option<Cursor> {
    let line = &text[text[..offset].rfind('\n').map_or(0, |at| at + 1)..offset];
    let ends = |c: char| c.is_whitespace() || matches!(c, ')' | '"' | '\'' | '<' | '>');
    let openings = ["](", "href=\"", "href='", "src=\"", "src='"];
    let start = openings.iter().filter_map(|opening| Some(line.rfind(opening)? + opening.len()));
    let typed = &line[start.max()?..];
    let is_open = !typed.contains(ends) && !typed.contains(['#', '?']);
    let is_part = move |c: char| !ends(c) && !matches!(c, '#' | '?');
    is_open.then(|| cursor(Spot::Address, text, offset, typed, is_part))
}

fn in_fence(text: &str, offset: usize) -> Option<Cursor> {
    let line = &text[text[..offset].rfind('\n').map_or(0, |at| at + 1)..offset];
    let fence = line.trim_start();
    let typed = fence.trim_start_matches(['`', '~']);
    let is_fence = fence.len() - typed.len() >= 3;
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_');
    let is_typed = typed.chars().all(is_word);
    (is_fence && is_typed).then(|| cursor(Spot::Fence, text, offset, typed, is_word))
}

/// The last characters of a text that are of a kind.
fn last_run(text: &str, is_part: impl Fn(char) -> bool) -> &str {
    let start = text.rfind(|c| !is_part(c));
    start.map_or(text, |at| &text[at + text[at..].chars().next().map_or(0, char::len_utf8)..])
}

fn cursor(
    spot: Spot,
    text: &str,
    offset: usize,
    typed: &str,
    is_part: impl Fn(char) -> bool,
) -> Cursor {
    let behind = text[offset..].find(|c: char| !is_part(c) || c.is_whitespace());
    let end = behind.map_or(text.len(), |length| offset + length);
    Cursor { spot, range: offset - typed.len()..end, typed: typed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Front, Spot, at};

    /// The text has `|` where the cursor is.
    #[track_caller]
    fn check(text: &str, expected: Option<(Spot, &str, &str)>) {
        let offset = text.find('|').expect("a cursor");
        let text = text.replacen('|', "", 1);
        let found = at(&text, offset, Front::Matter);
        let found = found.map(|found| (found.spot, found.typed, text[found.range].to_owned()));
        let expected =
            expected.map(|(spot, typed, range)| (spot, typed.to_owned(), range.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn keys_of_data_are_written_in_tags_and_outputs() {
        check("a {% data reus|ables.x %}", Some((Spot::Data, "reus", "reusables.x")));
        check("{% data |", Some((Spot::Data, "", "")));
        check("{{ site.data.variables.|", Some((Spot::Data, "variables.", "variables.")));
        check("{% for x in site.data.a| %}", Some((Spot::Data, "a", "a")));
        check("{% data a.b x| %}", None);
        check("{% data a %} |", None);
    }

    #[test]
    fn tags_have_names_and_arguments() {
        check("{% ifv|", Some((Spot::Tag, "ifv", "ifv")));
        check("{%- |", Some((Spot::Tag, "", "")));
        check("{% include a/b| %}", Some((Spot::Include, "a/b", "a/b")));
        check("{% octicon \"ge|ar\" %}", Some((Spot::Icon, "ge", "gear")));
        check("{% link_in_list /a| %}", Some((Spot::LinkTag, "/a", "/a")));
    }

    #[test]
    fn conditions_have_words_and_releases() {
        check("{% ifversion fpt or gh| %}", Some((Spot::Condition, "gh", "gh")));
        let release = || Spot::Release("ghes".to_owned());
        check("{% ifversion ghes > 2.| %}", Some((release(), "2.", "2.")));
        check("{% ifversion fpt and ghes >= | %}", Some((release(), "", "")));
    }

    #[test]
    fn addresses_end_before_their_fragment() {
        check("[a](/gui|des/x) b", Some((Spot::Address, "/gui", "/guides/x")));
        check("<img src=\"/assets/|\">", Some((Spot::Address, "/assets/", "/assets/")));
        check("[a](/x#y|)", None);
        check("[a](/x) y|", None);
    }

    #[test]
    fn fences_have_a_language() {
        check("a\n```py|\nx", Some((Spot::Fence, "py", "py")));
        check("```py x|", None);
        check("``|", None);
    }

    #[test]
    fn front_matter_has_keys_and_values() {
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        check("---\nti|\n---\n", Some((Spot::FrontKey(keys(&[])), "ti", "ti")));
        check("---\ntitle: a\n  |\n", Some((Spot::FrontKey(keys(&["title"])), "", "")));
        let versions = Spot::FrontValue(keys(&["versions", "ghes"]));
        check("---\nversions:\n  ghes: '>2|'\n---\n", Some((versions, ">2", ">2")));
        let children = || Spot::FrontValue(keys(&["children"]));
        check("---\nchildren:\n- /a\n- /b|\n---\n", Some((children(), "/b", "/b")));
        check("---\nchildren:\n  - /a\n  - |\n---\n", Some((children(), "", "")));
        let links = Spot::FrontValue(keys(&["featuredLinks", "guides", "href"]));
        let text = "---\nfeaturedLinks:\n  guides:\n    - title: x\n      href: /a|\n---\n";
        let found = at(&text.replacen('|', "", 1), text.find('|').unwrap_or(0), Front::Matter);
        assert!(found.is_some_and(|found| found.typed == "/a" && found.spot.ends_like(&links)));
        check("---\ntitle: a\n---\nti|", None);
    }

    impl Spot {
        /// Whether both are values whose outermost and innermost keys are the same.
        fn ends_like(&self, other: &Self) -> bool {
            let (Self::FrontValue(own), Self::FrontValue(other)) = (self, other) else {
                return false;
            };
            own.first() == other.first() && own.last() == other.last()
        }
    }
}
