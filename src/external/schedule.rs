//! Who asks which address when: a thread for each host that is asked, and one that tells them what.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, Scope};

use super::Settings;
use super::board::{Board, Journey};
use super::client::Client;
use super::question::{Said, Time, question};
use super::verdict::{Unclear, Verdict};

/// Asks addresses, each at most once, and tells what became of each. `progress` hears how many are done.
pub fn ask(
    addresses: &BTreeSet<String>,
    settings: &Settings,
    progress: &dyn Fn(usize),
) -> BTreeMap<String, Verdict> {
    let (client, time) = (Client::new(settings), Time::start(settings));
    let mut board = Board::new(addresses, settings);
    thread::scope(|scope| {
        let mut askers = Askers::new(scope, settings.hosts.min(addresses.len()), &client, time);
        loop {
            while time.left().is_some()
                && let Some(asker) = askers.idle.pop()
            {
                let Some(journey) = board.next() else {
                    askers.idle.push(asker);
                    break;
                };
                askers.send(asker, journey);
            }
            progress(board.done());
            let Some((journey, said)) = askers.hear() else { break };
            board.take(journey, said);
        }
    });
    board.verdicts()
}

/// Threads that ask, each for one address at a time.
struct Askers {
    tasks: Vec<Sender<Journey>>,
    answers: Receiver<(usize, Journey, Said)>,
    /// Those that have nothing to do.
    idle: Vec<usize>,
}

impl Askers {
    fn new<'scope, 'env>(
        scope: &'scope Scope<'scope, 'env>,
        count: usize,
        client: &'scope Client,
        time: Time<'scope>,
    ) -> Self {
        let (said, answers) = mpsc::channel();
        let tasks = (0..count).map(|number| {
            let said = said.clone();
            let (task, tasks) = mpsc::channel::<Journey>();
            scope.spawn(move || {
                for journey in tasks {
                    let answer = asked(client, &journey, time);
                    // Who does not listen any more has all that is wanted.
                    let _ = said.send((number, journey, answer));
                }
            });
            task
        });
        Self { tasks: tasks.collect(), answers, idle: (0..count).collect() }
    }

    fn send(&self, asker: usize, journey: Journey) {
        // Threads end with their senders only, so there is one at the other end.
        let _ = self.tasks[asker].send(journey);
    }

    /// The next answer; nothing where nobody is asked.
    fn hear(&mut self) -> Option<(Journey, Said)> {
        if self.idle.len() == self.tasks.len() {
            return None;
        }
        let (asker, journey, said) = self.answers.recv().ok()?;
        self.idle.push(asker);
        Some((journey, said))
    }
}

fn asked(client: &Client, journey: &Journey, time: Time<'_>) -> Said {
    // An address that the program fails on is no reason to lose the others.
    let asked = catch_unwind(AssertUnwindSafe(|| question(client, &journey.url, time)));
    asked.unwrap_or(Said::Address(Verdict::Unclear(Unclear::Fault)))
}
