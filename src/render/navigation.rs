//! The navigation of a product: rendered once, then cut to size and marked for each of its pages.

use std::collections::HashMap;
use std::ops::Range;

use super::context::escape;

/// A rendered navigation, its branches, and where in it each page is marked.
#[derive(Clone, Debug, Default)]
pub struct RenderedNavigation {
    html: String,
    /// In the order of their beginnings.
    branches: Vec<Branch>,
    marks: HashMap<String, Marks>,
}

/// A `<details>` of the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Branch {
    /// Behind the name in its start tag.
    name: usize,
    /// What is left out where it is closed: all of it, or what is behind a summary that has a link.
    hidden: Range<usize>,
}

/// Where something is put in for the page with one address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Marks {
    /// Behind the `href` of its link.
    link: usize,
    /// Behind the names of the `<details>` that are to be open, in order.
    branches: Vec<usize>,
}

impl RenderedNavigation {
    /// The navigation in `html`, whatever template it came from.
    pub fn new(html: String) -> Self {
        let Found { mut branches, marks } = find_marks(&html);
        branches.sort_unstable_by_key(|branch| branch.name);
        Self { html, branches, marks }
    }

    /// The HTML for the page at `href`: its link marked as the current one, the branches that it is in open, and the
    /// closed ones left out. With those, navigation would be most of a page's bytes in a large site; their links
    /// stay, and lead to pages that show what is below them.
    pub fn for_page(&self, href: &str) -> String {
        let marks = self.marks.get(escape(href).as_str());
        let open = marks.map_or(&[][..], |marks| &marks.branches);
        let link = marks.map(|marks| marks.link);
        let mut html = String::with_capacity(self.html.len().min(1 << 14));
        let mut done = 0;
        for branch in &self.branches {
            if branch.name < done {
                continue;
            }
            if open.contains(&branch.name) {
                self.copy(&mut html, done..branch.name, link);
                html.push_str(" open");
                done = branch.name;
            } else {
                self.copy(&mut html, done..branch.hidden.start, link);
                done = branch.hidden.end;
            }
        }
        self.copy(&mut html, done..self.html.len(), link);
        html
    }

    /// Copies a part, with the mark where the link to the current page is in it.
    fn copy(&self, html: &mut String, part: Range<usize>, link: Option<usize>) {
        match link.filter(|at| part.contains(at)) {
            Some(at) => {
                html.push_str(&self.html[part.start..at]);
                html.push_str(" aria-current=\"page\"");
                html.push_str(&self.html[at..part.end]);
            }
            None => html.push_str(&self.html[part]),
        }
    }

    /// The HTML without a mark, with all its branches.
    pub fn html(&self) -> &str {
        &self.html
    }
}

/// An element that is open while the HTML is read.
struct Open<'a> {
    name: &'a str,
    /// Where its start tag begins.
    start: usize,
    /// Behind its name in the start tag.
    at: usize,
    /// The address of the first link directly in it.
    link: Option<&'a str>,
    /// Behind its summary, where that has a link.
    summary: Option<usize>,
}

impl Open<'_> {
    /// The branch that ends with `end`, if this is one.
    fn branch(&self, end: &Tag<'_>) -> Option<Branch> {
        let hidden = match self.summary {
            Some(summary) => summary..end.start,
            None => self.start..end.end + 1,
        };
        (self.name == "details").then_some(Branch { name: self.at, hidden })
    }
}

#[derive(Default)]
struct Found {
    branches: Vec<Branch>,
    marks: HashMap<String, Marks>,
}

/// The branches of `html` and the marks of every link in it. A branch belongs to the links inside it, and to the
/// first link of the `<li>` that it stands in.
fn find_marks(html: &str) -> Found {
    let mut found = Found::default();
    let mut open: Vec<Open<'_>> = Vec::new();
    for tag in tags(html) {
        match tag.name {
            "details" | "li" => {
                let item = open.last().filter(|_| tag.name == "details");
                let beside = item.filter(|item| item.name == "li").and_then(|item| item.link);
                if let Some(of_beside) = beside.and_then(|href| found.marks.get_mut(href)) {
                    of_beside.branches.push(tag.at);
                }
                open.push(Open {
                    name: tag.name,
                    start: tag.start,
                    at: tag.at,
                    link: None,
                    summary: None,
                });
            }
            "/details" | "/li" => {
                if let Some(depth) = open.iter().rposition(|element| element.name == &tag.name[1..])
                {
                    let closed = open.drain(depth..).next();
                    found.branches.extend(closed.and_then(|element| element.branch(&tag)));
                }
            }
            "/summary" => {
                let branch = open.last_mut().filter(|branch| branch.link.is_some());
                branch.map(|branch| branch.summary.get_or_insert(tag.end + 1));
            }
            "a" => {
                let Some((href, link)) = tag.href(html) else { continue };
                let branches = open.iter().filter(|element| element.name == "details");
                let branches = branches.map(|element| element.at).collect();
                found.marks.entry(href.to_owned()).or_insert(Marks { link, branches });
                if let Some(parent) = open.last_mut() {
                    parent.link.get_or_insert(href);
                }
            }
            _ => {}
        }
    }
    found
}

/// A tag: its name (with the slash of an end tag), and where the rest of it stands.
struct Tag<'a> {
    name: &'a str,
    start: usize,
    at: usize,
    end: usize,
}

impl Tag<'_> {
    /// The value of `href` as written, and the place behind it.
    fn href<'a>(&self, html: &'a str) -> Option<(&'a str, usize)> {
        let start = self.at + html[self.at..self.end].find(" href=\"")? + " href=\"".len();
        let end = start + html[start..self.end].find('"')?;
        Some((&html[start..end], end + 1))
    }
}

/// The tags of HTML that a template wrote: no `<` in text, no `>` in attributes.
fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    html.match_indices('<').filter_map(|(start, _)| {
        let end = start + html[start..].find('>')?;
        let rest = &html[start + 1..end];
        let name = &rest[..rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len())];
        Some(Tag { name, start, at: start + 1 + name.len(), end })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, href: &str, expected: &str) {
        assert_eq!(RenderedNavigation::new(html.to_owned()).for_page(href), expected);
    }

    #[test]
    fn a_link_is_marked() {
        check(
            "<a class=\"x\" href=\"/a\">A</a>",
            "/a",
            "<a class=\"x\" href=\"/a\" aria-current=\"page\">A</a>",
        );
    }

    #[test]
    fn an_address_is_found_as_it_is_written_in_html() {
        check(
            "<a href=\"/a?b&amp;c\">A</a>",
            "/a?b&c",
            "<a href=\"/a?b&amp;c\" aria-current=\"page\">A</a>",
        );
    }

    #[test]
    fn the_first_of_two_links_is_marked() {
        check(
            "<a href=\"/a\"></a><a href=\"/a\"></a>",
            "/a",
            "<a href=\"/a\" aria-current=\"page\"></a><a href=\"/a\"></a>",
        );
    }

    #[test]
    fn branches_around_it_open_and_others_are_left_out() {
        let html = "<details><details class=\"b\"><a href=\"/a\"></a></details></details>x<details><i>y</i></details>z";
        let expected = "<details open><details open class=\"b\"><a href=\"/a\" aria-current=\"page\"></a></details></details>xz";
        check(html, "/a", expected);
    }

    #[test]
    fn a_link_in_the_summary_opens_its_branch() {
        let html = "<details><summary><a href=\"/a\"></a></summary></details>";
        check(
            html,
            "/a",
            "<details open><summary><a href=\"/a\" aria-current=\"page\"></a></summary></details>",
        );
    }

    #[test]
    fn a_closed_branch_keeps_a_link_in_its_summary() {
        let html =
            "<details><summary><a href=\"/a\"></a></summary><i>y</i></details><a href=\"/b\"></a>";
        let expected = "<details><summary><a href=\"/a\"></a></summary></details><a href=\"/b\" aria-current=\"page\"></a>";
        check(html, "/b", expected);
    }

    #[test]
    fn the_branch_beside_it_opens_and_no_other() {
        let html = "<li><a href=\"/a\"></a><details><li><a href=\"/b\"></a><details></details></li></details></li>";
        let expected = "<li><a href=\"/a\" aria-current=\"page\"></a><details open><li><a href=\"/b\"></a></li></details></li>";
        check(html, "/a", expected);
    }

    #[test]
    fn a_branch_inside_a_branch_is_left_out() {
        let html = "<details><summary><a href=\"/a\"></a></summary><details></details></details>";
        let expected =
            "<details open><summary><a href=\"/a\" aria-current=\"page\"></a></summary></details>";
        check(html, "/a", expected);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(parts in proptest::collection::vec("<li>|</li>|<details>|</details>|<a href=\"/a\">|<a href=|[<>\"/a中 ]{0,3}", 0..20)) {
            RenderedNavigation::new(parts.concat()).for_page("/a");
        }
    }

    #[test]
    fn html_that_is_not_balanced_does_no_harm() {
        for html in [
            "</li></details>",
            "<a href=\"/a",
            "<",
            "<a href=\"/a\"",
            "<details",
            "<li><details></li></details>",
            "</details><details>",
        ] {
            assert_eq!(RenderedNavigation::new(html.to_owned()).for_page("/a"), html);
        }
    }
}
