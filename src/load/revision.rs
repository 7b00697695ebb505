//! The files of a site as a commit of its repository has them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use gix::ObjectId;
use gix::objs::Kind;

use super::history::{Answer, Changes, NoHistory, folder, open, tree, unreadable};

/// What a commit has otherwise than the folder.
#[derive(Debug, Default)]
pub struct Revision {
    /// The bytes of files that are other now, or no longer there.
    pub(super) bytes: HashMap<String, Vec<u8>>,
    /// All files of the commit, below the site's folder.
    pub files: BTreeSet<String>,
    /// The files that are other now, are new, or are no longer there.
    pub changed: BTreeSet<String>,
}

impl Revision {
    /// The bytes of a file that is other now, or no longer there.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.bytes.get(path).map(Vec::as_slice)
    }
}

/// The files of the site in `root` as the commit `name` has them, compared with `now`: the files of today, of which
/// only those are looked at for which `is_input` holds. Why there are none is said for people.
pub fn revision(
    root: &Path,
    name: &str,
    is_input: &dyn Fn(&str) -> bool,
    now: &BTreeSet<String>,
) -> Result<Revision, String> {
    let repository = open(root).map_err(NoHistory::said)?;
    let missing = || format!("`{name}` is no commit of the repository");
    let object = repository.rev_parse_single(name).map_err(|_| missing())?.object();
    let object = object.map_err(|_| missing())?;
    let commit = object.peel_to_kind(Kind::Commit).map_err(|_| missing())?.id;
    read(&repository, root, commit, is_input, now).map_err(NoHistory::said)
}

fn read(
    repository: &gix::Repository,
    root: &Path,
    commit: ObjectId,
    is_input: &dyn Fn(&str) -> bool,
    now: &BTreeSet<String>,
) -> Answer<Revision> {
    let tree = tree(repository, &folder(repository, root)?, commit)?;
    let mut all = Changes { repository, paths: Vec::new() };
    all.compare(tree, None, "")?;
    let kept = all.paths.into_iter().filter(|(path, (mode, _))| mode.is_blob() && is_input(path));
    let then: BTreeMap<String, ObjectId> = kept.map(|(path, (_, id))| (path, id)).collect();
    let mut revision = Revision::default();
    for (path, id) in &then {
        if now.contains(path) && object_id(root, path) == Some(*id) {
            continue;
        }
        let blob = repository.find_blob(*id).map_err(unreadable)?;
        revision.bytes.insert(path.clone(), blob.data.clone());
        revision.changed.insert(path.clone());
    }
    let new = now.iter().filter(|path| is_input(path) && !then.contains_key(*path));
    revision.changed.extend(new.cloned());
    revision.files = then.into_keys().collect();
    Ok(revision)
}

/// The id that the repository would give the file.
fn object_id(root: &Path, path: &str) -> Option<ObjectId> {
    let bytes = std::fs::read(root.join(path)).ok()?;
    gix::objs::compute_hash(gix::hash::Kind::Sha1, Kind::Blob, &bytes).ok()
}
