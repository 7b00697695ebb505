//! The rules: what is wrong with a site of which pages were rendered. One file each.

mod broken_anchor;
mod broken_link;
mod conditions;
mod dead_external_link;
mod empty_link_text;
mod expired;
mod external_link;
mod feature_everywhere;
mod file_name;
mod heading_levels;
mod interface;
mod left_out;
mod link_language;
mod link_leaves_version;
mod link_redirect;
mod link_version;
mod missing_alt_text;
mod missing_image;
mod orphan_page;
mod redirect_loop;
mod title_of_no_page;
mod unused;

mod gather;
mod versions;
mod wording;

pub use dead_external_link::{dead_external_links, external_addresses};
pub use versions::Facts;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::diagnostic::Finding;
use crate::model::{PageId, Site};
use crate::references::References;
use crate::render::{PageFacts, Prepared};

/// What rules look at.
#[derive(Clone, Copy)]
pub(super) struct Judged<'a> {
    pub(super) site: &'a Site,
    pub(super) prepared: &'a Prepared<'a>,
    /// What is known of the pages that were rendered.
    pub(super) facts: &'a [PageFacts],
    /// Who refers to what.
    pub(super) references: &'a References,
    /// The pages that lack a part of their text, which is a finding of its own: what else they lack follows from it.
    pub(super) torn: &'a BTreeSet<PageId>,
}

/// A rule about texts, which needs nothing but what is known of the pages that show them.
type TextRule = fn(&Site, &[PageFacts]) -> Vec<Finding>;

/// A rule about the site.
type SiteRule = fn(Judged<'_>) -> Vec<Finding>;

const TEXT_RULES: &[TextRule] = &[
    broken_link::rule,
    missing_image::rule,
    empty_link_text::rule,
    missing_alt_text::rule,
    heading_levels::rule,
    external_link::rule,
    link_language::rule,
    link_version::rule,
    link_redirect::rule,
    link_leaves_version::rule,
    title_of_no_page::rule,
];

const SITE_RULES: &[SiteRule] = &[
    broken_anchor::rule,
    conditions::rule,
    left_out::rule,
    expired::rule,
    feature_everywhere::rule,
    file_name::rule,
    interface::rule,
    orphan_page::rule,
    redirect_loop::rule,
    unused::rule,
];

/// What the rules about texts say of pages.
pub(super) fn of_texts(site: &Site, facts: &[PageFacts]) -> Vec<Finding> {
    TEXT_RULES.par_iter().flat_map_iter(|rule| rule(site, facts)).collect()
}

/// What the rules say that are about the site.
pub(super) fn of_site(judged: Judged<'_>) -> Vec<Finding> {
    SITE_RULES.par_iter().flat_map_iter(|rule| rule(judged)).collect()
}
