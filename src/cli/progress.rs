//! How far a command is with the pages of a site.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use crate::render::Prepared;

/// Whether progress is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    Shown,
    Hidden,
}

impl Progress {
    /// A bar on standard error where that is a terminal, nothing elsewhere.
    pub(super) fn bar(self, prepared: &Prepared<'_>) -> ProgressBar {
        if self == Self::Hidden || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let style =
            ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} pages, {eta} left")
                .expect("the template is tested");
        ProgressBar::new(prepared.page_count() as u64).with_style(style)
    }
}
