//! A disk that writes down what is done on it, and what of it a power cut leaves.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use super::super::super::disk::{Disk, RealDisk};
use super::super::faults::Exchange;
use super::super::*;

/// A file or folder, whatever its names are.
pub(super) type Node = usize;

/// What is on a disk: the first node is the folder of the yard.
#[derive(Clone, Debug)]
pub(super) struct Nodes(Vec<Content>);

#[derive(Clone, Debug)]
pub(super) enum Content {
    Folder(BTreeMap<String, Node>),
    File(String),
}

/// One change that a file system makes as a whole.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// Names in folders now stand for these nodes, or for nothing.
    Names(Vec<(Node, String, Option<Node>)>),
    /// A file has these bytes.
    Bytes(Node, String),
}

#[derive(Clone, Debug)]
pub(super) enum Event {
    /// A node is there, without name and bytes.
    New(Content),
    Changed(Change),
    SyncedAll,
    SyncedNames(Node),
}

/// What becomes of changes that were not synced.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fate {
    Lost,
    Kept,
    NamesKept,
    Chance(u64),
}

pub(super) const FATES: [Fate; 6] =
    [Fate::Lost, Fate::Kept, Fate::NamesKept, Fate::Chance(1), Fate::Chance(2), Fate::Chance(3)];

impl Nodes {
    fn find(&self, path: &Path) -> Option<Node> {
        path.iter().try_fold(0, |node, name| match &self.0[node] {
            Content::Folder(names) => names.get(name.to_str()?).copied(),
            Content::File(_) => None,
        })
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::Bytes(node, text) => self.0[*node] = Content::File(text.clone()),
            Change::Names(names) => {
                for (folder, name, node) in names {
                    let Content::Folder(names) = &mut self.0[*folder] else { continue };
                    match node {
                        Some(node) => drop(names.insert(name.clone(), *node)),
                        None => drop(names.remove(name)),
                    }
                }
            }
        }
    }

    /// Lays a folder out on the real disk.
    pub(super) fn lay_out(&self, node: Node, at: &Path) {
        match &self.0[node] {
            Content::File(text) => fs::write(at, text).expect("a file"),
            Content::Folder(names) => {
                fs::create_dir_all(at).expect("a folder");
                names.iter().for_each(|(name, node)| self.lay_out(*node, &at.join(name)));
            }
        }
    }
}

/// What has happened since the recording began, and the disk as programs see it.
pub(super) struct Record {
    pub(super) events: Vec<Event>,
    live: Nodes,
    /// How many operations are done before the process is killed.
    pub(super) left: usize,
}

impl Record {
    pub(super) fn new() -> Self {
        let live = Nodes(vec![Content::Folder(BTreeMap::new())]);
        let mut record = Self { events: Vec::new(), live, left: usize::MAX };
        let site = record.new_node(Content::Folder(BTreeMap::new()));
        record.change(Change::Names(vec![(0, "site".into(), Some(site))]));
        record.events.push(Event::SyncedAll);
        record
    }

    fn new_node(&mut self, content: Content) -> Node {
        self.live.0.push(content.clone());
        self.events.push(Event::New(content));
        self.live.0.len() - 1
    }

    fn change(&mut self, change: Change) {
        self.live.change(&change);
        self.events.push(Event::Changed(change));
    }

    /// The disk after the first `moment` events and a power cut.
    pub(super) fn cut(&self, moment: usize, fate: Fate) -> Nodes {
        let mut disk = Nodes(vec![Content::Folder(BTreeMap::new())]);
        let mut pending: Vec<&Change> = Vec::new();
        for event in &self.events[..moment] {
            match event {
                Event::New(content) => disk.0.push(content.clone()),
                Event::Changed(change) => pending.push(change),
                Event::SyncedAll => pending.drain(..).for_each(|change| disk.change(change)),
                Event::SyncedNames(folder) => {
                    pending.retain(|change| {
                        let synced = concerns(change, *folder);
                        synced.then(|| disk.change(change));
                        !synced
                    });
                }
            }
        }
        let mut dice = Dice(moment as u64);
        for change in pending {
            let is_kept = match fate {
                Fate::Lost => false,
                Fate::Kept => true,
                Fate::NamesKept => matches!(change, Change::Names(_)),
                Fate::Chance(seed) => dice.roll(seed).is_multiple_of(2),
            };
            is_kept.then(|| disk.change(change));
        }
        disk
    }
}

fn concerns(change: &Change, folder: Node) -> bool {
    matches!(change, Change::Names(names) if names.iter().any(|(of, ..)| *of == folder))
}

/// Numbers that look like chance and are always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, seed: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(seed * 2 + 1);
        self.0 >> 33
    }
}

/// The real disk, on which what happens in one folder is written down.
pub(super) struct Recorder {
    pub(super) root: PathBuf,
    pub(super) record: Arc<Mutex<Record>>,
    pub(super) exchange: Exchange,
}

impl Recorder {
    /// The turn to do one operation, unless the process is dead.
    fn turn(&self) -> io::Result<MutexGuard<'_, Record>> {
        let mut record = self.record.lock().expect("no test panics while it writes down");
        record.left = record.left.checked_sub(1).ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(record)
    }

    fn node(&self, record: &Record, path: &Path) -> Option<Node> {
        record.live.find(path.strip_prefix(&self.root).ok()?)
    }

    /// A name as the folder that it is in and its last part.
    fn place(&self, record: &Record, path: &Path) -> (Node, String) {
        let folder = path.parent().and_then(|parent| self.node(record, parent));
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        (folder.expect("the folder is there: the real disk has it"), name)
    }

    fn named(&self, record: &mut Record, names: &[(&Path, Option<Node>)]) {
        let names = names.iter().map(|(path, node)| {
            let (folder, name) = self.place(record, path);
            (folder, name, *node)
        });
        let names = names.collect();
        record.change(Change::Names(names));
    }
}

impl Disk for Recorder {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        let mut record = self.turn()?;
        RealDisk.create_folder(folder)?;
        let node = record.new_node(Content::Folder(BTreeMap::new()));
        self.named(&mut record, &[(folder, Some(node))]);
        Ok(())
    }
    fn write_new(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut record = self.turn()?;
        RealDisk.write_new(file, bytes)?;
        let node = record.new_node(Content::File(String::new()));
        self.named(&mut record, &[(file, Some(node))]);
        record.change(Change::Bytes(node, String::from_utf8_lossy(bytes).into_owned()));
        Ok(())
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut record = self.turn()?;
        RealDisk.link(from, to)?;
        let node = self.node(&record, from);
        self.named(&mut record, &[(to, node)]);
        Ok(())
    }
    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.turn().and_then(|_| RealDisk.copy_permissions(from, to))
    }
    fn open_folder(&self, folder: &Path) -> io::Result<()> {
        self.turn().and_then(|_| RealDisk.open_folder(folder))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut record = self.turn()?;
        RealDisk.rename(from, to)?;
        let node = self.node(&record, from);
        self.named(&mut record, &[(from, None), (to, node)]);
        Ok(())
    }
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        let mut record = self.turn()?;
        if matches!(self.exchange, Exchange::Unsupported) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        RealDisk.exchange(one, other)?;
        let nodes = (self.node(&record, one), self.node(&record, other));
        self.named(&mut record, &[(one, nodes.1), (other, nodes.0)]);
        Ok(())
    }
    fn sync_tree(&self, _: &Path) -> io::Result<()> {
        self.turn()?.events.push(Event::SyncedAll);
        Ok(())
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut record = self.turn()?;
        let node = self.node(&record, folder).expect("the folder is there");
        record.events.push(Event::SyncedNames(node));
        Ok(())
    }
    fn remove_file(&self, file: &Path) -> io::Result<()> {
        let mut record = self.turn()?;
        RealDisk.remove_file(file)?;
        self.named(&mut record, &[(file, None)]);
        Ok(())
    }
    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        let mut record = self.turn()?;
        RealDisk.remove_folder(folder)?;
        self.named(&mut record, &[(folder, None)]);
        Ok(())
    }
}
