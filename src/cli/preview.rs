//! `variorum preview`.

mod console;
mod editor;
mod reporter;

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use self::console::{Console, ready, say};
use self::editor::editor;
use super::Outcome;
use super::args::PreviewArguments;
use super::build::print_findings;
use super::failure::Failure;
use super::locate::located;
use super::opened::STACK;
use super::settings::{Part, settings};
use crate::config::Config;
use crate::diagnostic::Finding;
use crate::preview::follow::follow;
use crate::preview::reader::{Place, Reader, Trouble};
use crate::preview::server::{self, Exposure, Limits, ListenError, Listeners};
use crate::preview::watch::Watch;
use crate::preview::{Editor, Session, Snapshot};
use crate::render::{Settings, Twins};

/// Shows the site until it is told to stop.
pub(super) fn preview(arguments: &PreviewArguments) -> Outcome {
    let begun = Instant::now();
    let place = place(arguments)?;
    let editor = editor(&arguments.editor, &place.root)?;
    let mut reader = Reader::new(place, chosen(arguments)).map_err(|trouble| failure(&trouble))?;
    // Before the files are read, so that no change is missed that is made in the meantime.
    let watch = Watch::new(reader.root(), reader.folders())
        .map_err(|error| Failure::Io(format!("cannot watch the files: {error}")))?;
    let snapshot = on_own_stack(|| reader.first())?.map_err(|trouble| failure(&trouble))?;
    let runtime =
        server::runtime().map_err(|error| Failure::Io(format!("cannot start threads: {error}")))?;
    let exposure =
        if arguments.host == "127.0.0.1" { Exposure::ThisMachine } else { Exposure::Network };
    let listeners = runtime.block_on(server::listen(&arguments.host, arguments.port, exposure));
    let listeners = listeners.map_err(|error| match error {
        ListenError::Host(_) | ListenError::NotLoopback(_) => Failure::Usage(error.to_string()),
        ListenError::Taken { .. } | ListenError::Io { .. } => Failure::Io(error.to_string()),
    })?;
    let url = beginning(&listeners, &snapshot, arguments.path.as_deref())?;
    ready(&listeners, &url, &snapshot, begun.elapsed(), watch.complaint.as_deref())?;
    if arguments.open && open::that_detached(&url).is_err() {
        say("no browser could be opened: open the address yourself");
    }
    let root = reader.root().to_owned();
    let session = Arc::new(Session::new(root, editor.clone(), snapshot));
    run(&runtime, listeners, &session, &editor, reader, watch);
    // A page that is being made is not waited for.
    runtime.shutdown_timeout(Limits::USUAL.farewell);
    Ok(ExitCode::SUCCESS)
}

/// Serves and follows the files until the program is told to end.
fn run(
    runtime: &tokio::runtime::Runtime,
    listeners: Listeners,
    session: &Arc<Session>,
    editor: &Editor,
    reader: Reader,
    watch: Watch,
) {
    let stop = AtomicBool::new(false);
    let first = session.snapshot();
    let (sender, saves) = std::sync::mpsc::channel();
    let is_waiting = Arc::new(AtomicBool::new(false));
    let mut console = Console { saves: sender, is_waiting: is_waiting.clone() };
    // It may be in the middle of something when the preview ends, and is not waited for.
    std::thread::spawn(move || reporter::report(first, saves, &is_waiting));
    // Nor is it waited for who looks through the history.
    let warmed = session.clone();
    std::thread::spawn(move || warmed.warm());
    std::thread::scope(|scope| {
        let following = || {
            let follow = || follow(session, editor, reader, watch, &mut console, &stop);
            // Without threads of a known size there is no preview at all: they were started before.
            drop(on_own_stack(follow));
        };
        scope.spawn(following);
        runtime.block_on(server::serve(listeners, session.clone(), Limits::USUAL, asked_to_end()));
        stop.store(true, Ordering::Relaxed);
    });
}

/// Done when the program is told to end: Ctrl-C, or SIGTERM.
async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    drop(tokio::signal::ctrl_c().await);
}

/// Does something on threads whose stacks have a known size.
fn on_own_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build();
    let pool = pool.map_err(|error| Failure::Io(format!("cannot start threads: {error}")))?;
    Ok(pool.install(work))
}

fn place(arguments: &PreviewArguments) -> Result<Place, Failure> {
    let found = located(&arguments.place)?;
    let absolute = |path: &std::path::Path| {
        std::path::absolute(path)
            .map_err(|error| Failure::Io(format!("cannot find {}: {error}", path.display())))
    };
    Ok(Place {
        root: absolute(&found.root)?,
        config: absolute(&found.config)?,
        config_name: found.config_name,
    })
}

/// What the arguments ask for, asked anew whenever the configuration changes.
fn chosen(arguments: &PreviewArguments) -> crate::preview::reader::Choose {
    let (languages, versions) = (arguments.languages.clone(), arguments.versions.clone());
    let date = arguments.date;
    Arc::new(move |config: &Config| -> Result<Settings, String> {
        let part = Part { languages: &languages, versions: &versions, date, twins: Twins::Written };
        settings(config, &part).map_err(|failure| failure.to_string())
    })
}

fn failure(trouble: &Trouble) -> Failure {
    match trouble {
        Trouble::Unreadable(why) => Failure::Io(why.clone()),
        Trouble::Usage(why) => Failure::Usage(why.clone()),
        Trouble::Configuration(sources, findings) => {
            let findings: Vec<Finding> = findings.iter().cloned().map(Finding::from).collect();
            match print_findings(&findings, sources, None) {
                Ok(()) => Failure::Configuration,
                Err(failure) => failure,
            }
        }
    }
}

/// The address to begin with: that of the page which was named, or of the home page.
fn beginning(
    listeners: &Listeners,
    snapshot: &Snapshot,
    path: Option<&str>,
) -> Result<String, Failure> {
    let url = listeners.url();
    let address = match path {
        None => snapshot.first_address(),
        Some(path) => snapshot.address_of(path).ok_or_else(|| {
            Failure::Usage(format!(
                "`{path}` is neither the address nor the file of a page that is shown"
            ))
        })?,
    };
    Ok(format!("{}{address}", url.trim_end_matches('/')))
}

/// Writes to standard output, where results go. A reader who has left is no failure.
fn result(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
