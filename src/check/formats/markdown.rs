//! Findings as a summary for a pull request, in which no text of the site is more than text.

use std::collections::BTreeMap;

use super::{Judgement, counted};
use crate::check::rows::Row;
use crate::diagnostic::{Severity, visible};

/// How many characters a comment of GitHub can have.
const LIMIT: usize = 65_536;

/// Kept for the line that says how many findings are left out.
const RESERVED: usize = 200;

/// A message is cut behind so many characters.
const LONGEST: usize = 1_000;

/// The new findings by rule, then one by one as far as a comment can hold them, errors first.
pub fn markdown(judgement: &Judgement<'_>) -> String {
    let mut page = Page::default();
    page.push(&format!("### variorum check: {}\n", judgement.tally().words()));
    if let Some(gone) = judgement.gone.filter(|gone| *gone > 0) {
        let them = counted(gone, "known finding");
        page.push(&format!("\n{them} no longer there: write the baseline anew.\n"));
    }
    rules(judgement, &mut page);
    list(judgement, &mut page);
    page.text
}

/// A text of limited length.
#[derive(Default)]
struct Page {
    text: String,
    characters: usize,
}

impl Page {
    /// Adds a piece, if there is room for it.
    fn push(&mut self, piece: &str) -> bool {
        let characters = self.characters + piece.chars().count();
        let fits = characters + RESERVED <= LIMIT;
        if fits {
            self.text.push_str(piece);
            self.characters = characters;
        }
        fits
    }
}

fn rules(judgement: &Judgement<'_>, page: &mut Page) {
    let mut rules: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    for row in judgement.new_rows() {
        *rules.entry((row.severity, row.code)).or_default() += 1;
    }
    if rules.is_empty() {
        return;
    }
    page.push("\n| Rule | Severity | Findings |\n| --- | --- | --: |\n");
    // Errors first, then what there is most of.
    let mut rules: Vec<_> = rules.into_iter().collect();
    rules.sort_by_key(|((severity, code), count)| {
        (std::cmp::Reverse(*severity), std::cmp::Reverse(*count), *code)
    });
    for ((severity, code), count) in rules {
        page.push(&format!("| `{code}` | {} | {count} |\n", severity.name()));
    }
}

fn list(judgement: &Judgement<'_>, page: &mut Page) {
    let of = |severity| judgement.new_rows().filter(move |row| row.severity == severity);
    let mut rows = of(Severity::Error).chain(of(Severity::Warning)).peekable();
    if rows.peek().is_some() {
        page.push("\n");
    }
    while let Some(row) = rows.peek() {
        if !page.push(&item(row)) {
            break;
        }
        rows.next();
    }
    let left = rows.count();
    if left > 0 {
        // Room was kept for this.
        page.text.push_str(&format!("\nand {left} more: run `variorum check` to see them all.\n"));
    }
}

fn item(row: &Row<'_>) -> String {
    let at = format!("{}:{}:{}", row.place.file, row.place.line, row.place.column);
    let mut text = format!("- **{}** `{}` at {}", row.severity.name(), row.code, code(&at));
    text.push_str(&format!(": {}", message(row.message)));
    if row.occurrences > 1 {
        text.push_str(&format!(", reaches {} pages", row.occurrences));
    }
    if let Some(hint) = row.hints.first() {
        text.push_str(&format!("; {}", message(hint)));
    }
    text.push('\n');
    text
}

/// A message with the things in it as code. Where what is between them could be of the site, all of it is code.
fn message(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let (words, things) = (parts.iter().step_by(2), parts.iter().skip(1).step_by(2));
    let is_paired = parts.len() % 2 == 1 && things.clone().all(|thing| !thing.is_empty());
    if !is_paired || !words.clone().all(|words| is_plain(words)) {
        return code(text);
    }
    let things = things.map(|thing| code(thing)).chain([String::new()]);
    words.zip(things).map(|(words, thing)| format!("{words}{thing}")).collect()
}

/// Whether these are words that cannot be markup, an address, a mention, or the name of an issue or a commit.
fn is_plain(words: &str) -> bool {
    let of_words =
        |character: char| character.is_ascii_alphabetic() || ",;()?'-".contains(character);
    words.split(' ').all(|word| match word.strip_suffix(':') {
        Some(word) => word.chars().all(of_words),
        None => word.chars().all(of_words) || word.parse::<u16>().is_ok(),
    })
}

/// Text as a span of code: nothing in it is markup, and nobody is told of names in it.
fn code(text: &str) -> String {
    let mut text: String = visible(text);
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let is_spaced = text.starts_with(' ') && text.ends_with(' ');
    let is_fenced = text.starts_with('`') || text.ends_with('`');
    // A space at each end is taken off again.
    let space = if text.is_empty() || is_spaced || is_fenced { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}
