//! Where the service is asked: on threads for work, a few at a time.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::sync::{Semaphore, watch};
use tokio::task::spawn_blocking;

use super::tags::Tags;
use crate::preview::service::Service;

/// How many questions are at work at once for each processor: with more than one, a quick answer need not wait until
/// slow ones are done.
const TURNS: usize = 2;

/// What all requests share.
#[derive(Clone)]
pub(super) struct Desk {
    /// Who knows the site.
    pub(super) service: Arc<dyn Service>,
    /// The hashes of what was sent.
    pub(super) tags: Arc<Tags>,
    /// How often an event stream says that it lives.
    pub(super) heartbeat: Duration,
    /// Whether the server stops.
    pub(super) stopping: watch::Receiver<bool>,
    turns: Arc<Semaphore>,
}

impl Desk {
    /// A desk where nobody waits.
    pub(super) fn new(
        service: Arc<dyn Service>,
        heartbeat: Duration,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        let processors = thread::available_parallelism().map_or(2, usize::from);
        let turns = Arc::new(Semaphore::new(processors * TURNS));
        Self { service, tags: Arc::new(Tags::default()), heartbeat, stopping, turns }
    }

    /// What the service says when it is its turn; where it panics, what it panicked with.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Self) -> T + Send + 'static,
    ) -> thread::Result<T> {
        let turn = self.turns.clone().acquire_owned().await.expect("nobody closes it");
        let desk = self.clone();
        let asked = spawn_blocking(move || {
            // A client that leaves does not end the work: the turn is over when the answer is there.
            let _turn = turn;
            question(&desk)
        });
        // Work is only called off when the process ends.
        asked.await.map_err(|failure| failure.try_into_panic().unwrap_or_else(|it| Box::new(it)))
    }
}
