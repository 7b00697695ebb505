//! Parts of a page for people to read: the text, the links or the HTML of one element. Good enough for the HTML that
//! the program writes itself, which closes what it opens.

#![allow(dead_code, reason = "each test uses a part of it")]

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "article",
    "blockquote",
    "br",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// The inside of the first element that `selector` means: a name, `#id` or `.class`.
pub(crate) fn element<'a>(html: &'a str, selector: &str) -> Option<&'a str> {
    let start = tags(html).find(|tag| tag.opens() && tag.is(selector))?;
    let mut depth = 1;
    for tag in tags(&html[start.end..]).filter(|tag| tag.name == start.name) {
        depth = if tag.opens() { depth + 1 } else { depth - 1 };
        if depth == 0 {
            return Some(&html[start.end..start.end + tag.start]);
        }
    }
    None
}

/// The text without tags, a line for each block.
pub(crate) fn text(html: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    // The element that is not shown, and how many of its name are open in it.
    let mut hidden: Option<(&str, usize)> = None;
    for tag in tags(html) {
        if hidden.is_none() {
            text.push_str(&html[at..tag.start].replace('\n', " "));
        }
        at = tag.end;
        let is_silent = matches!(tag.name, "svg" | "script" | "style");
        match &mut hidden {
            Some((name, depth)) if *name == tag.name => {
                *depth = if tag.opens() { *depth + 1 } else { *depth - 1 };
                hidden = hidden.filter(|(_, depth)| *depth > 0);
            }
            Some(_) => {}
            None if tag.opens() && (is_silent || tag.whole.ends_with(" hidden>")) => {
                hidden = Some((tag.name, 1));
            }
            None => {}
        }
        if BLOCKS.contains(&tag.name) {
            text.push('\n');
        }
    }
    text.push_str(&html[at..].replace('\n', " "));
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    unescaped(&lines.join("\n"))
}

/// Each link: its text and its address.
pub(crate) fn links(html: &str) -> String {
    let mut lines = Vec::new();
    for tag in tags(html).filter(|tag| tag.opens() && tag.name == "a") {
        let inside = &html[tag.end..];
        let inside = &inside[..inside.find("</a>").unwrap_or(inside.len())];
        let shown = text(inside).replace('\n', " ");
        lines.push(format!("{shown} → {}", unescaped(tag.attribute("href").unwrap_or_default())));
    }
    lines.join("\n")
}

struct Tag<'a> {
    start: usize,
    end: usize,
    name: &'a str,
    whole: &'a str,
}

impl<'a> Tag<'a> {
    fn opens(&self) -> bool {
        !self.whole.starts_with("</")
    }

    fn is(&self, selector: &str) -> bool {
        match (selector.strip_prefix('#'), selector.strip_prefix('.')) {
            (Some(id), _) => self.attribute("id") == Some(id),
            (_, Some(class)) => {
                self.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class))
            }
            _ => self.name == selector,
        }
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        let from = self.whole.find(&format!(" {name}=\""))? + name.len() + 3;
        self.whole[from..].split('"').next()
    }
}

fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + html[at..].find('<')?;
            let end = start + html[start..].find('>')? + 1;
            at = end;
            let whole = &html[start..end];
            let name = whole.trim_start_matches(['<', '/']);
            let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(0)];
            if !name.is_empty() {
                return Some(Tag { start, end, name, whole });
            }
        }
    })
}

fn unescaped(text: &str) -> String {
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")];
    let text = known.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&#x2f;", "/").replace("&amp;", "&")
}
