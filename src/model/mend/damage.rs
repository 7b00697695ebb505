//! What can be wrong with a translated text, and what was done about it.

use std::ops::Range;

pub use super::vocabulary::Flaw;
use crate::messages::{Argument, Message};
use crate::source::{Splice, TextId};

/// A translated text with which something is wrong.
#[derive(Clone, Debug)]
pub struct Mend {
    /// The text as it is written.
    pub own: TextId,
    /// The text that it translates; none where the whole file gave way before anybody asked for its texts.
    pub source: Option<TextId>,
    /// What became of it.
    pub outcome: Outcome,
    /// Everything that is wrong with it, in order.
    pub damage: Vec<Damage>,
}

/// What became of a translated text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is shown as it is written.
    Kept,
    /// It is shown repaired.
    Repaired,
    /// The source is shown in its place.
    GaveWay,
}

/// Something wrong with a translated text.
#[derive(Clone, Debug)]
pub struct Damage {
    /// Where in the translation.
    pub at: Range<usize>,
    /// What is wrong.
    pub kind: DamageKind,
    /// What of the source it is about.
    pub counterpart: Option<Range<usize>>,
    /// What is done.
    pub cure: Cure,
}

/// What is done about damage.
#[derive(Clone, Debug)]
pub enum Cure {
    /// The text is changed so.
    Splices(Vec<Splice>),
    /// The source's text is shown.
    Fallback,
    /// Nothing: nobody knows what was meant, and nothing else suffers from it.
    Nothing,
}

/// A kind of damage, with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DamageKind {
    /// A mark of Liquid that stands for another one of the source.
    Mark {
        /// The mark as it is written.
        wrong: String,
        /// The source's.
        right: String,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// A mark of Liquid of which nobody knows what it stands for.
    LostMark {
        /// The mark as it is written.
        wrong: String,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// An output that the source keeps from being one.
    NotRaw {
        /// The output.
        output: String,
    },
    /// What the parser of Liquid holds against the text, or whoever else reads its file.
    Parser {
        /// The kind of finding that it makes of it.
        rule: &'static str,
        /// What it says.
        message: String,
        /// What it says to do, if it does.
        hint: Option<String>,
    },
    /// A code block whose first line is damaged.
    Fence {
        /// What stands behind its backticks.
        wrong: String,
        /// What stands there in the source.
        right: String,
    },
    /// A code block without an end.
    OpenFence,
    /// A link whose address or brackets are damaged.
    Link {
        /// The link from the bracket behind its text on.
        wrong: String,
        /// The address of the source.
        right: String,
    },
    /// A link to something that is no address.
    NoAddress {
        /// What is no address.
        address: String,
    },
    /// A leftover of a machine.
    Placeholder {
        /// What is left.
        text: String,
    },
    /// A character that nobody sees.
    Hidden {
        /// The character.
        character: char,
    },
    /// An end tag of HTML that ends nothing.
    LooseEnd {
        /// The name of the element.
        element: &'static str,
    },
    /// An element of HTML that nothing ends.
    LooseBegin {
        /// The name of the element.
        element: &'static str,
    },
    /// A backtick that begins no code.
    Backtick,
    /// References that lead back to their own text.
    Cycle {
        /// The keys, the first again at the end.
        chain: String,
    },
}

impl DamageKind {
    /// What is wrong.
    pub fn message(&self) -> Message {
        match self {
            Self::Mark { wrong, right, .. } => Message::new("damage-mark")
                .with("wrong", wrong.as_str())
                .with("right", right.as_str()),
            Self::LostMark { wrong, .. } => {
                Message::new("damage-lost-mark").with("wrong", wrong.as_str())
            }
            Self::NotRaw { output } => {
                Message::new("damage-not-raw").with("output", output.as_str())
            }
            Self::Parser { rule, message, .. } => Message::new("damage-parser")
                .with("rule", Argument::Summary(rule))
                .with("message", message.as_str()),
            Self::Fence { wrong, right } => Message::new("damage-fence")
                .with("wrong", wrong.as_str())
                .with("right", right.as_str()),
            Self::OpenFence => Message::new("damage-open-fence"),
            Self::Link { wrong, right } => Message::new("damage-link")
                .with("wrong", wrong.as_str())
                .with("right", right.as_str()),
            Self::NoAddress { address } => {
                Message::new("damage-no-address").with("address", address.as_str())
            }
            Self::Placeholder { text } => {
                Message::new("damage-placeholder").with("text", text.as_str())
            }
            Self::Hidden { character } => Message::new("damage-hidden")
                .with("character", format!("U+{:04X}", u32::from(*character))),
            Self::LooseEnd { element } => {
                Message::new("damage-loose-end").with("element", *element)
            }
            Self::LooseBegin { element } => {
                Message::new("damage-loose-begin").with("element", *element)
            }
            Self::Backtick => Message::new("damage-backtick"),
            Self::Cycle { chain } => Message::new("damage-cycle").with("chain", chain.as_str()),
        }
    }

    /// What a translator can do.
    pub fn hint(&self) -> Message {
        match self {
            Self::Mark { right, .. } => {
                Message::new("damage-mark-hint").with("right", right.as_str())
            }
            Self::LostMark { .. } => Message::new("damage-lost-mark-hint"),
            Self::NotRaw { .. } => Message::new("damage-not-raw-hint")
                .with("begin", "{% raw %}")
                .with("end", "{% endraw %}"),
            Self::Parser { rule, hint: Some(hint), .. } => Message::new("damage-parser-cure")
                .with("cure", Argument::Cure(rule))
                .with("hint", hint.as_str()),
            Self::Parser { .. } => Message::new("damage-parser-hint"),
            Self::Fence { .. } => Message::new("damage-fence-hint"),
            Self::OpenFence => Message::new("damage-open-fence-hint"),
            Self::Link { right, .. } => {
                Message::new("damage-link-hint").with("right", right.as_str())
            }
            Self::NoAddress { .. } => Message::new("damage-no-address-hint"),
            Self::Placeholder { .. } => Message::new("damage-placeholder-hint"),
            Self::Hidden { .. } => Message::new("damage-hidden-hint"),
            Self::LooseEnd { .. } | Self::LooseBegin { .. } => Message::new("damage-loose-hint"),
            Self::Backtick => Message::new("damage-backtick-hint"),
            Self::Cycle { .. } => Message::new("damage-cycle-hint"),
        }
    }
}
