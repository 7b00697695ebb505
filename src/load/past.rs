//! What files of the site said in the commits of its repository.

use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::path::Path;

use gix::objs::Kind;
use gix::{ObjectId, Repository};

use super::history::{Answer, Changes, State, Unknown, folder, open, tree, unreadable};
use super::text::decode;
use crate::source::FileId;

/// The commits behind the files of a site.
pub struct Past {
    repository: Repository,
    /// The path of the site's folder in the repository: empty, or with a slash at the end.
    folder: String,
    head: Option<ObjectId>,
}

/// A commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commit(ObjectId);

/// What a file says in a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Blob(ObjectId);

impl std::fmt::Display for Commit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A commit that changed a file, and what the file says since then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The commit.
    pub commit: Commit,
    /// What it made of the file.
    pub blob: Blob,
}

/// Trees and commits that are kept in memory.
const CACHE: usize = 64 << 20;

impl Past {
    /// The past of the site in `root`. Why there is none is said for people.
    pub fn open(root: &Path) -> Result<Self, String> {
        Self::try_open(root).map_err(said)
    }

    fn try_open(root: &Path) -> Answer<Self> {
        let mut repository = open(root)?;
        if repository.is_shallow().map_err(unreadable)? {
            return Err(Unknown::Shallow);
        }
        repository.object_cache_size_if_unset(CACHE);
        let folder = folder(&repository, root)?;
        let head = repository.head().map_err(unreadable)?;
        let head = match head.is_unborn() {
            true => None,
            false => Some(head.into_peeled_id().map_err(unreadable)?.detach()),
        };
        Ok(Self { repository, folder, head })
    }

    /// The same, with this commit for the one that the files were taken from.
    pub fn as_of(self, name: &str) -> Result<Self, String> {
        let Commit(head) =
            self.commit(name).ok_or_else(|| format!("`{name}` is no commit of the repository"))?;
        Ok(Self { head: Some(head), ..self })
    }

    /// The commit that the files were last taken from.
    pub fn head(&self) -> Option<Commit> {
        self.head.map(Commit)
    }

    /// The commit that people call so: a branch, a tag, or the digits of its name.
    pub fn commit(&self, name: &str) -> Option<Commit> {
        let object = self.repository.rev_parse_single(name).ok()?.object().ok()?;
        Some(Commit(object.peel_to_kind(Kind::Commit).ok()?.id))
    }

    /// What a file says in a commit; none where it is not there.
    pub fn blob(&self, commit: Commit, path: &str) -> Option<Blob> {
        let tree = tree(&self.repository, &self.folder, commit.0).ok()??;
        let (mode, id) = self.entry(tree, path)?;
        mode.is_blob().then_some(Blob(id))
    }

    /// The text of a file as it is in some commit.
    pub fn text(&self, blob: Blob) -> Option<String> {
        let blob = self.repository.find_blob(blob.0).ok()?;
        Some(decode(&blob.data, FileId(0)).0)
    }

    /// The commits that changed each of these files, the newest first, and what they made of it. A file that is not
    /// committed has none. Each file goes its own way back: from a commit to the first parent that has the same; where
    /// there is none, that commit changed it, and it goes on from the first parent that has the file at all.
    pub fn changes<'a>(
        &self,
        files: impl Iterator<Item = &'a str>,
    ) -> Result<BTreeMap<&'a str, Vec<Change>>, String> {
        let mut walk = Walk {
            past: self,
            waiting: HashMap::new(),
            order: BinaryHeap::new(),
            found: BTreeMap::new(),
        };
        walk.run(files).map_err(said)?;
        Ok(walk.found)
    }

    fn entry(&self, tree: ObjectId, path: &str) -> Option<State> {
        let tree = self.repository.find_tree(tree).ok()?;
        let entry = tree.lookup_entry_by_path(path).ok()??;
        Some((entry.mode(), entry.object_id()))
    }

    fn tree(&self, commit: ObjectId) -> Answer<Option<ObjectId>> {
        tree(&self.repository, &self.folder, commit)
    }
}

fn said(unknown: Unknown) -> String {
    match unknown {
        Unknown::NoRepository => "the site does not lie in a git repository".to_owned(),
        Unknown::Shallow => "the repository is a shallow clone".to_owned(),
        Unknown::Unreadable(why) => format!("the repository cannot be read: {why}"),
    }
}

/// Files on their way back.
struct Walk<'a, 'p> {
    past: &'p Past,
    /// The files that have come to a commit which has not been looked at, in the state in which it has them.
    waiting: HashMap<ObjectId, Files<'a>>,
    /// Those commits, the newest on top.
    order: BinaryHeap<(i64, ObjectId)>,
    found: BTreeMap<&'a str, Vec<Change>>,
}

/// Files by path.
type Files<'a> = HashMap<&'a str, State>;

impl<'a> Walk<'a, '_> {
    fn run(&mut self, files: impl Iterator<Item = &'a str>) -> Answer<()> {
        let Some(head) = self.past.head else { return Ok(()) };
        let Some(tree) = self.past.tree(head)? else { return Ok(()) };
        let known = files.filter_map(|file| Some((file, self.past.entry(tree, file)?)));
        let files: Files<'a> = known.collect();
        self.send(head, files)?;
        while let Some((_, commit)) = self.order.pop() {
            self.visit(commit)?;
        }
        Ok(())
    }

    /// Sends files to a commit.
    fn send(&mut self, commit: ObjectId, files: Files<'a>) -> Answer<()> {
        if files.is_empty() {
            return Ok(());
        }
        match self.waiting.get_mut(&commit) {
            Some(waiting) => waiting.extend(files),
            None => {
                let known = self.past.repository.find_commit(commit).map_err(unreadable)?;
                let seconds = known.time().map_err(unreadable)?.seconds;
                self.waiting.insert(commit, files);
                self.order.push((seconds, commit));
            }
        }
        Ok(())
    }

    fn visit(&mut self, commit: ObjectId) -> Answer<()> {
        let Some(mut files) = self.waiting.remove(&commit) else { return Ok(()) };
        let repository = &self.past.repository;
        let tree = self.past.tree(commit)?;
        let known = repository.find_commit(commit).map_err(unreadable)?;
        let parents: Vec<ObjectId> = known.parent_ids().map(gix::Id::detach).collect();
        for parent in &parents {
            let mut changes = Changes { repository, paths: Vec::new() };
            changes.compare(tree, self.past.tree(*parent)?, "")?;
            let mut changed: Files<'a> = HashMap::new();
            for (path, _) in changes.paths {
                changed.extend(files.remove_entry(path.as_str()));
            }
            self.send(*parent, files)?;
            files = changed;
        }
        let mut before: BTreeMap<ObjectId, Files<'a>> = BTreeMap::new();
        let files: BTreeMap<&str, State> = files.into_iter().collect();
        for (path, (_, id)) in files {
            let change = Change { commit: Commit(commit), blob: Blob(id) };
            self.found.entry(path).or_default().push(change);
            for parent in &parents {
                let Some(tree) = self.past.tree(*parent)? else { continue };
                if let Some(state) = self.past.entry(tree, path) {
                    before.entry(*parent).or_default().insert(path, state);
                    break;
                }
            }
        }
        before.into_iter().try_for_each(|(parent, files)| self.send(parent, files))
    }
}
