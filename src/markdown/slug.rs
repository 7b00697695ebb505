//! Ids of headings: slugs as the original site made them, and a translation's ids from its source.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Heading;

/// Beyond this many pairs of headings, a translation is paired with its source by position only.
const PAIRS: usize = 1 << 20;

/// The id that a heading would have on its own.
#[derive(Clone, Debug)]
pub(super) enum OwnId {
    /// Stated in the text: `{#id}`.
    Stated(String),
    /// Made from the text, white space not collapsed.
    Slug(String),
}

/// Gives each heading its id: that of its original in the source, or its own. Returns the ids that were stated where
/// another heading has them already.
pub(super) fn assign_ids(
    headings: &mut [Heading],
    own: Vec<OwnId>,
    source: Option<&[Heading]>,
) -> Vec<(String, Range<u32>)> {
    let pairs = source.map(|source| pair(headings, source)).unwrap_or_default();
    let mut slugs = Vec::with_capacity(own.len());
    let mut ids = Vec::with_capacity(own.len());
    for own in own {
        let (id, slug) = match own {
            OwnId::Stated(id) => (Some(id), String::new()),
            OwnId::Slug(slug) => (None, slug),
        };
        ids.push(id);
        slugs.push(slug);
    }
    let stated = ids.clone();
    for (at, id) in pairs {
        ids[at] = Some(id.to_owned());
    }
    let mut used = Used::default();
    let mut taken = Vec::new();
    for ((id, stated), heading) in ids.iter_mut().zip(stated).zip(&*headings) {
        let Some(id) = id else { continue };
        let claimed = used.claim(id);
        if claimed != *id && stated.as_ref() == Some(id) {
            taken.push((std::mem::take(id), heading.at.clone()));
        }
        *id = claimed;
    }
    for ((heading, id), slug) in headings.iter_mut().zip(ids).zip(slugs) {
        heading.id = id.unwrap_or_else(|| used.claim(&slug));
    }
    taken
}

/// A text as an id: lower case, punctuation and emoji left out, white space as hyphens.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !is_left_out(*letter)) {
        if letter.is_whitespace() {
            slug.push('-');
        } else {
            slug.extend(letter.to_lowercase());
        }
    }
    slug
}

fn is_left_out(letter: char) -> bool {
    match letter {
        '-' | '_' => false,
        '\u{2000}'..='\u{206f}' | '\u{2e00}'..='\u{2e7f}' => true,
        _ => {
            letter.is_ascii_punctuation()
                || letter.is_control() && !letter.is_whitespace()
                || is_emoji(letter)
        }
    }
}

fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{fe0f}' | '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}'
        | '\u{2b05}'..='\u{2b55}' | '\u{231a}'..='\u{23ff}' | '\u{2190}'..='\u{21ff}')
        && (letter == '\u{fe0f}' || emojis::get(letter.encode_utf8(&mut [0; 4])).is_some())
}

/// The ids that a page has, and how often each was asked for.
#[derive(Default)]
struct Used {
    counts: BTreeMap<String, usize>,
    ids: BTreeSet<String>,
}

impl Used {
    /// `id`, with a number behind it when it is taken.
    fn claim(&mut self, id: &str) -> String {
        let mut claimed = id.to_owned();
        let count = self.counts.entry(claimed.clone()).or_default();
        while !self.ids.insert(claimed.clone()) {
            *count += 1;
            claimed = format!("{id}-{count}");
        }
        claimed
    }
}

/// Which heading has which heading of the source as its original.
fn pair<'a>(headings: &[Heading], source: &'a [Heading]) -> Vec<(usize, &'a str)> {
    let levels = |all: &[Heading]| all.iter().map(|heading| heading.level).collect::<Vec<_>>();
    let (own, original) = (levels(headings), levels(source));
    let pairs = if own == original || own.len().saturating_mul(original.len()) > PAIRS {
        (0..own.len().min(original.len())).map(|at| (at, at)).collect()
    } else {
        longest_common(&own, &original)
    };
    pairs.into_iter().map(|(at, there)| (at, source[there].id.as_str())).collect()
}

/// The positions of a longest common subsequence, as pairs, ascending.
fn longest_common(own: &[u8], original: &[u8]) -> Vec<(usize, usize)> {
    let width = original.len() + 1;
    let mut lengths = vec![0u32; (own.len() + 1) * width];
    for at in (0..own.len()).rev() {
        for there in (0..original.len()).rev() {
            lengths[at * width + there] = if own[at] == original[there] {
                lengths[(at + 1) * width + there + 1] + 1
            } else {
                lengths[(at + 1) * width + there].max(lengths[at * width + there + 1])
            };
        }
    }
    let (mut at, mut there, mut pairs) = (0, 0, Vec::new());
    while at < own.len() && there < original.len() {
        if own[at] == original[there] {
            pairs.push((at, there));
            (at, there) = (at + 1, there + 1);
        } else if lengths[(at + 1) * width + there] >= lengths[at * width + there + 1] {
            at += 1;
        } else {
            there += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(written: &str) -> Vec<Heading> {
        let heading = |line: &str| {
            let (marks, text) = line.split_once(' ').expect("a heading has a space");
            Heading {
                level: u8::try_from(marks.len()).expect("few marks"),
                id: String::new(),
                html: String::new(),
                text: text.to_owned(),
                platform: String::new(),
                at: 0..0,
            }
        };
        written.lines().map(heading).collect()
    }

    fn own_ids(headings: &[Heading]) -> Vec<OwnId> {
        headings.iter().map(|heading| OwnId::Slug(slug(&heading.text))).collect()
    }

    #[track_caller]
    fn check(written: &str, source: Option<&str>, expected: &str) {
        let source = source.map(|source| {
            let mut source = headings(source);
            let slugs = own_ids(&source);
            assign_ids(&mut source, slugs, None);
            source
        });
        let mut own = headings(written);
        let slugs = own_ids(&own);
        assign_ids(&mut own, slugs, source.as_deref());
        let ids: Vec<&str> = own.iter().map(|heading| heading.id.as_str()).collect();
        assert_eq!(ids.join(" "), expected);
    }

    #[test]
    fn punctuation_goes_and_spaces_become_hyphens() {
        check("## What's new? (a_b & c)", None, "whats-new-a_b--c");
    }

    #[test]
    fn emoji_go_and_cjk_stays() {
        check("## 设置：🎉 Foo（X）", None, "设置：-foo（x）");
    }

    #[test]
    fn repeated_headings_are_numbered() {
        check("## a\n## a\n## a-1\n## a", None, "a a-1 a-1-1 a-2");
    }

    #[test]
    fn a_translation_takes_the_ids_of_its_source() {
        check("## 一\n### 二", Some("## One\n### Two"), "one two");
    }

    #[test]
    fn an_extra_heading_has_its_own_id() {
        check("## 一\n### 多\n## 二", Some("## One\n## Two"), "one 多 two");
    }

    #[test]
    fn an_own_id_does_not_take_one_of_the_source() {
        check("### One\n## 一", Some("## One"), "one-1 one");
    }
}
