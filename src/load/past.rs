//! What files of the site said in the commits of its repository, and when they were last changed.

use std::collections::BTreeMap;
use std::path::Path;

use gix::objs::Kind;
use gix::{ObjectId, Repository};
use jiff::Timestamp;

use super::history::{
    Answer, NoHistory, Reach, changes, entry, folder, open, seconds, tree, unreadable,
};
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

/// Trees and commits that are kept in memory.
const CACHE: usize = 64 << 20;

/// A commit that changed a file, and what the file says since then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The commit.
    pub commit: Commit,
    /// What it made of the file.
    pub blob: Blob,
}

impl Past {
    /// The past of the site in `root`; why there is none where there is none.
    pub fn open(root: &Path) -> Result<Self, NoHistory> {
        let mut repository = open(root)?;
        if repository.is_shallow().map_err(unreadable)? {
            return Err(NoHistory::Shallow);
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
        let (mode, id) = entry(&self.repository, tree, path)?;
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
        let Some(head) = self.head else { return Ok(BTreeMap::new()) };
        let found = changes(&self.repository, &self.folder, head, files, Reach::First);
        let change = |(commit, blob)| Change { commit: Commit(commit), blob: Blob(blob) };
        let found = found.map_err(NoHistory::said)?.into_iter();
        Ok(found.map(|(file, changes)| (file, changes.into_iter().map(change).collect())).collect())
    }
}

/// When the files with these paths in `root` were last changed. A file that is not committed has no date.
pub(super) fn last_changed<'a>(
    root: &Path,
    files: impl Iterator<Item = &'a str>,
) -> Answer<BTreeMap<&'a str, Timestamp>> {
    let Past { repository, folder, head } = Past::open(root)?;
    let Some(head) = head else { return Ok(BTreeMap::new()) };
    let mut moments = BTreeMap::new();
    for (file, changes) in changes(&repository, &folder, head, files, Reach::Last)? {
        let Some((commit, _)) = changes.first() else { continue };
        let moment = Timestamp::from_second(seconds(&repository, *commit)?);
        moments.extend(moment.ok().map(|moment| (file, moment)));
    }
    Ok(moments)
}
