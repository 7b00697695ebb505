//! Why a page differs from the reference: general rules that recognise a cause from the two texts alone, or from what
//! the program itself reported. No rule knows a page.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{Aspect, Compared, Difference};
use super::diff::diff;

/// A cause of differences that COMPATIBILITY.md documents.
pub(crate) struct Cause {
    /// What was, in the first column of the table.
    pub(crate) was: &'static str,
    /// What is here, in the last.
    pub(crate) is: &'static str,
    /// Whether a piece of text differs because of it.
    recognises: fn(&Piece<'_>) -> bool,
}

/// Lines of the reference, and what stands in their place here.
struct Piece<'a> {
    expected: String,
    found: String,
    /// The lines of both.
    lines: [Vec<String>; 2],
    page: &'a Page<'a>,
}

/// A page with what is known of it besides.
pub(crate) struct Page<'a> {
    pub(crate) compared: &'a Compared<'a>,
    /// Whether the program reported that it repaired the translation of this page, or of data it shows.
    pub(crate) repaired: bool,
}

/// The causes, in the order in which they are tried.
pub(crate) const CAUSES: &[Cause] = &[
    Cause {
        was: "Placeholders such as `<file>` vanished from shell code",
        is: "shows them",
        recognises: |piece| {
            piece.found.contains('<')
                && solid(&piece.expected) == solid(&without(&piece.found, '<', '>'))
        },
    },
    Cause {
        was: "A shell fence indented by four spaces outside a list was a literal `<pre>`",
        is: "code",
        recognises: |piece| piece.expected.contains("<pre><code class=") && same_letters(piece),
    },
    Cause {
        was: "Code, quotes and HTML in steps came apart and were printed as written",
        is: "whole",
        recognises: |piece| piece.expected.contains("</") && same_letters(piece),
    },
    Cause {
        was: "List items were printed with their marks and pictures as written",
        is: "list items",
        recognises: |piece| piece.expected.contains("](") && same_letters(piece),
    },
    Cause {
        was: "A table right behind a line of text was printed with its bars",
        is: "a table",
        recognises: |piece| piece.expected.contains("| --") && same_letters(piece),
    },
    Cause {
        was: "A numbered list right behind a line of text was running text",
        is: "a list",
        recognises: |piece| markers(&piece.expected) > markers(&piece.found) && same_letters(piece),
    },
    Cause {
        was: "Emphasis beside Chinese letters and punctuation printed its marks",
        is: "emphasis",
        recognises: |piece| {
            stars(&piece.expected) > stars(&piece.found)
                && piece.expected.replace('*', "") == piece.found.replace('*', "")
        },
    },
    Cause {
        was: "A line of `=` under the lazy text of an item made it a heading",
        is: "text, as in CommonMark",
        recognises: |piece| {
            piece.expected.is_empty()
                && piece.lines[1].iter().all(|line| line.bytes().all(|byte| byte == b'='))
        },
    },
    Cause {
        was: "Liquid was printed as written",
        is: "evaluated",
        recognises: |piece| piece.expected.contains("{%") && !piece.found.contains("{%"),
    },
    Cause {
        was: "Damaged references of translations printed nothing, leftovers were printed",
        is: "repaired where the source proves what was meant",
        recognises: |piece| {
            let (expected, found) = (visible(&piece.expected), visible(&piece.found));
            piece.page.repaired && is_spread_over(&expected, &found)
        },
    },
    Cause {
        was: "Link tags of translations led to old addresses: English or doubled titles",
        is: "the pages of the source's list",
        recognises: |piece| piece.page.repaired && is_of_links(piece),
    },
    Cause {
        was: "Featured links came from the front matter of the translation",
        is: "structure comes from the default language",
        recognises: |piece| {
            let [_, own] = &piece.page.compared.page_links;
            piece.page.compared.row.language != "en"
                && piece.expected.contains('→')
                && piece.lines[1].iter().all(|line| own.contains(line))
        },
    },
];

/// Causes of differences that are no text.
const ADDRESS: &str = "Chinese punctuation behind a bare address was part of it";
const LISTS: &str = "Lists went on behind text that ends them, or broke off";
const SINGLE: &str = "A product's own page had itself as its only breadcrumb";
const NAME: &str = "The product's name in breadcrumbs was English";
const WAY: &str = "Map topics were missing where the list of the translation was behind";

/// The same with what is here instead.
pub(crate) const OTHER_CAUSES: &[(&str, &str)] = &[
    (ADDRESS, "ends before it"),
    (LISTS, "CommonMark's lists"),
    (SINGLE, "the theme shows none"),
    (NAME, "in the reader's language"),
    (WAY, "the way is that of the default language"),
];

/// The causes of all that differs in a page: for each aspect those that explain it, or none.
pub(crate) fn causes(page: &Page<'_>) -> BTreeMap<Aspect, BTreeSet<&'static str>> {
    let mut found: BTreeMap<Aspect, BTreeSet<&'static str>> = BTreeMap::new();
    for difference in &page.compared.differences {
        let own = match difference.aspect {
            Aspect::Text | Aspect::Title | Aspect::Intro => of_text(difference, page),
            Aspect::External => of_addresses(difference),
            Aspect::Structure => of_lists(difference),
            Aspect::Breadcrumbs => of_breadcrumbs(difference, page),
            Aspect::Headings | Aspect::MiniToc => None,
        };
        let text = found.get(&Aspect::Text).filter(|causes| !causes.is_empty()).cloned();
        // What took the text apart took lists and headings apart too.
        let causes = match difference.aspect {
            Aspect::Structure => text.or(own),
            _ => own.or(text),
        };
        let causes = causes.unwrap_or_default();
        found.insert(difference.aspect, causes);
    }
    found
}

/// The causes of the pieces in which two texts differ; none if one piece has none.
fn of_text(difference: &Difference, page: &Page<'_>) -> Option<BTreeSet<&'static str>> {
    let mut causes = BTreeSet::new();
    for piece in pieces(difference, page) {
        causes.insert(CAUSES.iter().find(|cause| (cause.recognises)(&piece))?.was);
    }
    Some(causes)
}

fn pieces<'a>(difference: &Difference, page: &'a Page<'a>) -> Vec<Piece<'a>> {
    let lines = diff(&difference.expected.join("\n"), &difference.found.join("\n"));
    let mut pieces = Vec::new();
    for group in lines.lines().collect::<Vec<_>>().split(|line| line.starts_with("  ")) {
        let of = |mark: &str| group.iter().filter_map(|line| line.strip_prefix(mark)).collect();
        let (expected, found): (Vec<&str>, Vec<&str>) = (of("- "), of("+ "));
        if !group.is_empty() {
            pieces.push(Piece {
                expected: expected.join(" "),
                found: found.join(" "),
                lines: [expected, found].map(|all| all.into_iter().map(str::to_owned).collect()),
                page,
            });
        }
    }
    pieces
}

fn of_addresses(difference: &Difference) -> Option<BTreeSet<&'static str>> {
    let same = difference.expected.len() == difference.found.len();
    let is_cut = |(expected, found): (&String, &String)| {
        expected.strip_prefix(&**found).is_some_and(|rest| {
            rest.is_empty()
                || ["%E3%80", "%EF%BC", "%EF%BD", "/%E3%80", "/%EF%BC", "/%EF%BD"]
                    .iter()
                    .any(|punctuation| rest.starts_with(punctuation))
        })
    };
    let all_cut = difference.expected.iter().zip(&difference.found).all(is_cut);
    (same && all_cut).then(|| BTreeSet::from([ADDRESS]))
}

/// Lists with the same items in all, parted elsewhere; everything else in the same order.
fn of_lists(difference: &Difference) -> Option<BTreeSet<&'static str>> {
    let sum = |lines: &[String]| {
        let mut items: BTreeMap<&str, usize> = BTreeMap::new();
        let mut others = Vec::new();
        for (name, count) in lines.iter().map(|line| line.split_once(' ').unwrap_or((line, ""))) {
            match (name, count.parse::<usize>()) {
                ("ol" | "ul", Ok(count)) => *items.entry(name).or_default() += count,
                _ => others.push((name.to_owned(), count.to_owned())),
            }
        }
        (
            items.into_iter().map(|(name, count)| (name.to_owned(), count)).collect::<Vec<_>>(),
            others,
        )
    };
    (sum(&difference.expected) == sum(&difference.found)).then(|| BTreeSet::from([LISTS]))
}

fn of_breadcrumbs(difference: &Difference, page: &Page<'_>) -> Option<BTreeSet<&'static str>> {
    let Difference { expected, found, .. } = difference;
    if expected.len() == 1 && found.is_empty() {
        return Some(BTreeSet::from([SINGLE]));
    }
    let mut causes = BTreeSet::new();
    let href = |line: &String| line.split(' ').next().unwrap_or_default().to_owned();
    let [own, english] = &page.compared.ways;
    let own_way: Vec<&String> = own.iter().map(|(href, _)| href).collect();
    let expected_way: Vec<String> = expected.iter().map(href).collect();
    if !expected_way.iter().eq(own_way.iter().copied()) {
        let start = format!("/{}/", page.compared.row.language);
        let source = english.iter().map(|(href, _)| href.replacen("/en/", &start, 1));
        let is_longer = expected_way.iter().all(|step| own_way.contains(&step));
        let is_that_of_the_source = source.eq(own_way.iter().map(|href| (*href).clone()));
        causes.insert(Some(WAY).filter(|_| is_longer && is_that_of_the_source)?);
    }
    for line in expected.iter().filter(|line| !found.contains(line)) {
        let (href, title) = (&own.first()?.0, &english.first()?.1);
        causes.insert(Some(NAME).filter(|_| *line == format!("{href} {title}"))?);
    }
    Some(causes)
}

/// Whether both sides are nothing but links that stand for pages.
fn is_of_links(piece: &Piece<'_>) -> bool {
    let sides = piece.lines.iter().zip(&piece.page.compared.page_links);
    let mut all = sides.flat_map(|(lines, links)| lines.iter().map(|line| links.contains(line)));
    all.all(|is_link| is_link)
}

/// Whether both sides say the same, if marks of Markdown and HTML are no part of what is said.
fn same_letters(piece: &Piece<'_>) -> bool {
    letters(&bare(&piece.expected)) == letters(&bare(&piece.found))
}

/// `text` without tags, addresses of links and pictures, pictures, and markers of lists.
fn bare(text: &str) -> String {
    let text = without_pictures(&without(text, '<', '>')).replace("](", "]\u{0}");
    let text = without(&text, '\u{0}', ')');
    let is_marker = |word: &&str| !is_number(word);
    text.split_whitespace().filter(is_marker).collect::<Vec<_>>().join(" ")
}

fn without_pictures(text: &str) -> String {
    let mut kept = String::new();
    for (number, part) in text.split("![").enumerate() {
        let rest = part.split_once("](").and_then(|(_, rest)| rest.split_once(')'));
        kept.push_str(match rest {
            Some((_, rest)) if number > 0 => rest,
            _ => part,
        });
    }
    kept
}

fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn is_number(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn markers(text: &str) -> usize {
    text.split_whitespace().filter(|word| is_number(word)).count()
}

fn stars(text: &str) -> usize {
    text.matches('*').count()
}

/// `text` without what stands between `start` and the next `end`, and without these.
fn without(text: &str, start: char, end: char) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(start) {
        let Some(length) = rest[at..].find(end) else { break };
        kept.push_str(&rest[..at]);
        rest = &rest[at + length + end.len_utf8()..];
    }
    kept + rest
}

fn solid(text: &str) -> String {
    text.split_whitespace().collect()
}

/// `text` without white space, letters that nobody sees, and `<0>` and its like.
fn visible(text: &str) -> String {
    let mut text = text.to_owned();
    for number in 0..10 {
        text = text.replace(&format!("<{number}>"), "").replace(&format!("</{number}>"), "");
    }
    let is_seen = |letter: &char| !matches!(letter, '\u{200b}'..='\u{200d}' | '\u{feff}');
    text.chars().filter(is_seen).filter(|letter| !letter.is_whitespace()).collect()
}

/// Whether all of `few` stands in `many`, in that order, with more between.
fn is_spread_over(few: &str, many: &str) -> bool {
    let mut many = many.chars();
    few.chars().all(|letter| many.any(|other| other == letter))
}
