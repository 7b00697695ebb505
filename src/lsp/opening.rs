//! Opens the site, follows its files, and says why there is none: once.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use lsp_types::MessageType;
use serde_json::json;

use super::server::{Document, Event, Life, Server};
use super::world::World;
use crate::preview::reader::{Place, Trouble};
use crate::preview::watch::Watch;

/// How often the thread that watches files looks whether it is to end.
const PATIENCE: Duration = Duration::from_millis(200);

impl<W: Write> Server<W> {
    /// Reads the site, where there is none yet.
    pub(super) fn open(&mut self) -> io::Result<()> {
        if self.life != Life::Running || self.world.is_some() {
            return Ok(());
        }
        let folder_of = |document: &Document| document.path.parent().map(Path::to_owned);
        let folders: Vec<PathBuf> = self
            .folders
            .iter()
            .cloned()
            .chain(self.documents.values().filter_map(folder_of))
            .collect();
        let mut why = None;
        for folder in folders {
            match (self.start.locate)(&folder) {
                Ok(place) => return self.open_at(place),
                Err(message) => why = why.or(Some(message)),
            }
        }
        why.map_or(Ok(()), |why| self.troubled(Trouble::Usage(why)))
    }

    fn open_at(&mut self, place: Place) -> io::Result<()> {
        let documents = self.documents.values();
        let documents: Vec<_> =
            documents.map(|document| (document.path.clone(), &*document.text)).collect();
        let encoding = self.abilities.encoding;
        let choose = self.start.choose.clone();
        let open = || World::open(place, choose, encoding, &documents);
        let opened = catch_unwind(AssertUnwindSafe(open));
        match opened.unwrap_or_else(|_| Err(failed())) {
            Ok(world) => {
                self.watch(&world);
                self.world = Some(world);
                self.well()?;
                self.is_new = true;
                self.due = Some(Instant::now());
                Ok(())
            }
            Err(trouble) => self.troubled(trouble),
        }
    }

    /// Watches the files of the site, for editors that do not tell of changes.
    fn watch(&mut self, world: &World) {
        self.watching.store(true, Ordering::Relaxed);
        self.watching = Arc::default();
        let (root, folders) = (world.root().to_owned(), world.folders());
        let (sender, is_over) = (self.sender.clone(), self.watching.clone());
        std::thread::spawn(move || {
            // Where nobody can tell of changes, the editor does, or they are seen when they are saved.
            let Ok(mut watch) = Watch::new(&root, folders) else { return };
            while !is_over.load(Ordering::Relaxed) {
                match watch.next(PATIENCE) {
                    Ok(Some(touched)) => match sender.send(Event::Touched(touched)) {
                        Ok(()) => {}
                        Err(_) => return,
                    },
                    Ok(None) => {}
                    Err(_) => return,
                }
            }
        });
    }

    /// Takes in what was touched.
    pub(super) fn catch_up(&mut self) -> io::Result<()> {
        if self.pending.files.is_empty() && !self.pending.everything {
            return Ok(());
        }
        let touched = std::mem::take(&mut self.pending);
        let Some(world) = &mut self.world else { return self.open() };
        let folders = world.folders();
        // What a panic leaves half done is not used again: the site is read anew with the next change.
        let taken = catch_unwind(AssertUnwindSafe(|| world.take_in(&touched)));
        let Ok(taken) = taken else {
            self.world = None;
            return self.troubled(failed());
        };
        match taken {
            Ok(is_new) => {
                self.is_new |= is_new;
                if let Some(world) = self.world.take() {
                    // The configuration may name other folders now.
                    if world.folders() != folders {
                        self.watch(&world);
                    }
                    self.world = Some(world);
                }
                self.well()
            }
            Err(trouble) => {
                // It is tried again with the next change.
                self.pending = touched;
                self.pending.everything = true;
                self.troubled(trouble)
            }
        }
    }

    /// Says why the site cannot be read as it is now: once.
    fn troubled(&mut self, trouble: Trouble) -> io::Result<()> {
        let message = match &trouble {
            Trouble::Unreadable(why) | Trouble::Usage(why) => why.clone(),
            Trouble::Configuration(sources, findings) => {
                let first = findings.first().map_or("it is faulty", |finding| &*finding.message);
                let name = sources.files().next().map_or("variorum.yml", |(_, file)| &*file.path);
                format!("{name}: {first}")
            }
        };
        if let Trouble::Configuration(sources, findings) = &trouble {
            let folder = self.world.as_ref().map(|world| world.root().to_owned());
            let folder = folder.or_else(|| self.folders.first().cloned()).unwrap_or_default();
            let told =
                self.published.configuration(&folder, sources, findings, self.abilities.encoding);
            told.into_iter().try_for_each(|told| self.tell(told))?;
        }
        let (method, kind) = match trouble {
            // A folder without a site is no fault of anybody: some editors start the server for each page.
            Trouble::Usage(_) => ("window/logMessage", MessageType::INFO),
            Trouble::Unreadable(_) | Trouble::Configuration(..) => {
                ("window/showMessage", MessageType::ERROR)
            }
        };
        if self.trouble.as_ref() == Some(&(method, message.clone())) {
            return Ok(());
        }
        self.trouble = Some((method, message.clone()));
        self.notify(method, json!({ "type": kind, "message": message }))
    }

    /// Says that the site can be read again.
    fn well(&mut self) -> io::Result<()> {
        let Some((method, _)) = self.trouble.take() else { return Ok(()) };
        self.is_new = true;
        let cleared = self.published.configured();
        cleared.into_iter().try_for_each(|told| self.tell(told))?;
        let message = "the site can be read again";
        self.notify(method, json!({ "type": MessageType::INFO, "message": message }))
    }
}

/// The program has panicked over the site.
fn failed() -> Trouble {
    Trouble::Unreadable("variorum itself failed on the site".to_owned())
}
