//! A catalogue as it comes back, every place known.

use super::super::place::{Fault, Places};
use super::super::{Flow, FlowPart, Point, Progress, Replaces, Returned};
use super::{BETWEEN, NOTHING, REPLACES};
use crate::messages::Message;

/// Reads a catalogue. Obsolete entries and entries without context are passed over, as the head is one.
pub(in super::super) fn read(name: &str, text: &str) -> Result<Vec<Returned>, Fault> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reading =
        Reading { name, places: Places::new(text), entry: Draft::default(), returned: Vec::new() };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        reading.line(line.trim_end_matches(['\n', '\r']), at)?;
        at += line.len();
    }
    reading.finish()?;
    Ok(reading.returned)
}

struct Reading<'a> {
    name: &'a str,
    places: Places,
    entry: Draft,
    returned: Vec<Returned>,
}

/// An entry as far as it was read.
#[derive(Default)]
struct Draft {
    context: Option<(Point, String)>,
    source: Option<(Point, String)>,
    target: Option<(Point, String)>,
    replaces: Option<Replaces>,
    is_fuzzy: bool,
    /// Which string goes on.
    last: Option<Keyword>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Keyword {
    Context,
    Source,
    Target,
}

impl Draft {
    fn field(&mut self, keyword: Keyword) -> &mut Option<(Point, String)> {
        match keyword {
            Keyword::Context => &mut self.context,
            Keyword::Source => &mut self.source,
            Keyword::Target => &mut self.target,
        }
    }
}

impl Reading<'_> {
    fn fault(&mut self, at: usize, message: Message) -> Fault {
        let at = self.places.point(at);
        Fault::new(self.name, at, message, Message::new("import-po-hint"))
    }

    fn line(&mut self, line: &str, at: usize) -> Result<(), Fault> {
        let text = line.trim_start();
        let at = at + (line.len() - text.len());
        if let Some(comment) = text.strip_prefix('#') {
            return self.comment(comment);
        }
        if text.is_empty() {
            return Ok(());
        }
        if text.starts_with('"') {
            let Some(keyword) = self.entry.last else {
                return Err(self.fault(at, Message::new("import-po-string")));
            };
            let more = self.string(text, at)?;
            if let Some((_, value)) = self.entry.field(keyword) {
                value.push_str(&more);
            }
            return Ok(());
        }
        let word = text.split([' ', '\t', '"']).next().unwrap_or_default();
        let keyword = match word {
            "msgctxt" => Keyword::Context,
            "msgid" => Keyword::Source,
            "msgstr" => Keyword::Target,
            "msgid_plural" => {
                return Err(self.fault(at, Message::new("import-po-plural")));
            }
            _ => {
                let word: String = word.chars().take(40).collect();
                let message = Message::new("import-po-keyword").with("word", word);
                return Err(self.fault(at, message));
            }
        };
        self.keyword(keyword, word, text, at)
    }

    fn keyword(
        &mut self,
        keyword: Keyword,
        word: &str,
        text: &str,
        at: usize,
    ) -> Result<(), Fault> {
        let begins = match keyword {
            Keyword::Context => self.entry.context.is_some() || self.entry.source.is_some(),
            Keyword::Source => self.entry.source.is_some(),
            Keyword::Target => false,
        };
        if begins {
            self.finish()?;
        }
        if self.entry.field(keyword).is_some() {
            let message = Message::new("import-po-twice").with("word", word);
            return Err(self.fault(at, message));
        }
        let rest = text[word.len()..].trim_start();
        let value_at = at + (text.len() - rest.len());
        let value = self.string(rest, value_at)?;
        let point = self.places.point(value_at);
        *self.entry.field(keyword) = Some((point, value));
        self.entry.last = Some(keyword);
        Ok(())
    }

    fn comment(&mut self, comment: &str) -> Result<(), Fault> {
        // A comment stands before what it is about.
        if self.entry.target.is_some() {
            self.finish()?;
        }
        if let Some(flags) = comment.strip_prefix(',') {
            self.entry.is_fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
        }
        let digest = comment.strip_prefix('.').and_then(|text| text.trim().strip_prefix(REPLACES));
        if let Some(digest) = digest {
            self.entry.replaces = Some(match digest {
                NOTHING => Replaces::Nothing,
                digest => Replaces::Text(digest.to_owned()),
            });
        }
        Ok(())
    }

    /// Ends an entry.
    fn finish(&mut self) -> Result<(), Fault> {
        let draft = std::mem::take(&mut self.entry);
        let Some((at, context)) = draft.context else { return Ok(()) };
        let (Some((_, source)), Some((target_at, target))) = (draft.source, draft.target) else {
            let message = Message::new("import-po-incomplete");
            return Err(Fault::new(self.name, at, message, Message::new("import-po-hint")));
        };
        let Some((path, id)) = context.rsplit_once(BETWEEN) else {
            let message = Message::new("import-po-context").with("sign", BETWEEN.to_string());
            return Err(Fault::new(self.name, at, message, Message::new("import-keep-hint")));
        };
        self.returned.push(Returned {
            path: path.to_owned(),
            id: id.to_owned(),
            at,
            source: Flow { at, parts: vec![FlowPart::Text(source)] },
            target: Flow { at: target_at, parts: vec![FlowPart::Text(target)] },
            replaces: draft.replaces,
            progress: if draft.is_fuzzy { Progress::Open } else { Progress::Done },
        });
        Ok(())
    }

    /// A string between quotes, with nothing behind it.
    fn string(&mut self, text: &str, at: usize) -> Result<String, Fault> {
        let Some(inside) = text.strip_prefix('"') else {
            return Err(self.fault(at, Message::new("import-po-quote")));
        };
        let mut value = String::with_capacity(inside.len());
        let mut rest = inside;
        loop {
            let Some(stop) = rest.find(['"', '\\']) else {
                return Err(self.fault(at, Message::new("import-po-open")));
            };
            value.push_str(&rest[..stop]);
            let place = at + (text.len() - rest.len()) + stop;
            let is_end = rest[stop..].starts_with('"');
            rest = &rest[stop + 1..];
            if is_end {
                if rest.trim().is_empty() {
                    return Ok(value);
                }
                return Err(self.fault(place + 1, Message::new("import-po-behind")));
            }
            let Some((c, length)) = unescaped(rest) else {
                return Err(self.fault(place, Message::new("import-po-escape")));
            };
            value.push(c);
            rest = &rest[length..];
        }
    }
}

/// The character that an escape stands for, and how long it is without its backslash.
fn unescaped(rest: &str) -> Option<(char, usize)> {
    let digits = |text: &str, radix: u32, most: usize| {
        let count = text.chars().take(most).take_while(|c| c.is_digit(radix)).count();
        let number = u8::from_str_radix(text.get(..count)?, radix).ok()?;
        // Bytes of other encodings are no characters here.
        number.is_ascii().then_some((char::from(number), count))
    };
    let simple = |c| Some((c, 1));
    match rest.chars().next()? {
        'n' => simple('\n'),
        't' => simple('\t'),
        'r' => simple('\r'),
        'a' => simple('\u{7}'),
        'b' => simple('\u{8}'),
        'f' => simple('\u{c}'),
        'v' => simple('\u{b}'),
        c @ ('"' | '\\' | '\'' | '?') => simple(c),
        'x' => digits(&rest[1..], 16, 2).map(|(c, length)| (c, length + 1)),
        '0'..='7' => digits(rest, 8, 3),
        _ => None,
    }
}
