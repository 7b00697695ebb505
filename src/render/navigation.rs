//! The navigation of a product: rendered once, then marked for each of its pages.

use std::collections::BTreeMap;

use super::context::escape;

/// A rendered navigation and where in it each page is marked.
#[derive(Clone, Debug, Default)]
pub struct RenderedNavigation {
    html: String,
    marks: BTreeMap<String, Marks>,
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
        let marks = find_marks(&html);
        Self { html, marks }
    }

    /// The HTML with the page at `href` marked as the current one and its branches open.
    pub fn for_page(&self, href: &str) -> String {
        let Some(marks) = self.marks.get(escape(href).as_str()) else { return self.html.clone() };
        let mut html = String::with_capacity(self.html.len() + 20 + 5 * marks.branches.len());
        let mut done = 0;
        for (at, text) in marks.insertions() {
            html.push_str(&self.html[done..at]);
            html.push_str(text);
            done = at;
        }
        html.push_str(&self.html[done..]);
        html
    }

    /// The HTML without a mark.
    pub fn html(&self) -> &str {
        &self.html
    }
}

impl Marks {
    /// What is put in where, in the order of the places.
    fn insertions(&self) -> Vec<(usize, &'static str)> {
        let branches = self.branches.iter().map(|at| (*at, " open"));
        let mut insertions: Vec<_> =
            branches.chain([(self.link, " aria-current=\"page\"")]).collect();
        insertions.sort_unstable();
        insertions
    }
}

/// An element that is open while the HTML is read.
struct Open<'a> {
    name: &'a str,
    /// Behind its name in the start tag.
    at: usize,
    /// The address of the first link directly in it.
    link: Option<&'a str>,
}

/// The marks of every link in `html`. A branch belongs to the links inside it, and to the first link of the `<li>`
/// that it stands in.
fn find_marks(html: &str) -> BTreeMap<String, Marks> {
    let mut marks: BTreeMap<String, Marks> = BTreeMap::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    for tag in tags(html) {
        match tag.name {
            "details" | "li" => {
                let item = open.last().filter(|_| tag.name == "details");
                let beside = item.filter(|item| item.name == "li").and_then(|item| item.link);
                if let Some(of_beside) = beside.and_then(|href| marks.get_mut(href)) {
                    of_beside.branches.push(tag.at);
                }
                open.push(Open { name: tag.name, at: tag.at, link: None });
            }
            "/details" | "/li" => {
                if let Some(depth) = open.iter().rposition(|element| element.name == &tag.name[1..])
                {
                    open.truncate(depth);
                }
            }
            "a" => {
                let Some((href, link)) = tag.href(html) else { continue };
                let branches = open.iter().filter(|element| element.name == "details");
                let branches = branches.map(|element| element.at).collect();
                marks.entry(href.to_owned()).or_insert(Marks { link, branches });
                if let Some(parent) = open.last_mut() {
                    parent.link.get_or_insert(href);
                }
            }
            _ => {}
        }
    }
    marks
}

/// A tag: its name (with the slash of an end tag), and where the rest of it stands.
struct Tag<'a> {
    name: &'a str,
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
        Some(Tag { name, at: start + 1 + name.len(), end })
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
    fn branches_around_it_open() {
        let html = "<details><details class=\"b\"><a href=\"/a\"></a></details></details><details></details>";
        let expected = "<details open><details open class=\"b\"><a href=\"/a\" aria-current=\"page\"></a></details></details><details></details>";
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
    fn the_branch_beside_it_opens_and_no_other() {
        let html = "<li><a href=\"/a\"></a><details><li><a href=\"/b\"></a><details></details></li></details></li>";
        let expected = "<li><a href=\"/a\" aria-current=\"page\"></a><details open><li><a href=\"/b\"></a><details></details></li></details></li>";
        check(html, "/a", expected);
    }

    #[test]
    fn a_branch_inside_a_branch_stays_closed() {
        let html = "<details><summary><a href=\"/a\"></a></summary><details></details></details>";
        let expected = "<details open><summary><a href=\"/a\" aria-current=\"page\"></a></summary><details></details></details>";
        check(html, "/a", expected);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(parts in proptest::collection::vec("<li>|</li>|<details>|</details>|<a href=\"/a\">|<a href=|[<>\"/a中 ]{0,3}", 0..20)) {
            let marked = RenderedNavigation::new(parts.concat()).for_page("/a");
            assert!(marked.len() >= parts.concat().len());
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
        ] {
            assert_eq!(RenderedNavigation::new(html.to_owned()).for_page("/a"), html);
        }
    }
}
