//! Whether a translation has everything of its source that is no words, and nothing else of the kind.

use std::collections::BTreeMap;

use super::marked::things_of;
use super::protect::{Piece, protect};
use crate::liquid::{self, Syntax};
use crate::messages::Message;
use crate::source::{FileId, TextId};
use crate::translation::Segments;
use crate::translation::html::is_void;

/// Why a translation cannot be taken, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) message: Message,
    pub(super) hint: Message,
}

/// Judges a translation of `source`.
pub(super) fn judge(source: &str, target: &str, syntax: &Syntax) -> Result<(), Refusal> {
    things(source, target)?;
    line_breaks(source, target)?;
    blocks(source, target)?;
    order(source, target, syntax)
}

fn refusal(message: Message, hint: Message) -> Refusal {
    Refusal { message, hint }
}

/// Everything protected has to be there as often as in the source.
fn things(source: &str, target: &str) -> Result<(), Refusal> {
    let mut counts: BTreeMap<(String, Option<String>), (usize, usize)> = BTreeMap::new();
    for thing in things_of(&protect(source)) {
        counts.entry(thing).or_default().0 += 1;
    }
    for thing in things_of(&protect(target)) {
        counts.entry(thing).or_default().1 += 1;
    }
    let fewer = counts.iter().find(|(_, (there, here))| here < there);
    let more = counts.iter().find(|(_, (there, here))| here > there);
    Err(match (fewer, more) {
        (None, None) => return Ok(()),
        (Some((lost, _)), Some((added, (0, _)))) => refusal(
            Message::new("import-thing-changed")
                .with("lost", shown(lost))
                .with("added", shown(added)),
            Message::new("import-thing-changed-hint").with("lost", shown(lost)),
        ),
        (Some((lost, _)), _) => refusal(
            Message::new("import-thing-lost").with("lost", shown(lost)),
            Message::new("import-thing-lost-hint"),
        ),
        (None, Some((added, (0, _)))) => refusal(
            Message::new("import-thing-added").with("added", shown(added)),
            Message::new("import-take-out-hint"),
        ),
        (None, Some((doubled, (there, here)))) => refusal(
            Message::new("import-thing-doubled")
                .with("thing", shown(doubled))
                .with("here", here.to_string())
                .with("there", there.to_string()),
            Message::new("import-take-out-hint"),
        ),
    })
}

/// Something protected as people read it; of a pair what is around the words.
fn shown((first, second): &(String, Option<String>)) -> String {
    let text = match second {
        Some(second) => format!("{first}…{second}"),
        None => first.clone(),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(120) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// What is on one line stays there, and what is one paragraph too.
fn line_breaks(source: &str, target: &str) -> Result<(), Refusal> {
    let has_blank = |text: &str| text.lines().any(|line| line.trim().is_empty());
    if target.contains('\n') && !source.contains('\n') {
        return Err(refusal(
            Message::new("import-line-break"),
            Message::new("import-line-break-hint"),
        ));
    }
    if has_blank(target) && !has_blank(source) {
        return Err(refusal(
            Message::new("import-empty-line"),
            Message::new("import-take-out-hint"),
        ));
    }
    Ok(())
}

/// As Markdown it has to be the same kinds of blocks.
fn blocks(source: &str, target: &str) -> Result<(), Refusal> {
    let kinds = |text: &str| {
        let list = Segments::new(text).list;
        list.into_iter().map(|segment| segment.kind).collect::<Vec<_>>()
    };
    if kinds(source) == kinds(target) {
        return Ok(());
    }
    Err(refusal(Message::new("import-other-block"), Message::new("import-other-block-hint")))
}

/// What belongs together has to stand in its order.
fn order(source: &str, target: &str, syntax: &Syntax) -> Result<(), Refusal> {
    let faults =
        |text: &str| liquid::parse(TextId::whole(FileId(0)), text, syntax).diagnostics.len();
    let is_whole = faults(source) == 0;
    let same_order = || block_tags(source, syntax) == block_tags(target, syntax);
    if (is_whole && faults(target) > 0) || (!is_whole && !same_order()) {
        return Err(refusal(
            Message::new("import-tags-swapped"),
            Message::new("import-swapped-hint"),
        ));
    }
    if elements(&protect(source)).is_some() && elements(&protect(target)).is_none() {
        return Err(refusal(
            Message::new("import-elements-swapped"),
            Message::new("import-swapped-hint"),
        ));
    }
    Ok(())
}

/// The tags of a text that open, divide or close something.
fn block_tags<'t>(text: &'t str, syntax: &Syntax) -> Vec<(&'t str, &'t str)> {
    let marks = liquid::marks(text).into_iter();
    let is_block = |name: &str| {
        liquid::closing_tag(name, syntax).is_some()
            || name.starts_with("end")
            || matches!(name, "else" | "elsif" | "when")
    };
    marks.filter(|mark| is_block(mark.name)).map(|mark| (mark.name, mark.arguments)).collect()
}

/// Goes through the HTML of a text; nothing where it does not nest.
fn elements(pieces: &[Piece<'_>]) -> Option<()> {
    let mut open: Vec<String> = Vec::new();
    for piece in pieces {
        let Some(tag) = piece.text.strip_prefix('<') else { continue };
        let is_end = tag.starts_with('/');
        let name = tag.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        let is_address = matches!(&*name, "" | "http" | "https" | "mailto");
        if is_address || is_void(&name) || tag.ends_with("/>") {
            continue;
        }
        if is_end {
            (open.pop()? == name).then_some(())?;
        } else {
            open.push(name);
        }
    }
    open.is_empty().then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::{Catalog, MessageLanguage};

    #[track_caller]
    fn check(source: &str, target: &str, expected: &str) {
        let found = judge(source, target, &Syntax::default());
        let words = Catalog::of(MessageLanguage::English);
        let said = |refusal: Refusal| words.say(&refusal.message);
        let found = found.map_or_else(said, |()| "taken".to_owned());
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_protected_may_stand_elsewhere() {
        check("a {% data x %} [b](/c) `d`", "`d` 乙 [丙](/c) {% data x %}", "taken");
        check("a **b** c", "甲乙丙", "taken");
        check(
            "{% if a %}b{% endif %} {% if c %}d{% endif %}",
            "{% if c %}丁{% endif %}{% if a %}乙{% endif %}",
            "taken",
        );
    }

    #[test]
    fn what_is_lost_doubled_changed_or_added_is_refused() {
        check("a {% data x %}", "甲", "`{% data x %}` is missing");
        check("a `b`", "`b` 甲 `b`", "``b`` is there 2 times, and 1 in the source");
        check("[a](/b)", "[甲](/c)", "`[…](/b)` was changed into `[…](/c)`");
        check("a", "甲 <b>", "`<b>` is not in the source");
        check("a", "甲 {{ x }}", "`{{ x }}` is not in the source");
        check("a", "[甲](javascript:x)", "`[…](javascript:x)` is not in the source");
        check("| a | b |", "| 甲 | 乙 | 丙 |", "`|` is there 4 times, and 3 in the source");
    }

    #[test]
    fn what_would_be_another_block_is_refused() {
        check("a", "- 甲", "`-` is not in the source");
        check("a", "甲\n乙", "there is a line break in it");
        check("a\nb", "甲\n\n乙", "there is an empty line in it");
        check("a\nb", "甲\n---", "it would be another kind of block than the source");
    }

    #[test]
    fn what_belongs_together_stays_in_order() {
        let message = "the tags are in an order that makes no sense";
        check("{% if a %}b{% endif %}", "{% endif %}乙{% if a %}", message);
        check("{% if a %}b {% else %}c", "{% else %}乙{% if a %}", message);
        let message = "the HTML elements are in an order that makes no sense";
        check("<kbd>a</kbd>", "</kbd>甲<kbd>", message);
    }
}
