//! Retiring a version: what the configuration says, what conditions are decided by it, what pages are left without one.

mod blocks;
mod conditions;
mod ranges;
mod releases;

use std::collections::{BTreeMap, BTreeSet};

use super::front::{Front, line};
use super::scan::link_tags;
use super::{ChangeSet, Impossible};
use crate::diagnostic::{Edit, Fix, nearest};
use crate::load::split;
use crate::model::{Page, PageId, Site, link_argument};
use crate::source::{FileId, Span, TextId};
use crate::variant::VersionId;
use crate::yaml::{self, Entry, Value};

use blocks::Cut;
use conditions::{Decided, decided};

/// A version that is to be retired.
#[derive(Debug)]
pub struct Retirement<'a> {
    site: &'a Site,
    version: VersionId,
}

impl<'a> Retirement<'a> {
    /// The version with this id, of the plan's long or short name.
    pub fn new(site: &'a Site, id: &str) -> Result<Self, Impossible> {
        let versions = &site.config.versions;
        let (plan, release) = id.split_once('@').unwrap_or((id, ""));
        let long = versions.find_plan(plan).map_or(plan, |plan| &plan.name);
        let long = format!("{long}@{release}");
        if versions.is_retired(&long) {
            return Err(Impossible(format!("`{id}` is retired already: there is nothing to do")));
        }
        let Some(version) = versions.find(&long) else {
            let ids: Vec<&str> = versions.iter().map(|(_, version)| &*version.id).collect();
            let hint = match nearest(id, ids.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("use one of {}", ids.join(", ")),
            };
            return Err(Impossible(format!("`{id}` is no version of the site: {hint}")));
        };
        if site.config.default_version == version {
            return Err(Impossible(format!(
                "`{id}` is the default version: let `default_version` name another one first"
            )));
        }
        if versions.plan(version).versions.len() < 2 {
            return Err(Impossible(format!(
                "`{id}` is the only release of its plan: add the next one first, or remove the plan from `versions`"
            )));
        }
        Ok(Self { site, version })
    }

    /// The edits of the configuration, which is the first of the site's files.
    pub fn configuration(&self) -> Result<Vec<Edit>, Impossible> {
        let versions = &self.site.config.versions;
        let (plan, release) = (versions.plan(self.version), &versions.get(self.version).release);
        let limits = self.site.config.limits.yaml;
        let sources = &self.site.sources;
        releases::retire(sources, FileId(0), &plan.name, release.as_str(), limits).ok_or_else(|| {
            Impossible(format!(
                "`releases` and `retired` of the plan `{}` have a form that is not understood: move `{release}` from \
                 one to the other yourself",
                plan.name
            ))
        })
    }

    /// What becomes of the files, where `after` is the site with the new configuration and the same files. `is_there`
    /// says whether a path is that of a file of the site.
    pub fn draft(
        &self,
        after: &Site,
        is_there: &dyn Fn(&str) -> bool,
    ) -> Result<Draft<'a>, Impossible> {
        let found = decided(self.site, after).into_iter();
        let is_own = |found: &Decided| is_there(&self.site.sources.file(found.text.file).path);
        let conditions = found.filter(is_own).map(|found| (found, Some(Cut::Lines)));
        let mut draft = Draft {
            site: self.site,
            configuration: self.configuration()?,
            conditions: conditions.collect(),
            ranges: Vec::new(),
            removed: BTreeMap::new(),
            notes: self.banner(after).into_iter().collect(),
        };
        draft.narrow(after);
        draft.remove_pages(after);
        Ok(draft)
    }

    /// The banner about the end of a version goes to the oldest one that is left.
    fn banner(&self, after: &Site) -> Option<String> {
        let versions = &after.config.versions;
        let plan = versions.find_plan(&self.site.config.versions.plan(self.version).name)?;
        let oldest = versions.get(*plan.versions.last()?);
        let was_oldest = self.site.config.versions.plan(self.version).versions.last();
        (was_oldest == Some(&self.version)).then(|| match oldest.deprecated {
            Some(day) => format!(
                "the pages of `{}` have the banner about the end of a version now: it ends on {day}",
                oldest.id
            ),
            None => format!(
                "no page has the banner about the end of a version now, as `{}` has no day `deprecated`",
                oldest.id
            ),
        })
    }
}

/// What becomes of the files of a site whose version is retired. What would alter other versions gives way.
#[derive(Debug)]
pub struct Draft<'a> {
    site: &'a Site,
    configuration: Vec<Edit>,
    /// Texts with decided conditions, and how they are cut; left alone where they are not.
    conditions: Vec<(Decided, Option<Cut>)>,
    /// Version ranges.
    ranges: Vec<Edit>,
    /// Pages without a version, and the page that stands in for each.
    removed: BTreeMap<PageId, Option<PageId>>,
    notes: Vec<String>,
}

impl<'a> Draft<'a> {
    /// What has to be looked at by somebody, as sentences.
    pub fn notes(&self) -> Vec<String> {
        let left = self.conditions.iter().filter(|(_, cut)| cut.is_none());
        let note = |(decided, _): &(Decided, _)| {
            let path = &self.site.sources.file(decided.text.file).path;
            format!(
                "conditions in `{path}` are left as they are: without them other versions would differ, or the file has the text in another form"
            )
        };
        let mut notes = self.notes.clone();
        notes.extend(left.map(note));
        let mut told = BTreeSet::new();
        notes.retain(|note| told.insert(note.clone()));
        notes
    }

    /// How many conditional blocks become simpler, or go.
    pub fn blocks(&self) -> usize {
        let done = self.conditions.iter().filter(|(_, cut)| cut.is_some());
        done.map(|(decided, _)| decided.blocks).sum()
    }

    /// The files whose conditions are simplified.
    pub fn files(&self) -> BTreeSet<FileId> {
        let done = self.conditions.iter().filter(|(_, cut)| cut.is_some());
        done.map(|(decided, _)| decided.text.file).collect()
    }

    /// The changes of configuration and conditions, which may alter no version that stays.
    pub fn conditions(&mut self) -> Result<ChangeSet<'a>, Impossible> {
        let mut changes = ChangeSet::new(&self.site.sources);
        self.configuration.iter().try_for_each(|edit| changes.edit(edit))?;
        for (decided, cut) in &mut self.conditions {
            let Some(how) = *cut else { continue };
            let edits = decided.splices(how).iter().map(|splice| Edit {
                span: Span::new(decided.text, splice.range.clone()),
                text: splice.text.clone(),
            });
            let what = "simplify the conditions".to_owned();
            if changes.fix(&Fix { what, edits: edits.collect() }).is_err() {
                *cut = None;
            }
        }
        Ok(changes)
    }

    /// Cuts less out of the texts of these files: whole lines no more, then nothing. Says whether there was anything.
    pub fn give_way(&mut self, files: &BTreeSet<FileId>) -> bool {
        let mut is_less = false;
        let concerned = |decided: &Decided| files.contains(&decided.text.file);
        for (_, cut) in self.conditions.iter_mut().filter(|(decided, _)| concerned(decided)) {
            is_less |= cut.is_some();
            *cut = match cut {
                Some(Cut::Lines) => Some(Cut::Exact),
                _ => None,
            };
        }
        is_less
    }

    /// Leaves version ranges as they are, where `after`, with all changes, has pages or features in other versions than
    /// `before`, with the new configuration alone. Says whether there is anything to be left.
    pub fn hold_ranges(&mut self, before: &Site, after: &Site) -> bool {
        let pages = |site: &Site| -> BTreeMap<String, _> {
            let pages = site.pages.iter().filter(|page| !page.versions.is_empty());
            pages.map(|page| (page.route.clone(), page.versions)).collect()
        };
        if pages(before) == pages(after) && before.features == after.features {
            return false;
        }
        self.notes.push(
            "version ranges are left as they are: pages would be in other versions".to_owned(),
        );
        !std::mem::take(&mut self.ranges).is_empty()
    }

    /// All changes.
    pub fn all(&mut self) -> Result<ChangeSet<'a>, Impossible> {
        let mut changes = self.conditions()?;
        for edit in &self.ranges {
            let path = self.site.sources.path(edit.span);
            if changes.edit(edit).is_err() {
                self.notes
                    .push(format!("look at `versions` in `{path}`: it could not be simplified"));
            }
        }
        for page in self.removed.keys().map(|page| self.site.page(*page)) {
            let editions = std::iter::once(&page.source).chain(page.translations.values());
            for edition in editions {
                changes.remove(&self.site.sources.file(edition.file).path)?;
            }
        }
        self.stand_in(&mut changes)?;
        self.unlist(&mut changes)?;
        Ok(changes)
    }

    /// Simplifies version ranges of pages, features and whatever else in data has `versions`.
    fn narrow(&mut self, after: &Site) {
        let (before, after) = (&self.site.config.versions, &after.config.versions);
        let limits = self.site.config.limits.yaml;
        for (id, file) in self.site.sources.files().skip(1) {
            let path = &file.path;
            let is_page = path.ends_with(".md") && path.contains("content/");
            let is_data =
                path.contains("data/") && (path.ends_with(".yml") || path.ends_with(".yaml"));
            if !(is_page || is_data) || !file.text.contains("versions:") {
                continue;
            }
            let range = match split(&file.text) {
                Some((front, _)) if is_page => front,
                _ if is_page => continue,
                _ => 0..file.text.len(),
            };
            let mut copy = file.clone();
            let Some(root) = yaml::parse(&mut copy, id, range, limits).value else { continue };
            let mut maps = Vec::new();
            if let Value::Map(entries) = &root.value {
                version_maps(entries, is_data, &mut maps);
            }
            for map in maps {
                match ranges::edits(&copy, id, map, before, after) {
                    Ok(edits) => self.ranges.extend(edits),
                    Err(_) if is_page => {}
                    Err(_) => self.notes.push(format!(
                        "`{path}` has `versions` that no version is left of: remove what they belong to"
                    )),
                }
            }
        }
    }

    /// Finds the pages that have no version any more, and the nearest page above each that has.
    fn remove_pages(&mut self, after: &Site) {
        let is_left = |page: &Page| {
            let found = after.find_page(&page.route).map(|page| after.page(page));
            found.is_some_and(|page| !page.versions.is_empty())
        };
        for page in self.site.pages.iter().filter(|page| !page.versions.is_empty()) {
            if is_left(page) {
                continue;
            }
            let mut above = self.site.tree.ancestors(page.id);
            let nearest = above.find(|above| is_left(self.site.page(*above)));
            let nearest = nearest.or(self.site.tree.home());
            self.removed.insert(page.id, nearest);
            let stands_in = nearest.map_or("nothing", |page| &self.site.page(page).path);
            self.notes.push(format!(
                "`content/{}` has no version left and is removed: its addresses lead to `content/{stands_in}`",
                page.path
            ));
        }
    }

    /// Old addresses of the pages that are gone lead to those that stand in for them.
    fn stand_in(&mut self, changes: &mut ChangeSet<'_>) -> Result<(), Impossible> {
        let limits = self.site.config.limits.yaml;
        let mut addresses: BTreeMap<PageId, Vec<String>> = BTreeMap::new();
        for (page, nearest) in &self.removed {
            let Some(nearest) = nearest else { continue };
            let page = self.site.page(*page);
            let own = page.source.front.redirect_from.iter().map(|entry| entry.value.clone());
            let all = std::iter::once(format!("/{}", page.route)).chain(own);
            addresses.entry(*nearest).or_default().extend(all);
        }
        for (page, addresses) in addresses {
            let page = self.site.page(page);
            let front = Front::of(&self.site.sources, page.source.file, limits);
            match front.and_then(|front| front.add("redirect_from", &addresses)) {
                Some(edit) => changes.edit(&edit)?,
                None => self.notes.push(format!(
                    "add {} to `redirect_from` of `content/{}`: the list has a form that is not understood",
                    addresses.join(", "),
                    page.path
                )),
            }
        }
        Ok(())
    }

    /// Takes the pages that are gone out of the lists of index pages.
    fn unlist(&mut self, changes: &mut ChangeSet<'_>) -> Result<(), Impossible> {
        if self.removed.is_empty() {
            return Ok(());
        }
        let site = self.site;
        let is_gone =
            |page: Option<PageId>| page.is_some_and(|page| self.removed.contains_key(&page));
        let mut notes = Vec::new();
        for page in site.pages.iter().filter(|page| page.is_index()) {
            if self.removed.contains_key(&page.id) {
                continue;
            }
            let editions = std::iter::once(&page.source).chain(page.translations.values());
            for edition in editions {
                let front = Front::of(&site.sources, edition.file, site.config.limits.yaml);
                for item in front.iter().flat_map(|front| front.items("children")) {
                    if is_gone(site.find_child(page, &item.value)) {
                        let edit =
                            front.as_ref().and_then(|front| front.remove("children", &item.value));
                        let is_done = edit.is_some_and(|edit| changes.edit(&edit).is_ok());
                        if !is_done {
                            notes.push(format!(
                                "remove `{}` from `children` of `content/{}`",
                                item.value, page.path
                            ));
                        }
                    }
                }
                for edit in tag_lines(site, page, edition.file, &is_gone) {
                    changes.edit(&edit)?;
                }
            }
        }
        self.notes.extend(notes);
        Ok(())
    }
}

/// The lines of link tags that list a page for which `is_gone` holds.
fn tag_lines(
    site: &Site,
    page: &Page,
    file: FileId,
    is_gone: &dyn Fn(Option<PageId>) -> bool,
) -> Vec<Edit> {
    let text = &site.sources.file(file).text;
    let start = split(text).map_or(0, |(_, body)| body.start);
    let body = &text[start..];
    let gone = link_tags(body).into_iter().filter(|tag| {
        let route = link_argument(&body[tag.argument.clone()], page.folder());
        let own = line(body, tag.span.start);
        is_gone(site.find_page(&route)) && body[own].trim() == &body[tag.span.clone()]
    });
    let edit = |range: std::ops::Range<usize>| Edit {
        span: Span::new(TextId::whole(file), start + range.start..start + range.end),
        text: String::new(),
    };
    gone.map(|tag| edit(line(body, tag.span.start))).collect()
}

/// The maps called `versions`; in data they may stand anywhere.
fn version_maps<'n>(entries: &'n [Entry], is_deep: bool, maps: &mut Vec<&'n [Entry]>) {
    for entry in entries {
        match &entry.value.value {
            Value::Map(inner) if entry.key == "versions" => maps.push(inner),
            Value::Map(inner) if is_deep => version_maps(inner, is_deep, maps),
            Value::List(items) if is_deep => {
                for item in items {
                    if let Value::Map(inner) = &item.value {
                        version_maps(inner, is_deep, maps);
                    }
                }
            }
            _ => {}
        }
    }
}
