//! What a change brought: the findings of a site that another state of it did not have, found by rendering the pages
//! that the change may reach, and no others.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::known::KnownFindings;
use super::{judged_with, missing_redirect};
use crate::diagnostic::{Checked, Diagnostic, Finding};
use crate::model::Site;
use crate::references::{References, State, numbers, touched};
use crate::render::{Leads, PageFacts, Prepared, Rendered, survey};
use crate::variant::VariantSet;

/// A site that is ready to be rendered, and what was found until then.
pub struct Ready<'a> {
    /// The site.
    pub prepared: &'a Prepared<'a>,
    /// What was found when it was read and prepared.
    pub found: Vec<Diagnostic>,
}

/// What a change brought.
pub struct Brought {
    /// The findings that the site has now and had not before.
    pub findings: Vec<Finding>,
    /// What is known of the pages that were looked at, as they were before.
    pub before: Vec<PageFacts>,
    /// The same of the pages as they are now.
    pub now: Vec<PageFacts>,
}

/// What the site has now and had not before. `is_alike` tells whether both have one configuration; else
/// everything is looked at.
pub fn since(before: Ready<'_>, now: Ready<'_>, is_alike: bool) -> Brought {
    let (old, new) = (before.prepared.site(), now.prepared.site());
    let (was, is) = rayon::join(|| References::new(old), || References::new(new));
    let states = (State { site: old, references: &was }, State { site: new, references: &is });
    let (old_part, new_part) = (Survey::new(before.prepared), Survey::new(now.prepared));
    let mut round = Rounds { states, parts: (old_part, new_part) };
    round.run(is_alike);
    let missing = missing_redirect::rule(before.prepared, now.prepared);
    let Rounds { parts: (old_part, new_part), .. } = round;
    let ((known, before), (mut findings, now)) =
        rayon::join(|| old_part.judged(&was, before.found), || new_part.judged(&is, now.found));
    let mut known = self::known(&known, old, new);
    findings.retain(|Finding { diagnostic, .. }| {
        !known.take(&key(diagnostic, new.sources.path(diagnostic.span)), diagnostic.weight())
    });
    findings.extend(new.config.rules.apply(missing));
    Brought { findings, before, now }
}

/// Pages of a site that were rendered.
struct Survey<'a> {
    prepared: &'a Prepared<'a>,
    done: BTreeSet<String>,
    rendered: Rendered,
    found: Vec<Diagnostic>,
}

impl<'a> Survey<'a> {
    fn new(prepared: &'a Prepared<'a>) -> Self {
        let (done, rendered, found) = (BTreeSet::new(), Rendered::default(), Vec::new());
        Self { prepared, done, rendered, found }
    }

    /// Renders these pages, those left out that were rendered before.
    fn add(&mut self, paths: &BTreeSet<String>) {
        let new: BTreeSet<String> = paths.difference(&self.done).cloned().collect();
        let wanted = numbers(self.prepared.site(), &new);
        self.done.extend(new);
        if wanted.is_empty() {
            return;
        }
        let Checked { value, diagnostics } =
            survey(self.prepared, &|page| wanted.contains(&page.id));
        self.rendered.findings.extend(value.findings);
        self.rendered.facts.extend(value.facts);
        self.found.extend(diagnostics);
    }

    /// The anchors of a page and the variants that have each.
    fn anchors(&self) -> BTreeMap<&str, BTreeMap<&str, VariantSet>> {
        let site = self.prepared.site();
        self.rendered
            .facts
            .iter()
            .map(|facts| (&*site.page(facts.page).path, facts.all_anchors()))
            .collect()
    }

    /// The pages that links with a place on them lead to.
    fn targets(&self) -> BTreeSet<String> {
        let texts = self.rendered.facts.iter().flat_map(|facts| &facts.texts);
        let links = texts.flat_map(|text| &text.facts.links);
        let pages = links.filter(|link| link.fragment().is_some()).filter_map(|link| {
            let Leads::Page { page, .. } = link.leads else { return None };
            Some(self.prepared.site().page(page).path.clone())
        });
        pages.collect()
    }

    /// The findings, and what is known of the pages.
    fn judged(
        mut self,
        references: &References,
        mut found: Vec<Diagnostic>,
    ) -> (Vec<Finding>, Vec<PageFacts>) {
        found.append(&mut self.found);
        let findings = judged_with(self.prepared, references, found, &mut self.rendered);
        (findings, self.rendered.facts)
    }
}

/// Both states of the site, looked at in rounds.
struct Rounds<'a> {
    states: (State<'a>, State<'a>),
    parts: (Survey<'a>, Survey<'a>),
}

impl Rounds<'_> {
    fn run(&mut self, is_alike: bool) {
        let touched = touched(self.states.0, self.states.1);
        if touched.everything || !is_alike {
            return self.add(&self.all());
        }
        self.add(&touched.pages);
        // Who leads to a place that is elsewhere now, or to a page that is.
        let mut moved = touched.moved;
        moved.extend(self.with_other_anchors());
        let (was, is) = self.states;
        let linking: BTreeSet<String> =
            was.linking_to(&moved).into_iter().chain(is.linking_to(&moved)).collect();
        self.add(&linking);
        // The places that the links of all these lead to.
        let targets = self.parts.0.targets().into_iter().chain(self.parts.1.targets());
        let targets = targets.collect();
        self.add(&targets);
    }

    /// Both states are looked at in the same pages, so that what is in both does not count as new.
    fn add(&mut self, paths: &BTreeSet<String>) {
        let (was, is) = &mut self.parts;
        rayon::join(|| was.add(paths), || is.add(paths));
    }

    fn all(&self) -> BTreeSet<String> {
        let (was, is) = self.states;
        was.site.pages.iter().chain(&is.site.pages).map(|page| page.path.clone()).collect()
    }

    fn with_other_anchors(&self) -> BTreeSet<String> {
        let (was, is) = (self.parts.0.anchors(), self.parts.1.anchors());
        let differ = |path: &&&str| was.get(**path) != is.get(**path);
        was.keys().chain(is.keys()).filter(differ).map(|path| (*path).to_owned()).collect()
    }
}

/// A finding that there was before, by code, file and message.
type Key = (&'static str, String, String);

/// The findings of the state before, at the paths that their files have now.
fn known(findings: &[Finding], before: &Site, now: &Site) -> KnownFindings<Key> {
    let renamed = renamed(before, now);
    let known = findings.iter().map(|Finding { diagnostic, .. }| {
        let path = before.sources.path(diagnostic.span);
        let path = renamed.get(path).map_or(path, |path| path.as_str());
        (key(diagnostic, path), diagnostic.weight())
    });
    known.collect()
}

fn key(diagnostic: &Diagnostic, path: &str) -> Key {
    (diagnostic.code.name, path.to_owned(), diagnostic.message.clone())
}

/// The files that have another path now, with the same text: by the path before, that of now.
pub(super) fn renamed(before: &Site, now: &Site) -> HashMap<String, String> {
    let paths = |site: &Site| -> BTreeMap<String, String> {
        let files = site.sources.files().filter(|(_, file)| !file.text.is_empty());
        files.map(|(_, file)| (file.path.clone(), file.text.clone())).collect()
    };
    let there = |site: &Site| -> BTreeSet<String> {
        site.sources.files().map(|(_, file)| file.path.clone()).collect()
    };
    let (were, are) = (there(before), there(now));
    let gone: BTreeMap<String, String> =
        paths(before).into_iter().filter(|(path, _)| !are.contains(path)).collect();
    let new: HashMap<String, String> = paths(now)
        .into_iter()
        .filter(|(path, _)| !were.contains(path))
        .map(|(path, text)| (text, path))
        .collect();
    gone.into_iter().filter_map(|(path, text)| Some((path, new.get(&text)?.clone()))).collect()
}
