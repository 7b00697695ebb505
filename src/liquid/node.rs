//! The tree of a template: nodes with byte ranges of the text they were parsed from.

use std::ops::Range;

use super::condition::Condition;
use super::expression::Expression;
use super::operand::Operand;

/// Byte offsets in the text; texts are limited to 4 MiB.
pub(super) type Place = Range<u32>;

/// The bytes of `range` as a place.
pub(super) fn place(range: Range<usize>) -> Place {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    offset(range.start)..offset(range.end)
}

/// The index range of a place.
pub(super) fn bytes(place: &Place) -> Range<usize> {
    place.start as usize..place.end as usize
}

/// A piece of a text, a tag, or a block with what stands inside it.
#[derive(Debug)]
pub(super) struct Node {
    /// Where it is written; of a block, its opening tag.
    pub(super) place: Place,
    pub(super) kind: Kind,
}

/// What a node does.
#[derive(Debug)]
pub(super) enum Kind {
    /// Prints its own bytes.
    Text,
    /// `{{ … }}`.
    Output(Expression),
    /// `{% data key %}`.
    Data {
        key: Place,
    },
    /// `{% indented_data_reference key spaces=2 %}`.
    Indented {
        key: Place,
        spaces: usize,
    },
    /// `{% include name %}`.
    Include {
        name: Place,
    },
    /// `{% assign name = … %}`.
    Assign {
        name: Place,
        value: Expression,
    },
    /// `{% increment name %}` prints and then adds, `{% decrement name %}` subtracts and then prints.
    Count {
        name: Place,
        step: i64,
    },
    Break,
    Continue,
    /// A tag that the host answers; its arguments are text and outputs.
    Host {
        name: Place,
        arguments: Vec<Node>,
    },
    /// A block: its opening, and its parts with what guards each.
    Block(Box<Opening>, Vec<Arm>),
}

/// How a block chooses and uses its parts.
#[derive(Debug)]
pub(super) enum Opening {
    /// `if`, `ifversion`, `unless`.
    If,
    Case(Operand),
    For(For),
    Capture(Place),
    /// A block of the site, such as `note`.
    Wrapped {
        name: Place,
        arguments: Place,
    },
}

/// The opening of a `for`.
#[derive(Debug)]
pub(super) struct For {
    pub(super) variable: Place,
    pub(super) items: Operand,
    pub(super) offset: Option<Operand>,
    pub(super) limit: Option<Operand>,
    pub(super) reversed: bool,
}

/// A part of a block.
#[derive(Debug)]
pub(super) struct Arm {
    /// The tag that begins it.
    pub(super) place: Place,
    pub(super) guard: Guard,
    pub(super) body: Vec<Node>,
}

/// When a part of a block is used.
#[derive(Debug)]
pub(super) enum Guard {
    /// `if`, `elsif`.
    When(Condition),
    /// `unless`.
    Unless(Condition),
    /// The values of `when`.
    Values(Vec<Operand>),
    /// The content of a block that has no condition.
    Content,
    /// `else`.
    Else,
    /// What stands between `case` and the first `when`.
    Never,
}

/// A tag in a template, for those who look for references without evaluating.
#[derive(Debug)]
pub(super) struct TagPlace {
    pub(super) name: Place,
    pub(super) arguments: Place,
    pub(super) span: Place,
}
