//! What a translation must not have: HTML and addresses of a kind that its source does not use.

use std::ops::Range;

use super::Fault;
use super::render::Renderer;
use crate::diagnostic::codes::FOREIGN_HTML;

impl Renderer<'_> {
    /// Whether a translator wrote an element that the source does not use.
    pub(super) fn is_foreign_element(&self, name: &str, at: &Range<usize>) -> bool {
        self.options.guard.is_some_and(|guard| !guard.learned.has_element(name))
            && !self.is_trusted(at)
    }

    /// Whether a translator wrote an attribute that the source does not use so.
    pub(super) fn is_foreign_attribute(
        &self,
        element: &str,
        (name, value): (&str, &str),
        at: &Range<usize>,
    ) -> bool {
        if matches!((element, name), ("a", "href") | ("img", "src")) {
            return self.is_foreign_address(value);
        }
        let has = |guard: super::Guard<'_>| guard.learned.has_attribute(element, name, value);
        self.options.guard.is_some_and(|guard| !has(guard)) && !self.is_trusted(at)
    }

    /// Whether the scheme of an address is one that the source does not use. No place is trusted: a title that was
    /// made for another page looks as if the program had written it.
    pub(super) fn is_foreign_address(&self, address: &str) -> bool {
        self.options.guard.is_some_and(|guard| !guard.learned.has_scheme_of(address))
    }

    /// Notes that something was left out, each thing once.
    pub(super) fn foreign(&mut self, message: String, at: Range<usize>) {
        if self.body.faults.iter().any(|fault| fault.message == message) {
            return;
        }
        let hints = vec!["write it as in the source, or remove it".to_owned()];
        let at = self.prepared.original(at);
        self.body.faults.push(Fault { code: FOREIGN_HTML, message, hints, at });
    }

    fn is_trusted(&self, at: &Range<usize>) -> bool {
        self.options.guard.is_some_and(|guard| guard.trusts(&self.prepared.original(at.clone())))
    }
}
