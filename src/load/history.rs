//! Which commits changed files, and when, from the history of the git repository that they lie in, in one pass.
//!
//! Each file goes its own way back: from a commit to the first parent that has the same file, until there is none. That
//! commit made it what it is. So a merge changes only what it makes different from all its parents, and what a merge
//! threw away counts for nothing. Commits that no file comes to are not looked at.

use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::path::Path;

use gix::bstr::{BStr, ByteSlice};
use gix::discover::upwards::Options as Discovery;
use gix::objs::tree::EntryMode;
use gix::{ObjectId, Repository};

use crate::messages::{Catalog, Message, MessageLanguage};

/// Why nothing is known of the past.
#[derive(Debug)]
pub enum NoHistory {
    /// The folder lies in no repository.
    NoRepository,
    /// The history was cut off: what is older would have the date of the cut.
    Shallow,
    /// The history could not be read.
    Unreadable(String),
}

pub(super) type Answer<T> = Result<T, NoHistory>;

impl NoHistory {
    /// The same for people, in any language.
    pub fn message(&self) -> Message {
        match self {
            Self::NoRepository => Message::new("translations-no-repository"),
            Self::Shallow => Message::new("translations-shallow"),
            Self::Unreadable(why) => Message::new("translations-unreadable").with("why", &**why),
        }
    }

    /// The same in English.
    pub fn said(self) -> String {
        Catalog::of(MessageLanguage::English).say(&self.message())
    }
}

/// How far back files go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// To the commit that made each what it is.
    Last,
    /// To the commit that first had it.
    First,
}

/// The commits that changed each of these files, the newest first, and what they made of it. A file that `head` does
/// not have has none.
pub(super) fn changes<'a>(
    repository: &Repository,
    folder: &str,
    head: ObjectId,
    files: impl Iterator<Item = &'a str>,
    reach: Reach,
) -> Answer<BTreeMap<&'a str, Vec<(ObjectId, ObjectId)>>> {
    let mut history = History {
        repository,
        folder,
        reach,
        waiting: HashMap::new(),
        order: BinaryHeap::new(),
        found: BTreeMap::new(),
    };
    history.begin(head, files)?;
    while let Some((_, commit)) = history.order.pop() {
        history.visit(commit)?;
    }
    Ok(history.found)
}

/// The repository around a folder, without anything of the user, the system or the environment.
pub(super) fn open(root: &Path) -> Answer<Repository> {
    let isolated = gix::open::Options::isolated;
    let options = gix::sec::trust::Mapping { full: isolated(), reduced: isolated() };
    let root = root.canonicalize().map_err(|error| NoHistory::Unreadable(error.to_string()))?;
    // Whoever owns the folder, no program is run and nothing outside the repository is read.
    let discovery = || Discovery { dot_git_only: true, ..Discovery::default() };
    if gix::discover::upwards_opts(&root, discovery()).is_err() {
        return Err(NoHistory::NoRepository);
    }
    let found = gix::ThreadSafeRepository::discover_opts(&root, discovery(), options);
    Ok(found.map_err(unreadable)?.to_thread_local())
}

/// The path of the site's folder in the repository: empty, or with a slash at the end.
pub(super) fn folder(repository: &Repository, root: &Path) -> Answer<String> {
    let work = repository.workdir().ok_or(NoHistory::NoRepository)?;
    let canonical =
        |path: &Path| path.canonicalize().map_err(|error| NoHistory::Unreadable(error.to_string()));
    let (work, root) = (canonical(work)?, canonical(root)?);
    let inside = root.strip_prefix(&work).map_err(|_| NoHistory::NoRepository)?;
    let parts = inside.components().map(|part| part.as_os_str().to_str());
    let parts: Option<Vec<&str>> = parts.collect();
    let outside = || NoHistory::Unreadable("the path of the folder is not UTF-8".to_owned());
    Ok(parts.ok_or_else(outside)?.iter().map(|part| format!("{part}/")).collect())
}

pub(super) fn unreadable(error: impl std::fmt::Display) -> NoHistory {
    NoHistory::Unreadable(error.to_string())
}

/// What a commit says of a file: how it is kept, and what is in it.
pub(super) type State = (EntryMode, ObjectId);

struct History<'a, 'r> {
    repository: &'r Repository,
    /// The path of the site's folder in the repository: empty, or with a slash at the end.
    folder: &'r str,
    reach: Reach,
    /// The files that have come to a commit which has not been looked at, in the state in which it has them.
    waiting: HashMap<ObjectId, Files<'a>>,
    /// Those commits, the newest on top, so that most are looked at once.
    order: BinaryHeap<(i64, ObjectId)>,
    found: BTreeMap<&'a str, Vec<(ObjectId, ObjectId)>>,
}

/// Files by path.
type Files<'a> = HashMap<&'a str, State>;

impl<'a> History<'a, '_> {
    /// Sends the files that `head` has on their way.
    fn begin(&mut self, head: ObjectId, files: impl Iterator<Item = &'a str>) -> Answer<()> {
        let tree = self.tree(head)?;
        let mut all = Changes { repository: self.repository, paths: Vec::new() };
        all.compare(tree, None, "")?;
        let all: HashMap<String, State> = all.paths.into_iter().collect();
        let known = |file: &'a str| Some((file, *all.get(file)?));
        let files: Files<'a> = files.filter_map(known).collect();
        self.send(head, files)
    }

    /// Sends files to a commit.
    fn send(&mut self, commit: ObjectId, files: Files<'a>) -> Answer<()> {
        if files.is_empty() {
            return Ok(());
        }
        match self.waiting.get_mut(&commit) {
            Some(waiting) => waiting.extend(files),
            None => {
                let seconds = seconds(self.repository, commit)?;
                self.waiting.insert(commit, files);
                self.order.push((seconds, commit));
            }
        }
        Ok(())
    }

    /// Sends the files of a commit on to its parents; those that none of them has so were made here. If they go on, it
    /// is from the first parent that has them at all.
    fn visit(&mut self, commit: ObjectId) -> Answer<()> {
        let Some(mut files) = self.waiting.remove(&commit) else { return Ok(()) };
        let tree = self.tree(commit)?;
        let parents = self.repository.find_commit(commit).map_err(unreadable)?;
        let parents: Vec<ObjectId> = parents.parent_ids().map(gix::Id::detach).collect();
        for parent in &parents {
            let mut changes = Changes { repository: self.repository, paths: Vec::new() };
            changes.compare(tree, self.tree(*parent)?, "")?;
            let mut changed: Files<'a> = HashMap::new();
            for (path, _) in changes.paths {
                changed.extend(files.remove_entry(path.as_str()));
            }
            self.send(*parent, files)?;
            files = changed;
        }
        let made: BTreeMap<&str, State> = files.into_iter().collect();
        for (path, (_, id)) in &made {
            self.found.entry(path).or_default().push((commit, *id));
        }
        if self.reach == Reach::First {
            self.go_on(&made, &parents)?;
        }
        Ok(())
    }

    /// Sends files that a commit has made what they are to where they were something else.
    fn go_on(&mut self, files: &BTreeMap<&'a str, State>, parents: &[ObjectId]) -> Answer<()> {
        let mut before: BTreeMap<ObjectId, Files<'a>> = BTreeMap::new();
        for path in files.keys() {
            for parent in parents {
                let Some(tree) = self.tree(*parent)? else { continue };
                if let Some(state) = entry(self.repository, tree, path) {
                    before.entry(*parent).or_default().insert(path, state);
                    break;
                }
            }
        }
        before.into_iter().try_for_each(|(parent, files)| self.send(parent, files))
    }

    fn tree(&self, commit: ObjectId) -> Answer<Option<ObjectId>> {
        tree(self.repository, self.folder, commit)
    }
}

pub(super) fn seconds(repository: &Repository, commit: ObjectId) -> Answer<i64> {
    let commit = repository.find_commit(commit).map_err(unreadable)?;
    Ok(commit.time().map_err(unreadable)?.seconds)
}

/// What a tree has at a path.
pub(super) fn entry(repository: &Repository, tree: ObjectId, path: &str) -> Option<State> {
    let tree = repository.find_tree(tree).ok()?;
    let entry = tree.lookup_entry_by_path(path).ok()??;
    Some((entry.mode(), entry.object_id()))
}

/// The tree of a folder in a commit, whose path is empty or ends in a slash; none where there is no such folder.
pub(super) fn tree(
    repository: &Repository,
    folder: &str,
    commit: ObjectId,
) -> Answer<Option<ObjectId>> {
    let commit = repository.find_commit(commit).map_err(unreadable)?;
    let mut tree = commit.tree_id().map_err(unreadable)?.detach();
    for name in folder.split_terminator('/') {
        let around = repository.find_tree(tree).map_err(unreadable)?;
        let entries = around.decode().map_err(unreadable)?.entries;
        let inside = entries.iter().find(|entry| entry.filename == name.as_bytes());
        let Some(inside) = inside.filter(|entry| entry.mode.is_tree()) else { return Ok(None) };
        tree = inside.oid.to_owned();
    }
    Ok(Some(tree))
}

/// The files that one tree has otherwise than another, or alone.
pub(super) struct Changes<'r> {
    pub(super) repository: &'r Repository,
    pub(super) paths: Vec<(String, State)>,
}

impl Changes<'_> {
    pub(super) fn compare(
        &mut self,
        new: Option<ObjectId>,
        old: Option<ObjectId>,
        path: &str,
    ) -> Answer<()> {
        let Some(new) = new.filter(|new| Some(*new) != old) else { return Ok(()) };
        let new = self.repository.find_tree(new).map_err(unreadable)?;
        let new = new.decode().map_err(unreadable)?;
        let old = match old {
            Some(old) => Some(self.repository.find_tree(old).map_err(unreadable)?),
            None => None,
        };
        let old = match &old {
            Some(old) => old.decode().map_err(unreadable)?.entries,
            None => Vec::new(),
        };
        let old: HashMap<&BStr, State> =
            old.iter().map(|entry| (entry.filename, (entry.mode, entry.oid.to_owned()))).collect();
        for entry in &new.entries {
            let state = (entry.mode, entry.oid.to_owned());
            let before = old.get(entry.filename).copied();
            // A name that is not UTF-8 is that of no file of the site.
            let Some(name) = entry.filename.to_str().ok().filter(|_| before != Some(state)) else {
                continue;
            };
            if entry.mode.is_tree() {
                let before = before.filter(|(mode, _)| mode.is_tree()).map(|(_, id)| id);
                self.compare(Some(state.1), before, &format!("{path}{name}/"))?;
            } else {
                self.paths.push((format!("{path}{name}"), state));
            }
        }
        Ok(())
    }
}
