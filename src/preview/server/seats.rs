//! The places for connections, and who has to leave when all are taken.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::timeout;

use super::Limits;

/// How many bytes of a response are handed over at once: a client that does not take them is seen to be slow.
const PART: usize = 64 << 10;

/// The places.
#[derive(Debug)]
pub(super) struct Seats {
    limits: Limits,
    opened: Instant,
    taken: Vec<Seat>,
    connections: JoinSet<()>,
}

#[derive(Debug)]
struct Seat {
    visit: Arc<Visit>,
    connection: AbortHandle,
}

impl Seats {
    /// As many places as there may be connections.
    pub(super) fn new(limits: Limits) -> Self {
        let opened = Instant::now();
        Self { limits, opened, taken: Vec::new(), connections: JoinSet::new() }
    }

    /// Whether a place is free.
    pub(super) fn has_room(&mut self) -> bool {
        while self.connections.try_join_next().is_some() {}
        self.taken.retain(|seat| !seat.connection.is_finished());
        self.taken.len() < self.limits.connections
    }

    /// Ends the connection whose client has let the server wait for longest; false where all have come just now, or get
    /// a response.
    pub(super) fn let_one_go(&mut self) -> bool {
        let seats = self.taken.iter().enumerate();
        let leaving = seats.filter_map(|(at, seat)| Some((seat.rank(&self.limits)?, at))).min();
        leaving.map(|(_, at)| self.taken.swap_remove(at).connection.abort()).is_some()
    }

    /// Gives a place to a connection.
    pub(super) fn take<C>(&mut self, connection: impl FnOnce(Arc<Visit>) -> C)
    where
        C: Future<Output = ()> + Send + 'static,
    {
        let visit = Arc::new(Visit::new(self.opened));
        let connection = self.connections.spawn(connection(visit.clone()));
        self.taken.push(Seat { visit, connection });
    }

    /// Waits until all have left, but not for ever; who is still there then is shown out.
    pub(super) async fn close(mut self) {
        let all = async { while self.connections.join_next().await.is_some() {} };
        // Either way nobody is left when the set is dropped.
        let _ = timeout(self.limits.farewell, all).await;
    }
}

impl Seat {
    /// In which order connections have to leave, the smallest first; nothing for those that stay.
    fn rank(&self, limits: &Limits) -> Option<(Phase, Duration)> {
        let (phase, since) = self.visit.state();
        let age = self.visit.opened.elapsed().saturating_sub(since);
        let patience = match phase {
            Phase::Waiting | Phase::Streaming => limits.grace,
            Phase::Answering => limits.head_time,
        };
        (age >= patience).then_some((phase, since))
    }
}

/// What a connection does, in the order in which it can be done without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    /// It waits for the client to send a request.
    Waiting,
    /// It sends events.
    Streaming,
    /// It makes or sends a response.
    Answering,
}

impl Phase {
    const ALL: [Self; 3] = [Self::Waiting, Self::Streaming, Self::Answering];
}

/// What a connection does, and since when: told by the connection, read by whoever looks for a place.
#[derive(Debug)]
pub(super) struct Visit {
    opened: Instant,
    /// The milliseconds since then, with the phase in the lowest digit to the base 4.
    state: AtomicU64,
}

impl Visit {
    fn new(opened: Instant) -> Self {
        let visit = Self { opened, state: AtomicU64::new(0) };
        visit.enter(Phase::Waiting);
        visit
    }

    /// A whole request has come.
    pub(super) fn begin_response(&self) {
        self.enter(Phase::Answering);
    }

    fn enter(&self, phase: Phase) {
        let since = u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX >> 2);
        self.state.store(since << 2 | phase as u64, Ordering::Relaxed);
    }

    fn state(&self) -> (Phase, Duration) {
        let state = self.state.load(Ordering::Relaxed);
        let phase = Phase::ALL.into_iter().find(|phase| *phase as u64 == state & 3);
        (phase.unwrap_or(Phase::Waiting), Duration::from_millis(state >> 2))
    }
}

/// The body of a response on its way. Where it ends, the connection waits for the client again.
#[derive(Debug)]
pub(super) struct Carried {
    body: Body,
    /// What was taken from the body, and not yet handed over.
    rest: Bytes,
    visit: Arc<Visit>,
}

impl Carried {
    /// A body that the client of this visit gets. One without a length is a stream of events.
    pub(super) fn new(body: Body, visit: Arc<Visit>) -> Self {
        if body.size_hint().exact().is_none() {
            visit.enter(Phase::Streaming);
        }
        Self { body, rest: Bytes::new(), visit }
    }
}

impl Drop for Carried {
    fn drop(&mut self) {
        self.visit.enter(Phase::Waiting);
    }
}

impl HttpBody for Carried {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.rest.is_empty() {
            match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(frame) => return Poll::Ready(Some(Ok(frame))),
                },
                other => return other,
            }
        }
        let part = self.rest.len().min(PART);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(part)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let rest = self.rest.len() as u64;
        let body = self.body.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(body.lower() + rest);
        if let Some(upper) = body.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}
