//! The text of the source that a translated text stands for, and what has changed since then.

use std::collections::HashSet;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::segments::{Digest, Segments};
use super::traits::words;

/// What tells which text of the source a translation stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The translation's front matter names a commit.
    Commit,
    /// `variorum.lock`.
    Lock,
    /// The history of both files.
    History,
}

/// The source as it was when it was translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Then {
    /// Who says so.
    pub origin: Origin,
    /// The digests of its segments.
    pub digests: Vec<Digest>,
    /// What its segments said, where that is known.
    pub texts: Option<Vec<String>>,
}

/// What became of a segment of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// It is as it was.
    Same,
    /// It is another: it was that with this position.
    Changed(usize),
    /// There was none.
    New,
}

/// A segment that is gone: its position then, and before which position of today it stood.
pub type Gone = (usize, usize);

/// What has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What became of each segment.
    pub since: Vec<Since>,
    /// The segments that are gone, in order.
    pub gone: Vec<Gone>,
}

impl Changes {
    /// The segments that are gone from behind the one with this position; what stood before the first one is behind
    /// it, too.
    pub fn gone_behind(&self, at: usize) -> &[Gone] {
        let behind = |(_, before): &Gone| before.saturating_sub(1);
        let start = self.gone.partition_point(|gone| behind(gone) < at);
        let rest = &self.gone[start..];
        &rest[..rest.partition_point(|gone| behind(gone) == at)]
    }

    /// The same in two parts: what stood before the segment, as it is the first, and what stood behind it.
    pub fn gone_around(&self, at: usize) -> (&[Gone], &[Gone]) {
        let all = self.gone_behind(at);
        all.split_at(all.partition_point(|(_, before)| *before <= at))
    }
}

impl Then {
    /// What has changed since.
    pub fn changes(&self, now: &Segments) -> Changes {
        let digests: Vec<Digest> = now.list.iter().map(|segment| segment.digest).collect();
        changes(&self.digests, &digests)
    }
}

/// Lists whose lengths have a larger product are not aligned, as that could take as many steps.
const MOST: usize = 40_000_000;

fn changes(then: &[Digest], now: &[Digest]) -> Changes {
    let mut changes = Changes { since: vec![Since::New; now.len()], gone: Vec::new() };
    if then.len().saturating_mul(now.len()) > MOST {
        let known: HashSet<&Digest> = then.iter().collect();
        for (since, digest) in changes.since.iter_mut().zip(now) {
            *since = if known.contains(digest) { Since::Same } else { Since::New };
        }
        return changes;
    }
    for op in capture_diff_slices(Algorithm::Myers, then, now) {
        match op {
            DiffOp::Equal { new_index, len, .. } => {
                changes.since[new_index..new_index + len].fill(Since::Same);
            }
            DiffOp::Delete { old_index, old_len, new_index } => {
                changes.gone.extend((old_index..old_index + old_len).map(|old| (old, new_index)));
            }
            DiffOp::Insert { .. } => {}
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let both = old_len.min(new_len);
                for at in 0..both {
                    changes.since[new_index + at] = Since::Changed(old_index + at);
                }
                let rest = (old_index + both)..(old_index + old_len);
                changes.gone.extend(rest.map(|old| (old, new_index + new_len)));
            }
        }
    }
    changes
}

/// A state of a text and of its translation in the same commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The source.
    pub source: String,
    /// The translation.
    pub own: String,
}

/// The source that a translation stands for, as its history tells: `moments` are the commits that changed the
/// translation, the oldest first.
///
/// A commit brings a translation up to date block by block: where the source's block has changed and the translation's
/// has been rewritten, by about as much. So a corrected letter leaves what is stale as it is.
pub fn followed(moments: &[Moment]) -> Option<Then> {
    let (first, rest) = moments.split_first()?;
    let mut known = read(&first.source);
    let mut own = first.own.as_str();
    for moment in rest {
        known = follow(known, own, moment);
        own = &moment.own;
    }
    let (digests, texts) = known.into_iter().unzip();
    Some(Then { origin: Origin::History, digests, texts: Some(texts) })
}

fn read(source: &str) -> Vec<(Digest, String)> {
    let segments = Segments::new(source);
    let list = segments.list.iter();
    list.map(|segment| (segment.digest, source[segment.range.clone()].to_owned())).collect()
}

/// What the translation stands for behind a commit, of what it stood for before it.
fn follow(known: Vec<(Digest, String)>, before: &str, moment: &Moment) -> Vec<(Digest, String)> {
    let source = Segments::new(&moment.source);
    let digests: Vec<Digest> = known.iter().map(|(digest, _)| *digest).collect();
    let now: Vec<Digest> = source.list.iter().map(|segment| segment.digest).collect();
    if digests == now {
        return known;
    }
    let changes = changes(&digests, &now);
    let own = Rewritten::new(before, &moment.own);
    let mut counterparts = vec![None; source.list.len()];
    for beside in source.beside(&own.now) {
        if let (Some(source), Some(own)) = (beside.source, beside.own) {
            counterparts[source] = Some(own);
        }
    }
    // What is gone from the source goes with as much of the translation.
    let mut gone = changes.gone.iter().skip(own.given_up()).peekable();
    let mut followed = Vec::new();
    for (at, segment) in source.list.iter().enumerate() {
        while let Some((old, _)) = gone.next_if(|(_, before)| *before <= at) {
            followed.push(known[*old].clone());
        }
        let text = &moment.source[segment.range.clone()];
        let rewritten = counterparts[at].map_or(0, |own_at| own.share(own_at));
        match changes.since[at] {
            Since::Same => followed.push((segment.digest, text.to_owned())),
            Since::Changed(old) if 2 * rewritten < share(&known[old].1, text) => {
                followed.push(known[old].clone());
            }
            Since::New if 2 * rewritten < WHOLE => {}
            Since::Changed(_) | Since::New => followed.push((segment.digest, text.to_owned())),
        }
    }
    followed.extend(gone.map(|(old, _)| known[*old].clone()));
    followed
}

/// A text that is another one altogether.
const WHOLE: usize = 1_000;

/// A translation before and behind a commit.
struct Rewritten<'a> {
    texts: (&'a str, &'a str),
    then: Segments,
    now: Segments,
    changes: Changes,
}

impl<'a> Rewritten<'a> {
    fn new(before: &'a str, behind: &'a str) -> Self {
        let (then, now) = (Segments::new(before), Segments::new(behind));
        let digests =
            |segments: &Segments| segments.list.iter().map(|one| one.digest).collect::<Vec<_>>();
        let changes = changes(&digests(&then), &digests(&now));
        Self { texts: (before, behind), then, now, changes }
    }

    /// How many segments there are no longer, or are other ones now.
    fn given_up(&self) -> usize {
        let others = (0..self.now.list.len()).filter(|at| {
            matches!(self.changes.since[*at], Since::Changed(_)) && 2 * self.share(*at) >= WHOLE
        });
        self.changes.gone.len() + others.count()
    }

    /// How much of a segment is other than before, in parts of a thousand.
    fn share(&self, at: usize) -> usize {
        match self.changes.since[at] {
            Since::Same => 0,
            Since::New => WHOLE,
            Since::Changed(old) => share(
                &self.texts.0[self.then.list[old].range.clone()],
                &self.texts.1[self.now.list[at].range.clone()],
            ),
        }
    }
}

/// How much of a text has changed into another, in parts of a thousand of the words that it had: those that are gone or
/// those that have come, whichever are more.
fn share(before: &str, behind: &str) -> usize {
    let (before, behind): (Vec<&str>, Vec<&str>) =
        (words(before).collect(), words(behind).collect());
    if before.len().saturating_mul(behind.len()) > MOST {
        return if before == behind { 0 } else { WHOLE };
    }
    let ops = capture_diff_slices(Algorithm::Myers, &before, &behind);
    let same: usize =
        ops.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    let changed = (before.len() - same).max(behind.len() - same);
    changed * WHOLE / before.len().max(1)
}

#[cfg(test)]
mod tests {
    use super::{Moment, Since, followed};
    use crate::translation::Segments;

    /// What the translation stands for after these commits, a segment a line.
    #[track_caller]
    fn check(moments: &[(&str, &str)], expected: &[&str]) {
        let moments: Vec<Moment> = moments
            .iter()
            .map(|(source, own)| Moment { source: (*source).to_owned(), own: (*own).to_owned() })
            .collect();
        let then = followed(&moments).expect("there is a commit");
        assert_eq!(then.texts.expect("they are known"), expected);
    }

    #[test]
    fn a_word_that_was_exchanged_does_not_stand_for_five_new_ones() {
        let old = "Fill the kettle with water and close the lid.";
        let moments = [
            (old, "给水壶加水，然后合上盖子。"),
            (
                "Fill the kettle with fresh cold water from the tap and close the lid.",
                "给水壶加水，再合上盖子。",
            ),
        ];
        check(&moments, &[old]);
    }

    const OLD: &str = "Fill the kettle with water and switch it on.\n\nWait for the bell.";
    const NEW: &str = "Fill the kettle with fresh cold water, close the lid and switch it on.\n\nWait for the bell.";

    #[test]
    fn a_first_translation_stands_for_what_was_there() {
        check(
            &[(OLD, "给水壶加水，然后打开。\n\n等待铃声。")],
            &OLD.split("\n\n").collect::<Vec<_>>(),
        );
    }

    #[test]
    fn a_corrected_letter_brings_nothing_up_to_date() {
        let moments = [
            (OLD, "给水壶加水，然后打开。\n\n等待铃声。"),
            (NEW, "给水壶加水，再打开。\n\n等待铃声。"),
        ];
        check(&moments, &OLD.split("\n\n").collect::<Vec<_>>());
        let moments = [moments[0], (NEW, "给水壶加水，然后打开。\n\n请等待铃声响起来。")];
        check(&moments, &OLD.split("\n\n").collect::<Vec<_>>());
    }

    #[test]
    fn a_block_that_was_rewritten_is_up_to_date() {
        let moments = [
            (OLD, "给水壶加水，然后打开。\n\n等待铃声。"),
            (NEW, "给水壶加入新鲜的冷水，盖上盖子，然后打开。\n\n等待铃声。"),
        ];
        check(&moments, &NEW.split("\n\n").collect::<Vec<_>>());
    }

    #[test]
    fn a_new_block_counts_when_it_is_translated() {
        let (old, new) = ("Open `a`.\n\nClose `b`.", "Open `a`.\n\nClose `b`.\n\nRepeat `c`.");
        let moments = [(old, "打开 `a`。\n\n关闭 `b`。"), (new, "请打开 `a`。\n\n关闭 `b`。")];
        check(&moments, &["Open `a`.", "Close `b`."]);
        let moments = [moments[0], (new, "打开 `a`。\n\n关闭 `b`。\n\n重复 `c`。")];
        check(&moments, &["Open `a`.", "Close `b`.", "Repeat `c`."]);
    }

    #[test]
    fn what_changed_is_told_for_each_segment() {
        let moment = Moment { source: OLD.to_owned(), own: "一\n\n二".to_owned() };
        let then = followed(&[moment]).expect("there is a commit");
        let changes = then.changes(&Segments::new(NEW));
        assert_eq!(changes.since, [Since::Changed(0), Since::Same]);
        assert_eq!(changes.gone, []);
    }
}
