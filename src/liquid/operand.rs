//! Operands as they are written: literals, ranges and paths; and the cursor that reads them.

use liquid_core::model::{State, Value};

/// Indexes inside indexes and ranges inside ranges: enough for people, too few for the stack.
const DEEPEST: usize = 8;

/// What stands for a value.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    /// A string, number, boolean, `nil`, `empty` or `blank`.
    Literal(Value),
    /// `(first..last)`.
    Range(Box<(Operand, Operand)>),
    /// `root.key[index]`.
    Path { root: Box<str>, segments: Vec<Segment> },
}

/// A step into a value.
#[derive(Clone, Debug)]
pub(super) enum Segment {
    Key(Box<str>),
    Index(i64),
    /// `[other.path]`.
    Dynamic(Operand),
}

impl Operand {
    /// The one word that this is, if it is a path without steps.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Path { root, segments } if segments.is_empty() => Some(root),
            _ => None,
        }
    }

    /// The steps behind `site.data`, if this is a path into the site's data.
    pub(super) fn data_segments(&self) -> Option<&[Segment]> {
        match self {
            Self::Path { root, segments } if **root == *"site" => match segments.split_first() {
                Some((Segment::Key(key), rest)) if **key == *"data" && !rest.is_empty() => {
                    Some(rest)
                }
                _ => None,
            },
            _ => None,
        }
    }
}

/// Why an operand, condition or expression does not parse: a phrase for the message.
pub(super) type Fault = String;

/// Reads words, symbols and operands from the arguments of a tag.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'s> {
    rest: &'s str,
}

impl<'s> Cursor<'s> {
    /// At the beginning of `text`.
    pub(super) fn new(text: &'s str) -> Self {
        Self { rest: text.trim() }
    }

    /// What is not read yet, without white space before it.
    pub(super) fn rest(&self) -> &'s str {
        self.rest
    }

    /// Nothing, or the fault that something is left.
    pub(super) fn expect_end(&self) -> Result<(), Fault> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.unexpected()) }
    }

    /// The fault that the next word is not expected here.
    pub(super) fn unexpected(&self) -> Fault {
        match self.rest.split_whitespace().next() {
            Some(word) => format!("unexpected `{word}`"),
            None => "a value is missing at the end".to_owned(),
        }
    }

    /// Whether `symbol` is next; if so it is read.
    pub(super) fn eat(&mut self, symbol: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(symbol) else { return false };
        self.rest = rest.trim_start();
        true
    }

    /// Whether the word `word` is next; if so it is read.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = word_length(self.rest) == word.len() && self.rest.starts_with(word);
        found && self.eat(word)
    }

    /// The next word: letters, digits, `_` and `-`.
    pub(super) fn word(&mut self) -> Option<&'s str> {
        self.take(word_length(self.rest))
    }

    /// The next run of characters that a release is made of.
    pub(super) fn release(&mut self) -> Option<&'s str> {
        let quoted = self.rest.starts_with(['"', '\'']).then(|| self.string().ok()).flatten();
        quoted.or_else(|| {
            let is_part = |c: char| is_word(c) || c == '.';
            let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
            self.take(end)
        })
    }

    /// The next operand.
    pub(super) fn operand(&mut self) -> Result<Operand, Fault> {
        self.operand_within(0)
    }

    fn operand_within(&mut self, depth: usize) -> Result<Operand, Fault> {
        if depth > DEEPEST {
            return Err(format!("indexes nest deeper than {DEEPEST}"));
        }
        match self.rest.chars().next() {
            Some('"' | '\'') => Ok(Operand::Literal(Value::scalar(self.string()?.to_owned()))),
            Some('(') => self.range(depth),
            Some(c) if is_word(c) => match self.number() {
                Some(number) => Ok(Operand::Literal(number)),
                None => self.path(depth),
            },
            _ => Err(self.unexpected()),
        }
    }

    fn string(&mut self) -> Result<&'s str, Fault> {
        let quote = &self.rest[..1];
        let length = self.rest[1..].find(quote).ok_or("a quotation mark is not closed")?;
        let string = &self.rest[1..=length];
        self.rest = self.rest[length + 2..].trim_start();
        Ok(string)
    }

    fn range(&mut self, depth: usize) -> Result<Operand, Fault> {
        self.eat("(");
        let first = self.operand_within(depth + 1)?;
        if !self.eat("..") {
            return Err(self.unexpected());
        }
        let last = self.operand_within(depth + 1)?;
        if self.eat(")") {
            Ok(Operand::Range(Box::new((first, last))))
        } else {
            Err(self.unexpected())
        }
    }

    /// A number, unless letters follow it: `2fa` is a name.
    fn number(&mut self) -> Option<Value> {
        let bytes = self.rest.as_bytes();
        let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let sign = usize::from(bytes[0] == b'-');
        let whole = sign + digits(sign);
        let fraction = if bytes.get(whole) == Some(&b'.') { digits(whole + 1) } else { 0 };
        let end = if fraction > 0 { whole + 1 + fraction } else { whole };
        if whole == sign || self.rest[end..].starts_with(is_word) {
            return None;
        }
        let text = self.take(end)?;
        let integer = text.parse::<i64>().map(Value::scalar);
        integer.or_else(|_| text.parse::<f64>().map(Value::scalar)).ok()
    }

    fn path(&mut self, depth: usize) -> Result<Operand, Fault> {
        let length = word_length(self.rest);
        let (root, rest) = self.rest.split_at(length);
        self.rest = rest;
        let mut segments = Vec::new();
        loop {
            if let Some(key) = self.dotted() {
                segments.push(Segment::Key(key.into()));
            } else if self.eat("[") {
                segments.push(self.index(depth)?);
            } else {
                break;
            }
        }
        self.rest = self.rest.trim_start();
        Ok(if segments.is_empty() {
            word_operand(root)
        } else {
            Operand::Path { root: root.into(), segments }
        })
    }

    fn dotted(&mut self) -> Option<&'s str> {
        let after = self.rest.strip_prefix('.')?;
        let length = word_length(after);
        let (key, rest) = after.split_at(length);
        (length > 0).then(|| {
            self.rest = rest;
            key
        })
    }

    fn index(&mut self, depth: usize) -> Result<Segment, Fault> {
        let operand = self.operand_within(depth + 1)?;
        let Some(rest) = self.rest.strip_prefix(']') else { return Err(self.unexpected()) };
        self.rest = rest;
        Ok(match operand {
            Operand::Literal(Value::Scalar(scalar)) => match scalar.to_integer() {
                Some(index) => Segment::Index(index),
                None => Segment::Key(scalar.into_string().as_str().into()),
            },
            other => Segment::Dynamic(other),
        })
    }

    fn take(&mut self, length: usize) -> Option<&'s str> {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest.trim_start();
        (length > 0).then_some(taken)
    }
}

fn word_operand(word: &str) -> Operand {
    let literal = match word {
        "true" => Value::scalar(true),
        "false" => Value::scalar(false),
        "nil" | "null" => Value::Nil,
        "empty" => Value::State(State::Empty),
        "blank" => Value::State(State::Blank),
        _ => return Operand::Path { root: word.into(), segments: Vec::new() },
    };
    Operand::Literal(literal)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

fn word_length(text: &str) -> usize {
    text.find(|c| !is_word(c)).unwrap_or(text.len())
}
