//! Images without words for those who do not see them.

use super::gather::{Gathered, images};
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::model::Site;
use crate::render::{ImageFact, PageFacts};

pub(super) fn rule(site: &Site, facts: &[PageFacts]) -> Vec<Finding> {
    let mut silent = Gathered::new();
    for (text, image) in images(facts).filter(|(_, image)| !image.has_text) {
        if !is_decoration(site, image) {
            silent.add(&image.place, &*image.address, text);
        }
    }
    silent.findings(|span, address, _| {
        let message = format!("the image `{address}` has no alternative text");
        Diagnostic::new(codes::MISSING_ALT_TEXT, span, message)
            .hint("describe in `![…]` or `alt` what it shows; an `<img>` that only decorates has `alt=\"\"`")
    })
}

/// Whether an image says itself that it has nothing to tell.
fn is_decoration(site: &Site, image: &ImageFact) -> bool {
    let written = site.sources.text(image.place.span.text).get(image.place.span.range());
    written.is_some_and(|written| {
        written.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("<img"))
            && written.split_ascii_whitespace().any(|word| {
                let word = word.trim_end_matches(['>', '/']);
                word == "alt" || word.starts_with("alt=")
            })
    })
}
