//! What answers an address, for people.

use std::fmt::{self, Write as _};

use super::{Answer, EditionAnswer, HeadingAnswer, OldAddress, PageAnswer, Place, Reason, Why};
use crate::diagnostic::visible;

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Titles and addresses are written by others, and must not write over the terminal.
        let mut text = format!("{}: ", visible(&self.asked));
        text.push_str(&match self.answer {
            Answer::Page => self.page.as_ref().map(page).unwrap_or_default(),
            Answer::OldAddress => self.old.as_ref().map(old).unwrap_or_default(),
            Answer::File => format!("{}\n", self.file.as_deref().unwrap_or_default()),
            Answer::Elsewhere => "no address of this site\n".to_owned(),
            Answer::Nothing => "nothing answers\n".to_owned(),
        });
        text.extend(self.reasons.iter().map(told));
        text.extend(self.notes.iter().map(|note| format!("  note: {note}\n")));
        text.lines().try_for_each(|line| writeln!(f, "{}", visible(line)))
    }
}

fn page(page: &PageAnswer) -> String {
    let form = match page.form {
        "html" => "the page".to_owned(),
        form => format!("as {form}, the page"),
    };
    let mut text = format!("{form} “{}”\n", page.title);
    let _ = match page.is_canonical {
        true => writeln!(text, "  address: canonical"),
        false => writeln!(text, "  address: not canonical, which is {}", page.canonical),
    };
    for edition in &page.editions {
        text.push_str(&edition_line(edition));
    }
    let (own, others): (Vec<_>, Vec<_>) =
        page.versions.iter().partition(|version| version.version == page.version);
    for version in own {
        let place = at(version.place.as_ref());
        let _ = writeln!(text, "  version: {}, as {}{place}", version.version, version.because);
    }
    if !others.is_empty() {
        let ids: Vec<&str> = others.iter().map(|version| &*version.version).collect();
        let _ = writeln!(text, "  also in: {}", ids.join(", "));
    }
    text.push_str(&page.heading.as_ref().map(heading).unwrap_or_default());
    let _ = writeln!(text, "  output: {}", page.output);
    text
}

fn edition_line(edition: &EditionAnswer) -> String {
    let EditionAnswer { language, file, state, strings } = edition;
    let state = match *state {
        "source" => "the source".to_owned(),
        "translated" => "translated".to_owned(),
        reason => format!("{reason}, so that all of the page is in the default language"),
    };
    let mut text = format!("  {language}: {file}, {state}\n");
    for string in strings {
        let (name, reason) = (string.string, string.reason);
        let _ = writeln!(text, "    {name}: {reason}, shown in the default language");
    }
    text
}

fn heading(heading: &HeadingAnswer) -> String {
    let HeadingAnswer { id, exists, text, nearest } = heading;
    match (exists, text, nearest) {
        (true, Some(text), _) => format!("  #{id}: the heading “{text}”\n"),
        (true, None, _) => format!("  #{id}: a place on the page\n"),
        (false, _, Some(near)) => {
            format!("  #{id}: no place on the page\n    help: did you mean `#{near}`?\n")
        }
        (false, _, None) => format!("  #{id}: no place on the page\n"),
    }
}

fn old(old: &OldAddress) -> String {
    let mut text = format!("an old address, which leads to {}\n", old.target);
    let place = at(Some(&old.place));
    let _ = writeln!(text, "  because: {}{place}", old.because);
    let _ = writeln!(text, "  page: {}, {}, {}", old.file, old.language, old.version);
    text
}

fn told(reason: &Reason) -> String {
    let mut text = format!("  {}{}\n", reason.reason, at(reason.place.as_ref()));
    if let Some(hint) = &reason.hint {
        let _ = writeln!(text, "    help: {hint}");
    }
    text
}

fn at(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| format!(" ({place})"))
}
