//! A page beside another edition or version of it: which block stands for which, what differs, what is missing.
//!
//! Alignment knows bodies and where they were written, and no site. What translators are told of a site stands on it.

mod align;
mod budget;
mod cells;
mod compare;
mod conditions;
pub mod damage;
mod differences;
mod examined;
pub mod exchange;
mod facing;
mod fronts;
mod ground;
mod html;
mod interface;
mod labels;
mod likeness;
mod lock;
mod origins;
mod outline;
mod place;
mod review;
mod rows;
mod run;
mod segments;
mod standing;
mod status;
mod then;
mod traits;
mod units;
mod work;

#[cfg(test)]
mod tests;

pub use align::{Alignment, Order, Pair, Section, align};
pub use budget::untold_staleness;
pub use compare::{Comparison, STYLE, Side};
pub use examined::{Examined, ExaminedUnit, State};
pub use facing::{Facing, fronts};
pub use ground::Ground;
pub use interface::words_of_theme;
pub use likeness::Wording;
pub use lock::{Lock, LockFault};
pub use origins::{Origins, Walked, recall, walk};
pub use outline::Outline;
pub use place::{Condition, Place};
pub use review::{Folder, Review, ReviewPage, Reviewed, encoded};
pub use rows::{Cell, Remark, Row, Status, Text, rows};
pub use segments::{Beside, Digest, Segment, Segments, TextSection};
pub use standing::Standing;
pub use status::{Counts, FileStatus, LanguageStatus, OrphanStatus, Part, Tally};
pub use then::{Changes, Gone, Moment, Origin, Since, Then, followed};
pub use units::{Document, Unit, UnitName, documents, is_ignored, own_path};
pub use work::{Change as SourceChange, ChangeKind, Damaged, Reason, Work};
