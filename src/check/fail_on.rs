//! Which findings fail a check.

use super::rows::{Row, Standing};
use crate::diagnostic::Severity;

/// Which findings fail a check. What a baseline has never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// Errors.
    Errors,
    /// Errors and warnings.
    Warnings,
}

impl FailOn {
    /// Whether this finding fails the check.
    pub fn is_failure(self, row: &Row<'_>) -> bool {
        let is_serious = match self {
            Self::Errors => row.severity == Severity::Error,
            Self::Warnings => true,
        };
        row.standing == Standing::New && is_serious
    }
}
