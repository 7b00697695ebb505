//! The clocks of the system.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

use crate::timing::Clock;

/// What `--timings` looks at.
pub(in crate::cli::build) trait Clocks: Clock {
    /// The time that has passed.
    fn wall(&self) -> Duration;
    /// How long all threads together have worked.
    fn process(&self) -> Duration;
}

/// Those of the system.
#[derive(Debug)]
pub(in crate::cli::build) struct SystemClocks {
    start: Instant,
}

impl SystemClocks {
    /// The time passes from here.
    pub(in crate::cli::build) fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClocks {
    fn now(&self) -> Duration {
        time(ClockId::ThreadCPUTime)
    }
}

impl Clocks for SystemClocks {
    fn wall(&self) -> Duration {
        self.start.elapsed()
    }

    fn process(&self) -> Duration {
        time(ClockId::ProcessCPUTime)
    }
}

fn time(clock: ClockId) -> Duration {
    Duration::try_from(clock_gettime(clock)).unwrap_or_default()
}
