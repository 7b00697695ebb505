//! A panic over one file as a finding: a fault of the program costs that file, and no other.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Diagnostic, codes};
use crate::source::{FileId, Span};

/// Does `work` on a file. If the program panics over it, that is a finding in the file.
///
/// What `work` changes must be dropped with its result, or not matter any more.
pub fn isolated<T>(file: FileId, work: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    // What is shared does not change while pages are worked on, so that nothing is left half changed.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let message = format!("variorum itself failed here: `{}`", said(&*panic));
        Diagnostic::new(codes::PROGRAM_FAULT, Span::start_of(file), message)
            .hint("report it to the authors of variorum with this file")
    })
}

fn said(panic: &(dyn Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic without words")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_works_is_handed_on() {
        assert_eq!(isolated(FileId(0), || 1).ok(), Some(1));
    }

    #[test]
    fn a_panic_is_a_finding_in_the_file() {
        let finding = isolated(FileId(7), || [0; 3][usize::from(std::env::args().count() > 0) + 2]);
        let finding = finding.expect_err("the index is out of bounds");
        assert_eq!((finding.code.name, finding.span.text.file), ("program-fault", FileId(7)));
        assert!(finding.message.contains("the len is 3 but the index is 3"), "{}", finding.message);
    }
}
