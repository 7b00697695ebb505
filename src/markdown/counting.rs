//! The numbers of steps: a list that was parted goes on counting.

/// Counts the items of the lists that are open.
#[derive(Debug, Default)]
pub(super) struct Counting {
    /// The number of the next item of each; nothing for bullets.
    open: Vec<Option<u64>>,
    /// What the next item of the list that ended last would have been.
    next: Option<u64>,
    /// Whether the next list is the rest of that list.
    goes_on: bool,
}

impl Counting {
    /// The next list is the rest of the one before.
    pub(super) fn goes_on(&mut self) {
        self.goes_on = true;
    }

    /// A list opens, with the number that is written there; returns the number that it begins with. A number that
    /// is not 1 was meant.
    pub(super) fn start(&mut self, written: Option<u64>) -> Option<u64> {
        let rest = if self.goes_on && written == Some(1) { self.next } else { None };
        self.goes_on = false;
        let first = rest.or(written);
        self.open.push(first);
        first
    }

    /// An item of the innermost list opens.
    pub(super) fn item(&mut self) {
        if let Some(Some(number)) = self.open.last_mut() {
            *number = number.saturating_add(1);
        }
    }

    /// The innermost list ends.
    pub(super) fn end(&mut self) {
        self.next = self.open.pop().flatten();
    }
}
