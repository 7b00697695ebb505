//! Files of the site that would be one file: found before anything is written.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostic::{Diagnostic, codes};
use crate::model::Site;
use crate::name::folded;
use crate::render::{Planned, PlannedKind};
use crate::source::Span;

/// The files that are not to be written, as others have their paths.
#[derive(Debug, Default)]
pub struct Refused(BTreeSet<(String, Span)>);

impl Refused {
    /// Whether the file that is made from this source is not to be written to this path.
    pub fn contains(&self, path: &str, source: Span) -> bool {
        !self.0.is_empty() && self.0.contains(&(path.to_owned(), source))
    }
}

/// Finds the files whose paths some system takes for the same, and files where others need a folder. The first has
/// the path: of each kind, and inside a kind in the order given.
pub fn collisions(site: &Site, planned: &[Planned]) -> (Refused, Vec<Diagnostic>) {
    let mut files: Vec<(String, &Planned)> =
        planned.iter().map(|file| (folded(&file.path), file)).collect();
    files.sort_by_key(|(_, file)| file.kind);
    let mut claims = Claims { site, files: HashMap::new(), folders: HashMap::new() };
    let mut refused = Refused::default();
    let mut found: BTreeMap<(Span, String), Diagnostic> = BTreeMap::new();
    for (path, file) in &files {
        let Some(other) = claims.take(path, file) else { continue };
        refused.0.insert((file.path.clone(), file.source));
        // A page has many files; that two of them collide once is enough to know.
        let key = (file.source, claims.name(other));
        found.entry(key).or_insert_with(|| claims.finding(file, other));
    }
    (refused, found.into_values().collect())
}

struct Claims<'a> {
    site: &'a Site,
    /// Which file has a path.
    files: HashMap<&'a str, &'a Planned>,
    /// Which file is the first to need a folder.
    folders: HashMap<&'a str, &'a Planned>,
}

impl<'a> Claims<'a> {
    /// Takes a path for a file, unless another one has it or stands in the way: that one.
    fn take<'p: 'a>(&mut self, path: &'p str, file: &'a Planned) -> Option<&'a Planned> {
        let folders = || path.match_indices('/').map(|(at, _)| &path[..at]);
        let other = self.files.get(path).or_else(|| self.folders.get(path));
        let other =
            other.copied().or_else(|| folders().find_map(|dir| self.files.get(dir).copied()));
        if other.is_some() {
            return other;
        }
        for folder in folders() {
            self.folders.entry(folder).or_insert(file);
        }
        self.files.insert(path, file);
        None
    }

    fn finding(&self, file: &Planned, other: &Planned) -> Diagnostic {
        let (own, theirs) = (self.name(file), self.name(other));
        let message = match (file.path == other.path, folded(&file.path) == folded(&other.path)) {
            (true, _) => format!("{theirs} and {own} both make `{}`", file.path),
            (_, true) => format!(
                "{theirs} makes `{}` and {own} `{}`, which are one file on some systems",
                other.path, file.path
            ),
            _ => format!(
                "{theirs} makes `{}` and {own} `{}`: one would be a file and a folder",
                other.path, file.path
            ),
        };
        Diagnostic::new(codes::DUPLICATE_ADDRESS, file.source, message)
            .hint("rename or remove one of the two")
    }

    /// What makes a file, for people.
    fn name(&self, file: &Planned) -> String {
        match file.kind {
            PlannedKind::Own => "the program".to_owned(),
            PlannedKind::Asset => format!("`{}`", file.path),
            PlannedKind::Page | PlannedKind::Twin => {
                format!("`{}`", self.site.sources.path(file.source))
            }
            PlannedKind::Redirect => {
                format!("a redirect of `{}`", self.site.sources.path(file.source))
            }
        }
    }
}
