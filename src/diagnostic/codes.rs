//! The kinds of findings: tables by what they are about, from which the manual's list is made.

/// Declares each code as a constant, and all of them as a list in their order.
macro_rules! codes {
    ($($id:ident $severity:ident $name:literal {
        summary: $summary:literal,
        why: $why:literal,
        cure: $cure:literal,
        example: [$(($path:literal, $text:literal)),* $(,)?],
    })*) => {
        $(
            #[doc = $summary]
            pub const $id: &Code = &Code {
                name: $name,
                severity: Severity::$severity,
                summary: $summary,
                why: $why,
                cure: $cure,
                example: &[$(($path, $text)),*],
            };
        )*

        /// The kinds of findings of this table.
        pub(super) const TABLE: &[&Code] = &[$($id),*];
    };
}

mod configuration;
mod files;
mod links;
mod site;
mod texts;
mod translations;

pub use configuration::*;
pub use files::*;
pub use links::*;
pub use site::*;
pub use texts::*;
pub use translations::*;

use super::Code;

/// Every kind of finding, in the order of the manual.
pub fn all() -> impl Iterator<Item = &'static Code> + Clone {
    TABLES.into_iter().flatten().copied()
}

const TABLES: [&[&Code]; 6] = [
    files::TABLE,
    configuration::TABLE,
    translations::TABLE,
    texts::TABLE,
    links::TABLE,
    site::TABLE,
];
