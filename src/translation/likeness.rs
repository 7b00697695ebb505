//! How much two blocks are alike.

use super::traits::Traits;
use crate::markdown::BlockKind;

/// Whether two bodies say the same things with the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// They are in the same language.
    Same,
    /// They are in different languages: words say nothing.
    Translated,
}

/// Less than any likeness.
pub(super) const NONE: i64 = i64::MIN / 4;

/// Of blocks that are the same.
const EQUAL: i64 = 700;

/// What two blocks are worth as a pair: above zero where one is likely to stand for the other.
pub(super) fn likeness(left: &Traits, right: &Traits, wording: Wording) -> i64 {
    let Some(loss) = of_kinds(left.kind, right.kind, wording) else { return NONE };
    if left.whole == right.whole {
        return EQUAL;
    }
    let alike = match wording {
        Wording::Same => of_words(left, right),
        Wording::Translated => of_things(left, right),
    };
    alike - loss
}

/// What is lost where two blocks are not quite of the same kind; nothing where they cannot stand for each other.
fn of_kinds(left: BlockKind, right: BlockKind, wording: Wording) -> Option<i64> {
    use BlockKind::{
        Alert, BulletList, Code, Heading, Item, OrderedList, Paragraph, Quote, Raw, Table,
    };
    match (left, right) {
        _ if left == right => Some(0),
        (Heading(_), Heading(_)) => Some(100),
        // These never stand in the same block, but translations tear items out of their lists.
        (Item, Paragraph) | (Paragraph, Item) if wording == Wording::Translated => Some(100),
        (BulletList, OrderedList) | (OrderedList, BulletList) => Some(100),
        (Quote | Alert | Raw("div"), Quote | Alert | Raw("div")) => Some(100),
        (Paragraph, Raw("p")) | (Raw("p"), Paragraph) => Some(50),
        (Code, Raw("pre")) | (Raw("pre"), Code) => Some(50),
        (Table, Raw("table")) | (Raw("table"), Table) => Some(50),
        _ => None,
    }
}

/// In the same language, words that are not shared speak against a pair.
fn of_words(left: &Traits, right: &Traits) -> i64 {
    let (words, all_words) = left.words.shared(&right.words);
    let (things, all_things) = left.things.shared(&right.things);
    // Where there is nothing to compare, the kind alone makes a weak pair.
    share(2 * (words + things) + 1, all_words + all_things + 2) - 350
}

/// Between languages, things that both have speak for a pair; where there are none, length does.
fn of_things(left: &Traits, right: &Traits) -> i64 {
    let (both, all) = left.things.shared(&right.things);
    let known = share(2 * both + 1, all + 2) * 3 / 4;
    // Ids of translated headings are those of the source, by their order.
    let named = if left.id.is_some() && left.id == right.id { 200 } else { 0 };
    known - 200 + of_lengths(left, right) + named
}

/// Parts of a thousand.
fn share(part: usize, all: usize) -> i64 {
    i64::try_from(part * 1_000 / all.max(1)).unwrap_or(0)
}

/// Up to a hundred, where both are equally long: bytes of most scripts say about as much.
fn of_lengths(left: &Traits, right: &Traits) -> i64 {
    let (short, long) = (left.length.min(right.length), left.length.max(right.length));
    share(short + 8, long + 8) / 10
}

#[cfg(test)]
mod tests {
    use super::super::traits::Marks;
    use super::*;

    fn paragraph(text: &str, things: &[&str]) -> Traits {
        let mut traits = Traits::new(BlockKind::Paragraph);
        traits.text(text);
        things.iter().for_each(|thing| traits.thing('l', thing, 2));
        traits.settle();
        traits
    }

    #[track_caller]
    fn check(left: &Traits, right: &Traits, wording: Wording, is_pair: bool) {
        let found = likeness(left, right, wording);
        assert_eq!(found > 0, is_pair, "{found}");
    }

    #[test]
    fn a_sentence_that_was_edited_is_the_same_sentence() {
        let (left, right) =
            (paragraph("You can run a b c.", &[]), paragraph("You can run b c d.", &[]));
        check(&left, &right, Wording::Same, true);
        check(&left, &paragraph("Nothing of this is like it.", &[]), Wording::Same, false);
    }

    #[test]
    fn links_decide_between_languages() {
        let left = paragraph("See this.", &["/a"]);
        check(&left, &paragraph("参见。", &["/a"]), Wording::Translated, true);
        check(&left, &paragraph("参见。", &["/b", "/c", "/d"]), Wording::Translated, false);
        check(&left, &paragraph("参见。", &[]), Wording::Translated, true);
    }

    #[test]
    fn blocks_of_other_kinds_are_no_pair() {
        let item = Traits::new(BlockKind::Item);
        check(&item, &paragraph("", &[]), Wording::Same, false);
        check(&Traits::new(BlockKind::Code), &paragraph("", &[]), Wording::Translated, false);
    }

    #[test]
    fn nothing_is_shared_with_nothing() {
        assert_eq!(Marks::default().shared(&Marks::default()), (0, 0));
    }
}
