//! A server on a free port, for as long as a test needs it.

use std::io::Write;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;
use variorum::preview::server::{Exposure, Limits, listen, runtime, serve};

use crate::map::Map;

/// A server. Dropped, it stops.
pub(crate) struct Running {
    pub(crate) port: u16,
    pub(crate) map: Arc<Map>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    pub(crate) fn new(map: Map) -> Self {
        Self::within(map, Limits::USUAL)
    }

    pub(crate) fn within(map: Map, limits: Limits) -> Self {
        Self::on("127.0.0.1", map, limits)
    }

    pub(crate) fn on(host: &'static str, map: Map, limits: Limits) -> Self {
        let map = Arc::new(map);
        let service = map.clone();
        let (stop, stopped) = oneshot::channel();
        let (ready, port) = mpsc::channel();
        let thread = thread::spawn(move || {
            runtime().unwrap().block_on(async {
                let listeners = listen(host, 0, Exposure::ThisMachine).await.unwrap();
                ready.send(listeners.port()).unwrap();
                let shutdown = async { drop(stopped.await) };
                serve(listeners, service, limits, shutdown).await;
            });
        });
        Self { port: port.recv().unwrap(), map, stop: Some(stop), thread: Some(thread) }
    }

    /// Tells the server to stop.
    pub(crate) fn stop(&mut self) {
        drop(self.stop.take());
    }

    /// Waits until it has.
    pub(crate) fn join(&mut self) {
        self.thread.take().map(JoinHandle::join).transpose().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
        self.join();
    }
}

/// Prints a figure.
pub(crate) fn print(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{line}").unwrap();
}
