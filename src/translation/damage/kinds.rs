//! The kinds of damage, with the finding that each makes.

use super::printed::Syntax;
use crate::diagnostic::{CodeRef, codes};
use crate::messages::Message;
use crate::model::DamageKind;

/// A kind of damage, with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// What was found when the site was read.
    Known(DamageKind),
    /// What costs the whole file.
    File(DamageKind),
    /// Syntax of Markdown that readers see.
    Prints {
        /// The syntax.
        syntax: Syntax,
    },
    /// An address that a machine has changed.
    Address {
        /// The address.
        wrong: String,
        /// The source's.
        right: String,
        /// Whether it is that of a picture.
        is_picture: bool,
    },
    /// An address that nothing can have.
    NoTarget {
        /// The address.
        address: String,
        /// Whether it is that of a picture.
        is_picture: bool,
    },
    /// Code in a line of text that a machine has changed.
    InlineCode {
        /// The code.
        wrong: String,
        /// The source's.
        right: String,
    },
    /// A line of a code block that a machine has changed.
    CodeLine {
        /// The line.
        wrong: String,
        /// The source's.
        right: String,
    },
    /// Text that is indented like code.
    Indented,
    /// A row of a table with a wrong number of cells.
    Cells {
        /// The cells of the row.
        cells: usize,
        /// The columns of the table.
        columns: usize,
    },
    /// A heading of another level.
    Level {
        /// Its level.
        wrong: u8,
        /// That of the source's heading.
        right: u8,
    },
    /// A heading without text.
    EmptyHeading,
    /// An element of HTML that the source has not.
    Element {
        /// Its name.
        element: String,
    },
    /// Wide signs or printed quotes in syntax.
    Wide {
        /// The syntax as it is written.
        wrong: String,
    },
    /// A key that was translated.
    KeyName {
        /// The key.
        key: String,
    },
    /// A value that is a map in one of the two files alone.
    KeyType {
        /// The key.
        key: String,
    },
    /// A value that is for the program was translated.
    KeyValue {
        /// The key.
        key: String,
        /// The value.
        wrong: String,
        /// The source's, where one of its values stands in the same place.
        right: Option<String>,
    },
}

impl FaultKind {
    /// The kind of finding.
    pub fn code(&self) -> CodeRef {
        match self {
            Self::Known(damage) => known_code(damage),
            Self::File(_) => codes::TRANSLATION_FILE,
            Self::Prints { syntax: Syntax::Strong } => codes::TRANSLATION_EMPHASIS,
            Self::Prints { syntax: Syntax::Link } => codes::TRANSLATION_LINK,
            Self::Prints { syntax: Syntax::Picture } => codes::TRANSLATION_IMAGE,
            Self::Prints { syntax: Syntax::Fence } => codes::TRANSLATION_CODE_BLOCK,
            Self::Prints { syntax: Syntax::Heading } => codes::TRANSLATION_HEADING,
            Self::Prints { syntax: Syntax::Item } => codes::TRANSLATION_LIST,
            Self::Prints { syntax: Syntax::Table } | Self::Cells { .. } => codes::TRANSLATION_TABLE,
            Self::Address { is_picture: true, .. } | Self::NoTarget { is_picture: true, .. } => {
                codes::TRANSLATION_IMAGE
            }
            Self::Address { .. } | Self::NoTarget { .. } => codes::TRANSLATION_LINK,
            Self::InlineCode { .. } => codes::TRANSLATION_INLINE_CODE,
            Self::CodeLine { .. } | Self::Indented => codes::TRANSLATION_CODE_BLOCK,
            Self::Level { .. } | Self::EmptyHeading => codes::TRANSLATION_HEADING,
            Self::Element { .. } => codes::TRANSLATION_HTML,
            Self::Wide { .. } => codes::TRANSLATION_PUNCTUATION,
            Self::KeyName { .. } | Self::KeyType { .. } | Self::KeyValue { .. } => {
                codes::TRANSLATION_KEY
            }
        }
    }

    /// What is wrong.
    pub fn message(&self) -> Message {
        match self {
            Self::Known(DamageKind::NoAddress { address }) => {
                Message::new("damage-no-target").with("address", address.as_str())
            }
            Self::Known(damage) | Self::File(damage) => damage.message(),
            Self::Prints { syntax: Syntax::Table } => Message::new("damage-prints-table"),
            Self::Prints { syntax: Syntax::Item } => Message::new("damage-prints-item"),
            Self::Prints { syntax } => {
                Message::new("damage-prints").with("syntax", syntax.written())
            }
            Self::Address { wrong, right, .. }
            | Self::InlineCode { wrong, right }
            | Self::CodeLine { wrong, right } => Message::new("damage-mark")
                .with("wrong", wrong.as_str())
                .with("right", right.as_str()),
            Self::NoTarget { address, .. } => {
                Message::new("damage-no-target").with("address", address.as_str())
            }
            Self::Indented => Message::new("damage-indented"),
            Self::Cells { cells, columns } => {
                Message::new("damage-cells").with("cells", *cells).with("columns", *columns)
            }
            Self::Level { wrong, right } => Message::new("damage-level")
                .with("wrong", u32::from(*wrong))
                .with("right", u32::from(*right)),
            Self::EmptyHeading => Message::new("damage-empty-heading"),
            Self::Element { element } => {
                Message::new("damage-element").with("element", element.as_str())
            }
            Self::Wide { wrong } => Message::new("damage-wide").with("wrong", wrong.as_str()),
            Self::KeyName { key } => Message::new("damage-key-name").with("key", key.as_str()),
            Self::KeyType { key } => Message::new("damage-key-type").with("key", key.as_str()),
            Self::KeyValue { key, wrong, .. } => Message::new("damage-key-value")
                .with("key", key.as_str())
                .with("wrong", wrong.as_str()),
        }
    }

    /// What a translator can do.
    pub fn hint(&self) -> Message {
        match self {
            Self::Known(damage) | Self::File(damage) => damage.hint(),
            Self::Prints { syntax } => match syntax {
                Syntax::Strong => Message::new("damage-prints-strong-hint"),
                Syntax::Link | Syntax::Picture => Message::new("damage-prints-link-hint"),
                Syntax::Fence => Message::new("damage-prints-fence-hint"),
                Syntax::Heading => Message::new("damage-prints-heading-hint"),
                Syntax::Table => Message::new("damage-prints-table-hint"),
                Syntax::Item => Message::new("damage-prints-item-hint"),
            },
            Self::Address { right, .. }
            | Self::InlineCode { right, .. }
            | Self::CodeLine { right, .. }
            | Self::KeyValue { right: Some(right), .. } => {
                Message::new("damage-mark-hint").with("right", right.as_str())
            }
            Self::NoTarget { .. } => Message::new("damage-no-address-hint"),
            Self::Indented => Message::new("damage-indented-hint"),
            Self::Cells { .. } => Message::new("damage-cells-hint"),
            Self::Level { right, .. } => {
                Message::new("damage-mark-hint").with("right", "#".repeat(usize::from(*right)))
            }
            Self::EmptyHeading => Message::new("damage-empty-heading-hint"),
            Self::Element { .. } => Message::new("damage-loose-hint"),
            Self::Wide { .. } => Message::new("damage-wide-hint"),
            Self::KeyName { .. } => Message::new("damage-key-name-hint"),
            Self::KeyType { .. } | Self::KeyValue { .. } => Message::new("damage-key-value-hint"),
        }
    }
}

fn known_code(damage: &DamageKind) -> CodeRef {
    match damage {
        DamageKind::Mark { wrong, .. } | DamageKind::LostMark { wrong, .. } => mark_code(wrong),
        DamageKind::NotRaw { .. } | DamageKind::Parser { .. } => codes::TRANSLATION_TAG,
        DamageKind::Fence { .. } | DamageKind::OpenFence => codes::TRANSLATION_CODE_BLOCK,
        DamageKind::Link { .. } | DamageKind::NoAddress { .. } => codes::TRANSLATION_LINK,
        DamageKind::Placeholder { .. } => codes::TRANSLATION_PLACEHOLDER,
        DamageKind::Hidden { .. } => codes::TRANSLATION_HIDDEN_CHARACTER,
        DamageKind::LooseEnd { .. } | DamageKind::LooseBegin { .. } => codes::TRANSLATION_HTML,
        DamageKind::Backtick => codes::TRANSLATION_INLINE_CODE,
        DamageKind::Cycle { .. } => codes::TRANSLATION_REFERENCE,
    }
}

/// By what a mark of Liquid does.
fn mark_code(mark: &str) -> CodeRef {
    let inside = mark.trim_start_matches(['{', '%', '-', ' ']);
    let name = inside.split_whitespace().next().unwrap_or_default();
    match name {
        _ if mark.starts_with("{{") => codes::TRANSLATION_REFERENCE,
        _ if !mark.starts_with("{%") || !mark.ends_with("%}") => codes::TRANSLATION_TAG,
        "data" | "indented_data_reference" => codes::TRANSLATION_REFERENCE,
        "if" | "elsif" | "elseif" | "unless" | "ifversion" => codes::TRANSLATION_CONDITION,
        _ => codes::TRANSLATION_TAG,
    }
}
