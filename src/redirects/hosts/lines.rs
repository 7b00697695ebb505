//! Lines of `_redirects`, which several hosts read: old address, new address, status.

use super::super::address::{encoded, requested};

/// A line without its end.
pub(super) fn line(from: &str, to: &str, status: &str) -> String {
    format!("{} {} {status}", requested(from), encoded(to))
}
