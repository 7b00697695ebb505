//! Expressions as they are written: an operand and the filters it goes through.

use super::filter;
use super::operand::{Cursor, Fault, Operand};
use crate::diagnostic::nearest;

/// What `{{ … }}` and `assign` compute.
#[derive(Debug)]
pub(super) struct Expression {
    pub(super) operand: Operand,
    pub(super) filters: Vec<FilterCall>,
}

/// A filter and its arguments.
#[derive(Debug)]
pub(super) struct FilterCall {
    pub(super) name: Box<str>,
    pub(super) positional: Vec<Operand>,
    pub(super) named: Vec<(Box<str>, Operand)>,
}

/// Why an expression cannot be used.
#[derive(Debug)]
pub(super) enum ExpressionFault {
    /// It does not parse.
    Syntax(Fault),
    /// It names a filter that there is not; the name, and the one that may be meant.
    Filter(String, Option<&'static str>),
}

impl From<Fault> for ExpressionFault {
    fn from(fault: Fault) -> Self {
        Self::Syntax(fault)
    }
}

/// The expression in `text`.
pub(super) fn parse_expression(text: &str) -> Result<Expression, ExpressionFault> {
    let mut cursor = Cursor::new(text);
    let operand = cursor.operand()?;
    let mut filters = Vec::new();
    while cursor.eat("|") {
        filters.push(filter_call(&mut cursor)?);
    }
    cursor.expect_end()?;
    match filters.iter().find(|call| !filter::is_known(&call.name)) {
        Some(call) => Err(unknown(&call.name)),
        None => Ok(Expression { operand, filters }),
    }
}

fn unknown(name: &str) -> ExpressionFault {
    ExpressionFault::Filter(name.to_owned(), nearest(name, filter::names()))
}

fn filter_call(cursor: &mut Cursor<'_>) -> Result<FilterCall, Fault> {
    let name = cursor.word().ok_or_else(|| cursor.unexpected())?.into();
    let mut call = FilterCall { name, positional: Vec::new(), named: Vec::new() };
    if !cursor.eat(":") {
        return Ok(call);
    }
    loop {
        match keyword(cursor) {
            Some(word) => call.named.push((word.into(), cursor.operand()?)),
            None => call.positional.push(cursor.operand()?),
        }
        if !cursor.eat(",") {
            return Ok(call);
        }
    }
}

/// The name of a named argument, if one is next.
fn keyword<'s>(cursor: &mut Cursor<'s>) -> Option<&'s str> {
    let mut ahead = cursor.clone();
    let word = ahead.word()?;
    ahead.eat(":").then(|| {
        *cursor = ahead;
        word
    })
}
