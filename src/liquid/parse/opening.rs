//! The tags that open a block or stand alone, each made into its node.

use std::mem;

use super::{Parser, Tag, dialect};
use crate::liquid::node::{For, Guard, Kind, Opening};
use crate::liquid::operand::{Cursor, Fault};
use crate::liquid::tags::TagKind;
use crate::liquid::token::{Scanner, Token};

/// How far `indented_data_reference` indents where the tag does not say.
const SPACES: usize = 2;

impl<'s> Parser<'s> {
    /// A tag that opens a block or stands alone.
    pub(super) fn known(&mut self, tag: &Tag<'s>, kind: TagKind) {
        match (kind, tag.name) {
            (TagKind::Host, _) => self.host(tag),
            (TagKind::Block, name) => self.block(tag, name),
            (_, "data" | "indented_data_reference") => self.data(tag),
            (_, "break") => self.push(tag.span.clone(), Kind::Break),
            (_, "continue") => self.push(tag.span.clone(), Kind::Continue),
            (_, "assign") => self.assign(tag),
            (_, name) => self.named(tag, name),
        }
    }

    fn block(&mut self, tag: &Tag<'s>, name: &str) {
        match name {
            "if" | "ifversion" => {
                let condition = self.condition(tag, dialect(name));
                self.enter(tag, Opening::If, Guard::When(condition));
            }
            "unless" => {
                let guard = self.unless(tag);
                self.enter(tag, Opening::If, guard);
            }
            "case" => self.case(tag),
            "for" => self.loop_over(tag),
            "capture" => self.capture(tag),
            _ => {
                let (name, arguments) = (self.place_of(tag.name), self.place_of(tag.arguments));
                self.enter(tag, Opening::Wrapped { name, arguments }, Guard::Content);
            }
        }
    }

    /// A damaged `unless` never holds either, so that its `else` is taken.
    fn unless(&mut self, tag: &Tag<'s>) -> Guard {
        let condition = self.condition(tag, dialect(tag.name));
        if condition.terms.is_empty() { Guard::Never } else { Guard::Unless(condition) }
    }

    fn case(&mut self, tag: &Tag<'s>) {
        let mut cursor = Cursor::new(tag.arguments);
        let subject = cursor.operand().and_then(|subject| cursor.expect_end().map(|()| subject));
        self.enter_or_skip(tag, subject.map(Opening::Case), Guard::Never);
    }

    fn loop_over(&mut self, tag: &Tag<'s>) {
        let opening = self.loop_opening(tag.arguments).map(Opening::For);
        self.enter_or_skip(tag, opening, Guard::Content);
    }

    fn capture(&mut self, tag: &Tag<'s>) {
        let name = variable(tag.arguments.trim_matches(['"', '\'']));
        let opening = name.map(|name| Opening::Capture(self.place_of(name)));
        self.enter_or_skip(tag, opening, Guard::Content);
    }

    /// A block whose opening does not parse is passed over; only its `else` is taken.
    fn enter_or_skip(&mut self, tag: &Tag<'s>, opening: Result<Opening, Fault>, guard: Guard) {
        match opening {
            Ok(opening) => self.enter(tag, opening, guard),
            Err(fault) => {
                self.damaged(tag, &fault);
                self.enter(tag, Opening::If, Guard::Never);
            }
        }
    }

    /// `variable in items limit:n offset:n reversed`.
    fn loop_opening(&self, arguments: &'s str) -> Result<For, Fault> {
        let mut cursor = Cursor::new(arguments);
        let name = cursor.word().ok_or_else(|| cursor.unexpected())?;
        if !cursor.eat_word("in") {
            return Err(cursor.unexpected());
        }
        let items = cursor.operand()?;
        let variable = self.place_of(name);
        let mut opening = For { variable, items, offset: None, limit: None, reversed: false };
        while !cursor.rest().is_empty() {
            cursor.eat(",");
            match cursor.word() {
                Some("reversed") => opening.reversed = true,
                Some("limit") if cursor.eat(":") => opening.limit = Some(cursor.operand()?),
                Some("offset") if cursor.eat(":") => opening.offset = Some(cursor.operand()?),
                Some(word) => return Err(format!("unexpected `{word}`")),
                None => return Err(cursor.unexpected()),
            }
        }
        Ok(opening)
    }

    fn data(&mut self, tag: &Tag<'s>) {
        let key = data_key(tag.arguments);
        let indented = tag.name != "data";
        let key = if indented { key.strip_prefix("site.data.").unwrap_or(key) } else { key };
        if key.is_empty() {
            return self.damaged(tag, "a data key is missing");
        }
        let key = self.place_of(key);
        let kind = if indented {
            Kind::Indented { key, spaces: spaces(tag.arguments) }
        } else {
            Kind::Data { key }
        };
        self.push(tag.span.clone(), kind);
    }

    fn assign(&mut self, tag: &Tag<'s>) {
        let Some((name, value)) = tag.arguments.split_once('=') else {
            return self.damaged(tag, "`=` is missing");
        };
        match variable(name.trim()) {
            Ok(name) => {
                let name = self.place_of(name);
                if let Some(value) = self.expression(value, tag.span.clone()) {
                    self.push(tag.span.clone(), Kind::Assign { name, value });
                }
            }
            Err(fault) => self.damaged(tag, &fault),
        }
    }

    /// `include`, `increment`, `decrement`: a name.
    fn named(&mut self, tag: &Tag<'s>, name: &str) {
        let argument = tag.arguments.split_whitespace().next().unwrap_or_default();
        let argument = argument.trim_matches(['"', '\'']);
        if argument.is_empty() {
            return self.damaged(tag, "a name is missing");
        }
        let argument = self.place_of(argument);
        let kind = match name {
            "include" => Kind::Include { name: argument },
            "increment" => Kind::Count { name: argument, step: 1 },
            _ => Kind::Count { name: argument, step: -1 },
        };
        self.push(tag.span.clone(), kind);
    }

    /// A tag of the host: its arguments are text and outputs.
    fn host(&mut self, tag: &Tag<'s>) {
        let start = self.place_of(tag.arguments).start as usize;
        let end = start + tag.arguments.len();
        let mut scanner = Scanner::within(&self.source[..end], start);
        let around = mem::take(&mut self.nodes);
        while let Some(token) = scanner.next() {
            match token {
                Token::Text(range) => self.push(range, Kind::Text),
                Token::Output(markup) => self.output(&markup),
                Token::Broken(range) => self.broken(range),
                Token::Comment | Token::Tag(_) => {}
            }
        }
        let arguments = mem::replace(&mut self.nodes, around);
        let name = self.place_of(tag.name);
        self.push(tag.span.clone(), Kind::Host { name, arguments });
    }
}

/// The first run of characters that a data key is made of.
fn data_key(arguments: &str) -> &str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '\\' | '-');
    let start = arguments.find(is_part).unwrap_or(arguments.len());
    let rest = &arguments[start..];
    &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())]
}

fn spaces(arguments: &str) -> usize {
    let after = arguments.split_once("spaces").map_or("", |(_, after)| after);
    let number = after.trim_start_matches(|c: char| c.is_whitespace() || c == '=' || c == ':');
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    number[..end].parse().unwrap_or(SPACES).min(100)
}

fn variable(name: &str) -> Result<&str, Fault> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if name.is_empty() {
        Err("a name is missing".to_owned())
    } else if name.chars().all(is_part) {
        Ok(name)
    } else {
        Err(format!("`{name}` is not a name"))
    }
}
