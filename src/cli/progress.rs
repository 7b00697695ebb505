//! How far a command is with the pages of a site, or with addresses.

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
        const STYLE: &str = "{bar:40} {human_pos} of {human_len} pages, {eta} left";
        self.shown(prepared.page_count(), STYLE)
    }

    /// The same for so many addresses that are asked.
    pub(super) fn addresses(self, count: usize) -> ProgressBar {
        self.shown(count, "{bar:40} {human_pos} of {human_len} addresses, {elapsed}")
    }

    fn shown(self, count: usize, style: &str) -> ProgressBar {
        if self == Self::Hidden || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template(style).expect("the template is tested");
        ProgressBar::new(count as u64).with_style(style)
    }
}
