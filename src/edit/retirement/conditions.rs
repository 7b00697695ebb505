//! Conditions that only the retired version told apart from others.

use std::collections::{BTreeMap, HashMap};

use super::blocks::{Arm, Block, Cut, blocks, cut};
use crate::check::Facts;
use crate::liquid::{Branch, BranchRole, VersionFacts};
use crate::load::LiquidText;
use crate::model::{DatumValue, Edition, Page, Site};
use crate::source::{Splice, TextId};
use crate::variant::VersionSet;

/// What can be said of a part of a block, in a site.
#[derive(Clone, Copy, Debug)]
struct Truth {
    /// Whether no version shows the part.
    is_dead: bool,
    /// Whether every version that comes to the tag shows it.
    is_certain: bool,
}

/// A text with decided conditions: what is cut out of it, in the two ways.
#[derive(Debug)]
pub(super) struct Decided {
    /// The text.
    pub(super) text: TextId,
    exact: Vec<Splice>,
    lines: Vec<Splice>,
    /// How many blocks are simpler, or gone.
    pub(super) blocks: usize,
}

impl Decided {
    /// The replacements, cut in this way.
    pub(super) fn splices(&self, how: Cut) -> &[Splice] {
        match how {
            Cut::Exact => &self.exact,
            Cut::Lines => &self.lines,
        }
    }
}

/// The texts of a site with conditions that were open in `before` and are decided in `after`: the same files, judged
/// with the retired version and without it.
pub(super) fn decided(before: &Site, after: &Site) -> Vec<Decided> {
    let (old, new) = (Facts::new(before), Facts::new(after));
    let (texts, then) = (texts(before), texts(after));
    let mut decided = BTreeMap::new();
    for (id, (text, page)) in &texts {
        let Some((same, now)) = then.get(id) else { continue };
        let source = before.source(text);
        let is_same = before.sources.text(*id) == after.sources.text(same.id);
        if text.damaged || !is_same || !source.text.contains("{%") {
            continue;
        }
        let was = truths(&source.branches(&old, come(&old, *page)));
        let is = truths(&after.source(same).branches(&new, come(&new, *now)));
        if let Some(found) = simplified(*id, source.text, &was, &is) {
            decided.insert(*id, found);
        }
    }
    decided.into_values().collect()
}

type Texts<'a> = BTreeMap<TextId, (&'a LiquidText, Option<&'a Page>)>;

/// All texts with Liquid; those of a page with the page, as no other versions come to them.
fn texts(site: &Site) -> Texts<'_> {
    let mut texts = Texts::new();
    for page in &site.pages {
        let editions = std::iter::once(&page.source).chain(page.translations.values());
        for text in editions.flat_map(of_edition) {
            texts.insert(text.id, (text, Some(page)));
        }
    }
    let data = site.data.values().iter().flat_map(|datum| datum.all());
    let data = data.filter_map(|(.., value)| match value {
        DatumValue::Text(text) => Some(text),
        _ => None,
    });
    texts.extend(data.chain(site.includes.values()).map(|text| (text.id, (text, None))));
    texts
}

fn of_edition(edition: &Edition) -> impl Iterator<Item = &LiquidText> {
    let front = &edition.front;
    let strings =
        [&front.title, &front.short_title, &front.intro, &front.product, &front.permissions];
    strings.into_iter().flatten().chain([&edition.body])
}

/// The versions that come to a text, those to come included.
fn come(facts: &Facts<'_>, page: Option<&Page>) -> VersionSet {
    page.map_or_else(|| facts.all(), |page| facts.of_page(page))
}

/// What is known of each part, by where its tag begins. Of what nobody comes to, nothing is.
fn truths(branches: &[Branch]) -> HashMap<usize, Truth> {
    let truth = |branch: &Branch| {
        let is_certain = branch.role != BranchRole::Else && branch.hold == branch.come;
        (branch.span.range().start, Truth { is_dead: branch.hold.is_empty(), is_certain })
    };
    branches.iter().map(truth).collect()
}

/// What is cut out of a text, if something is decided now.
fn simplified(
    id: TextId,
    text: &str,
    was: &HashMap<usize, Truth>,
    is: &HashMap<usize, Truth>,
) -> Option<Decided> {
    let mut work = Work {
        text,
        was,
        is,
        decided: Decided { text: id, exact: Vec::new(), lines: Vec::new(), blocks: 0 },
    };
    work.all(&blocks(text)?);
    let Work { mut decided, .. } = work;
    let order = |splice: &Splice| (splice.range.start, splice.range.end);
    decided.exact.sort_by_key(order);
    decided.lines.sort_by_key(order);
    decided.lines = merged(decided.lines);
    decided.exact = merged(decided.exact);
    (decided.blocks > 0).then_some(decided)
}

/// Cuts that run into each other are one: both have taken the same white space.
fn merged(splices: Vec<Splice>) -> Vec<Splice> {
    let mut merged: Vec<Splice> = Vec::new();
    for splice in splices {
        match merged.last_mut() {
            Some(last)
                if splice.range.start < last.range.end
                    && last.text.is_empty()
                    && splice.text.is_empty() =>
            {
                last.range.end = last.range.end.max(splice.range.end);
            }
            _ => merged.push(splice),
        }
    }
    merged
}

struct Work<'a> {
    text: &'a str,
    was: &'a HashMap<usize, Truth>,
    is: &'a HashMap<usize, Truth>,
    decided: Decided,
}

impl Work<'_> {
    fn all(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    /// Whether the part was shown somewhere, and is shown nowhere now.
    fn dies(&self, arm: &Arm) -> bool {
        let was = self.was.get(&arm.tag.start).is_some_and(|was| !was.is_dead);
        // What nobody comes to any more is not judged.
        was && self.is.get(&arm.tag.start).is_some_and(|is| is.is_dead)
    }

    /// Whether the part's condition was open, and holds for all that come to it now.
    fn is_decided(&self, arm: &Arm) -> bool {
        let was = self.was.get(&arm.tag.start).is_some_and(|was| !was.is_certain);
        was && self.is.get(&arm.tag.start).is_some_and(|is| is.is_certain && !is.is_dead)
    }

    fn block(&mut self, block: &Block) {
        let alive = |arm: &&Arm| !self.dies(arm);
        let mut kept: Vec<&Arm> = block.arms.iter().filter(alive).collect();
        let certain = kept.iter().position(|arm| self.is_decided(arm));
        if let Some(certain) = certain {
            kept.truncate(certain + 1);
        }
        let is_changed = kept.len() < block.arms.len() || certain.is_some();
        if !is_changed {
            block.arms.iter().for_each(|arm| self.all(&arm.inner));
            return;
        }
        let whole = block.arms.first().map_or(block.end.clone(), |arm| arm.tag.clone());
        let whole = whole.start..block.end.end;
        let is_else = |arm: &Arm| &self.text[arm.name.clone()] == "else";
        match kept.first() {
            None => self.cut(whole),
            Some(first) if certain == Some(0) || is_else(first) => {
                self.cut(whole.start..first.tag.end);
                self.cut(first.body.end..whole.end);
                self.all(&first.inner);
            }
            Some(_) => self.shorten(block, &kept, certain),
        }
        self.decided.blocks += 1;
    }

    /// Takes parts out of a block that stays one.
    fn shorten(&mut self, block: &Block, kept: &[&Arm], certain: Option<usize>) {
        let is_kept = |arm: &Arm| kept.iter().any(|kept| kept.tag == arm.tag);
        for arm in block.arms.iter().filter(|arm| !is_kept(arm)) {
            self.put(Splice { range: arm.tag.start..arm.body.end, text: String::new() });
        }
        let opening = &self.text[block.arms[0].name.clone()];
        let is_opened_anew = kept.first().is_some_and(|arm| arm.tag != block.arms[0].tag);
        let opening = if opening == "unless" { "if" } else { opening };
        for (number, arm) in kept.iter().enumerate() {
            if certain == Some(number) {
                let tag = &self.text[arm.tag.clone()];
                let left = if tag.starts_with("{%-") { "-" } else { "" };
                let right = if tag.ends_with("-%}") { "-" } else { "" };
                let text = format!("{{%{left} else {right}%}}");
                self.put(Splice { range: arm.tag.clone(), text });
            } else if number == 0 && is_opened_anew {
                self.put(Splice { range: arm.name.clone(), text: opening.to_owned() });
            }
            self.all(&arm.inner);
        }
        let end = &self.text[block.end.clone()];
        if let Some(at) = end.find("endunless").filter(|_| is_opened_anew) {
            let at = block.end.start + at;
            self.put(Splice { range: at..at + "endunless".len(), text: "endif".to_owned() });
        }
    }

    fn cut(&mut self, range: std::ops::Range<usize>) {
        self.decided.exact.push(cut(self.text, range.clone(), Cut::Exact));
        self.decided.lines.push(cut(self.text, range, Cut::Lines));
    }

    fn put(&mut self, splice: Splice) {
        self.decided.exact.push(splice.clone());
        self.decided.lines.push(splice);
    }
}
