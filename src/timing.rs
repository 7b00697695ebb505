//! Clocks that are handed in, and what was measured with them: whoever works knows no clock of its own.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::source::TextId;

/// A clock for work in parallel.
pub trait Clock: Sync {
    /// How long the calling thread has worked so far.
    fn now(&self) -> Duration;
}

/// Measures from lap to lap. Without a clock every lap is nothing, and costs nothing.
#[derive(Clone, Copy)]
pub struct Stopwatch<'a> {
    clock: Option<&'a dyn Clock>,
    last: Duration,
}

impl fmt::Debug for Stopwatch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stopwatch").field("last", &self.last).finish_non_exhaustive()
    }
}

impl<'a> Stopwatch<'a> {
    /// Starts the first lap.
    pub fn start(clock: Option<&'a dyn Clock>) -> Self {
        Self { clock, last: clock.map(Clock::now).unwrap_or_default() }
    }

    /// Ends a lap, tells how long it was, and starts the next.
    pub fn lap(&mut self) -> Duration {
        let now = self.clock.map(Clock::now).unwrap_or_default();
        let lap = now.saturating_sub(self.last);
        self.last = now;
        lap
    }
}

/// What a text cost at all the places that refer to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// How often it was evaluated.
    pub times: usize,
    /// How long that took, with what it refers to itself.
    pub spent: Duration,
}

impl Usage {
    /// Adds what it cost elsewhere.
    pub fn add(&mut self, other: Self) {
        self.times += other.times;
        self.spent += other.spent;
    }
}

/// What each text cost that others refer to.
pub type Usages = BTreeMap<TextId, Usage>;

/// Measures the texts that an evaluation refers to.
#[derive(Clone, Default)]
pub struct Meter<'a> {
    clock: Option<&'a dyn Clock>,
    /// What was measured; nothing without a clock.
    pub usages: Usages,
}

impl fmt::Debug for Meter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meter").field("usages", &self.usages).finish_non_exhaustive()
    }
}

impl<'a> Meter<'a> {
    /// A meter that has measured nothing yet.
    pub fn new(clock: Option<&'a dyn Clock>) -> Self {
        Self { clock, usages: Usages::new() }
    }

    /// Starts to measure a text.
    pub fn start(&self) -> Stopwatch<'a> {
        Stopwatch::start(self.clock)
    }

    /// Ends what was started for this text.
    pub fn stop(&mut self, text: TextId, mut watch: Stopwatch<'a>) {
        if self.clock.is_some() {
            let usage = Usage { times: 1, spent: watch.lap() };
            self.usages.entry(text).or_default().add(usage);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::source::FileId;

    /// Goes on by a second whenever somebody looks.
    #[derive(Default)]
    struct Ticks(AtomicU64);

    impl Clock for Ticks {
        fn now(&self) -> Duration {
            Duration::from_secs(self.0.fetch_add(1, Ordering::Relaxed))
        }
    }

    #[test]
    fn a_lap_begins_where_the_last_one_ended() {
        let clock = Ticks::default();
        let mut watch = Stopwatch::start(Some(&clock));
        clock.now();
        assert_eq!(watch.lap(), Duration::from_secs(2));
        assert_eq!(watch.lap(), Duration::from_secs(1));
    }

    #[test]
    fn without_a_clock_nothing_is_measured() {
        let text = TextId::whole(FileId(0));
        let mut meter = Meter::default();
        let mut watch = meter.start();
        meter.stop(text, watch);
        assert_eq!(watch.lap(), Duration::ZERO);
        assert!(meter.usages.is_empty());
    }

    #[test]
    fn a_text_around_another_has_its_time_too() {
        let clock = Ticks::default();
        let (outer, inner) = (TextId::whole(FileId(0)), TextId::whole(FileId(1)));
        let mut meter = Meter::new(Some(&clock));
        let around = meter.start();
        for _ in 0..2 {
            let watch = meter.start();
            meter.stop(inner, watch);
        }
        meter.stop(outer, around);
        let usage = |times, seconds| Usage { times, spent: Duration::from_secs(seconds) };
        assert_eq!(meter.usages[&inner], usage(2, 2));
        assert_eq!(meter.usages[&outer], usage(1, 5));
    }
}
