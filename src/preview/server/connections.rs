//! Accepts connections and speaks HTTP on them, within limits of size, time and number.

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1::Builder;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::sleep;

use super::Limits;
use super::seats::{Carried, Seats, Visit};

/// How long to wait before looking again for a place, or for whatever the system lacks.
const PAUSE: Duration = Duration::from_millis(10);

/// What each connection needs.
#[derive(Clone)]
pub(super) struct Server {
    /// Who answers.
    pub(super) router: Router,
    /// What a client may take.
    pub(super) limits: Limits,
    /// Whether the server stops.
    pub(super) stopping: watch::Receiver<bool>,
}

/// Lets connections in until `shutdown` is done, then tells all of them through `stop` to come to an end.
pub(super) async fn serve(
    sockets: Vec<TcpListener>,
    server: Server,
    mut seats: Seats,
    stop: watch::Sender<bool>,
    shutdown: impl Future<Output = ()>,
) {
    let mut shutdown = pin!(shutdown);
    let mut turn = 0;
    loop {
        let stream = tokio::select! {
            biased;
            () = &mut shutdown => break,
            stream = guest(&sockets, &mut turn, &mut seats) => stream,
        };
        seats.take(|visit| converse(stream, server.clone(), visit));
    }
    drop(sockets);
    // Nobody listens where there are no connections.
    let _ = stop.send(true);
    seats.close().await;
}

/// The next connection that has a place.
async fn guest(sockets: &[TcpListener], turn: &mut usize, seats: &mut Seats) -> TcpStream {
    loop {
        match accept(sockets, turn).await {
            Ok(stream) => {
                // Where nobody can be asked to leave, this one waits, and whoever comes next waits outside.
                while !seats.has_room() && !seats.let_one_go() {
                    sleep(PAUSE).await;
                }
                return stream;
            }
            // The client has left already.
            Err(error) if error.kind() == ErrorKind::ConnectionAborted => {}
            // The system has fewer files to give than there are places.
            Err(_) => {
                seats.let_one_go();
                sleep(PAUSE).await;
            }
        }
    }
}

/// The next connection, of each socket in turn.
async fn accept(sockets: &[TcpListener], turn: &mut usize) -> io::Result<TcpStream> {
    poll_fn(|context| {
        for _ in 0..sockets.len() {
            *turn = (*turn + 1) % sockets.len();
            if let Poll::Ready(accepted) = sockets[*turn].poll_accept(context) {
                return Poll::Ready(accepted.map(|(stream, _)| stream));
            }
        }
        Poll::Pending
    })
    .await
}

/// Answers the requests of one client, one after the other.
async fn converse(stream: TcpStream, mut server: Server, visit: Arc<Visit>) {
    // An event is small and wanted at once. Where the system refuses, it is only later.
    let _ = stream.set_nodelay(true);
    let router = TowerToHyperService::new(server.router);
    let service = service_fn(|request| {
        visit.begin_response();
        let answer = router.call(request);
        let visit = visit.clone();
        async { answer.await.map(|response| response.map(|body| Carried::new(body, visit))) }
    });
    let connection = Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(server.limits.head_time)
        .max_header_size(server.limits.head_bytes)
        .max_buf_size(server.limits.head_bytes)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    tokio::select! {
        // How a connection ends is of no interest: the client has left, or is made to.
        _ = connection.as_mut() => return,
        _ = server.stopping.wait_for(|stops| *stops) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}
