//! Conditions as they are written: terms joined by `and` and `or`.

use super::operand::{Cursor, Fault, Operand};

/// Terms and what stands between them; `and` and `or` bind alike, from the right.
#[derive(Debug, Default)]
pub(super) struct Condition {
    pub(super) terms: Vec<Term>,
    pub(super) joints: Vec<Joint>,
}

/// What joins two terms.
#[derive(Clone, Copy, Debug)]
pub(super) enum Joint {
    And,
    Or,
}

/// One question.
#[derive(Debug)]
pub(super) struct Term {
    /// Whether `not` stands before it.
    pub(super) negated: bool,
    pub(super) test: Test,
}

/// What a term asks.
#[derive(Debug)]
pub(super) enum Test {
    /// Whether a value is there and not `false`; or, for a word, whether a set of versions of that name holds.
    Truth(Operand),
    /// How two values compare.
    Compare(Operand, Relation, Operand),
    /// Whether the version is of a plan, with a release that compares so.
    Release { plan: Box<str>, operator: &'static str, release: Box<str> },
    /// Whether the version is in the set of this name.
    Named(Box<str>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    Unequal,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    Contains,
    NewerRelease,
    OlderRelease,
}

/// Which tag a condition stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `if`, `unless`.
    Values,
    /// `ifversion`: words are names of sets of versions.
    Versions,
}

/// The symbols; one that begins with another stands before it.
const SYMBOLS: [(&str, Relation); 7] = [
    ("==", Relation::Equal),
    ("!=", Relation::Unequal),
    ("<>", Relation::Unequal),
    ("<=", Relation::LessOrEqual),
    (">=", Relation::GreaterOrEqual),
    ("<", Relation::Less),
    (">", Relation::Greater),
];

const WORDS: [(&str, Relation); 3] = [
    ("contains", Relation::Contains),
    ("ver_gt", Relation::NewerRelease),
    ("ver_lt", Relation::OlderRelease),
];

/// How `ifversion` writes comparisons, and how the host knows them.
const RELEASE_OPERATORS: [(&str, &str); 8] = [
    ("==", "="),
    ("!=", "!="),
    ("<>", "!="),
    ("<=", "<="),
    (">=", ">="),
    ("=", "="),
    ("<", "<"),
    (">", ">"),
];

/// The condition in the arguments of a tag.
pub(super) fn parse_condition(arguments: &str, dialect: Dialect) -> Result<Condition, Fault> {
    let mut cursor = Cursor::new(arguments);
    if cursor.rest().is_empty() {
        return Err("a condition is missing".to_owned());
    }
    let mut condition = Condition::default();
    loop {
        condition.terms.push(term(&mut cursor, dialect)?);
        if cursor.eat_word("and") {
            condition.joints.push(Joint::And);
        } else if cursor.eat_word("or") {
            condition.joints.push(Joint::Or);
        } else {
            cursor.expect_end()?;
            return Ok(condition);
        }
    }
}

fn term(cursor: &mut Cursor<'_>, dialect: Dialect) -> Result<Term, Fault> {
    let negated = cursor.eat_word("not");
    let test = match dialect {
        Dialect::Values => comparison(cursor)?,
        Dialect::Versions => release(cursor).map_or_else(|| comparison(cursor), Ok)?,
    };
    Ok(Term { negated, test })
}

/// `plan OPERATOR release` or a bare name.
fn release(cursor: &mut Cursor<'_>) -> Option<Test> {
    let mut ahead = cursor.clone();
    let name = ahead.word()?;
    let test = match RELEASE_OPERATORS.iter().find(|(symbol, _)| ahead.eat(symbol)) {
        Some((_, operator)) => {
            Test::Release { plan: name.into(), operator, release: ahead.release()?.into() }
        }
        None if ends_term(&ahead) => Test::Named(name.into()),
        None => return None,
    };
    *cursor = ahead;
    Some(test)
}

fn ends_term(cursor: &Cursor<'_>) -> bool {
    let mut ahead = cursor.clone();
    cursor.rest().is_empty() || ahead.eat_word("and") || ahead.eat_word("or")
}

fn comparison(cursor: &mut Cursor<'_>) -> Result<Test, Fault> {
    let left = cursor.operand()?;
    let Some(relation) = relation(cursor) else { return Ok(Test::Truth(left)) };
    Ok(Test::Compare(left, relation, cursor.operand()?))
}

fn relation(cursor: &mut Cursor<'_>) -> Option<Relation> {
    let symbol = SYMBOLS.iter().find(|(symbol, _)| cursor.eat(symbol));
    symbol.or_else(|| WORDS.iter().find(|(word, _)| cursor.eat_word(word))).map(|found| found.1)
}
