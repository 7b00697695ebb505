//! A page beside another edition or version of it: which block stands for which, what differs, what is missing.
//!
//! Knows bodies and where they were written, and no site: what it has to know of one is handed in.

mod align;
mod cells;
mod compare;
mod conditions;
mod differences;
mod ground;
mod html;
mod labels;
mod likeness;
mod outline;
mod place;
mod rows;
mod run;
mod traits;

#[cfg(test)]
mod tests;

pub use align::{Alignment, Order, Pair, Section, align};
pub use compare::{Comparison, STYLE, Side};
pub use ground::Ground;
pub use likeness::Wording;
pub use outline::Outline;
pub use place::{Condition, Place};
pub use rows::{Cell, Remark, Row, Status, Text, rows};
