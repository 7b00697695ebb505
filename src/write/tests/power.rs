//! The power fails at any moment of durable builds: what was not synced is lost, in any part, in any order.
//!
//! A disk records what builds do to files and names. For each moment the disk is made as it may be found then: what
//! was synced is there, of the rest nothing, all, all names without bytes, or any choice.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use super::faults::Exchange;
use super::*;
use record::{Event, FATES, Nodes, Record, Recorder};

mod record;

/// Which sites may be found from one moment on, until the next period.
struct Period {
    from: usize,
    sites: Vec<Files>,
}

/// Builds recorded one after the other, some of them killed.
struct History {
    record: Arc<Mutex<Record>>,
    periods: Vec<Period>,
}

impl History {
    fn of(builds: u64, durability: Durability, exchange: Exchange) -> Self {
        let yard = Yard::in_memory();
        let record = Arc::new(Mutex::new(Record::new()));
        let root = yard.folder.path().canonicalize().expect("it is there");
        // Nothing is published before the first build.
        let mut possible = vec![Files::new()];
        let mut periods = Vec::new();
        for number in 0..builds {
            let site = site(number);
            let from = {
                let mut record = record.lock().expect("no test panics while it writes down");
                // Every third build is killed, each a bit later.
                record.left = if number % 3 == 2 { 3 + number as usize * 5 } else { usize::MAX };
                record.events.len()
            };
            possible.push(site.clone());
            periods.push(Period { from, sites: possible.clone() });
            let disk = Recorder { root: root.clone(), record: Arc::clone(&record), exchange };
            let stage = yard.with_target("out", |target| {
                Stage::open_on(Box::new(disk), &Target { durability, ..target.clone() })
            });
            if stage.and_then(|stage| fill(stage, &site)).is_ok() {
                possible = vec![site];
                let record = record.lock().expect("no test panics while it writes down");
                periods.push(Period { from: record.events.len(), sites: possible.clone() });
            }
        }
        Self { record, periods }
    }

    /// Cuts the power at every moment; returns how many moments there are, and what was found torn.
    fn cut(&self) -> (usize, Vec<String>) {
        let record = self.record.lock().expect("no test panics while it writes down");
        let moments = self.periods[0].from..=record.events.len();
        let torn = moments.clone().flat_map(|moment| {
            let period = self.periods.iter().rev().find(|period| period.from <= moment);
            let sites = &period.expect("the first begins with the first moment").sites;
            let record = &record;
            FATES.iter().filter_map(move |fate| {
                let found = after_recovery(&record.cut(moment, *fate));
                let whole = sites.iter().any(|site| found.as_ref() == Some(site));
                (!whole).then(|| format!("moment {moment}, {fate:?}: {found:?}"))
            })
        });
        (moments.count(), torn.collect())
    }
}

/// A site with files that stay, change, come and go.
fn site(number: u64) -> Files {
    let text = |n: u64| format!("{}", number / (n + 1));
    let pages = (0..5).filter(|n| !(number + n).is_multiple_of(4));
    pages.map(|n| (format!("{}/{n}/index.html", n % 2), text(n))).collect()
}

/// What is published when the next build has begun, if its list agrees with its files; an empty site if there is none.
fn after_recovery(disk: &Nodes) -> Option<Files> {
    let yard = Yard::in_memory();
    disk.lay_out(0, yard.folder.path());
    drop(yard.open().ok()?);
    if yard.names() != ["out", "site"] {
        return (yard.names() == ["site"]).then(Files::new);
    }
    let listed = Manifest::parse(&yard.marker())?;
    let published = yard.published();
    let is_listed = |(path, text): (&String, &String)| {
        let path = OutputPath::new(path).expect("the path is fine");
        listed.get(&path) == Some(&Digest::of(text.as_bytes()))
    };
    (published.len() == listed.paths().count() && published.iter().all(is_listed))
        .then_some(published)
}

fn check(builds: u64, exchange: Exchange) -> usize {
    let (moments, torn) = History::of(builds, Durability::Durable, exchange).cut();
    assert!(torn.is_empty(), "{} torn sites:\n{}", torn.len(), torn.join("\n"));
    moments
}

#[test]
fn a_power_cut_leaves_one_whole_site() {
    assert!(check(4, Exchange::Supported) > 80);
    assert!(check(4, Exchange::Unsupported) > 80);
}

#[test]
#[ignore = "long: the power fails at more than 500 moments"]
fn a_power_cut_at_500_moments_leaves_one_whole_site() {
    for exchange in [Exchange::Supported, Exchange::Unsupported] {
        let moments = check(24, exchange);
        let cuts = moments * FATES.len();
        writeln!(io::stdout(), "{exchange:?}: {moments} moments, {cuts} power cuts, 0 torn sites")
            .expect("somebody reads");
        assert!(moments >= 500, "only {moments} moments");
    }
}

#[test]
fn a_power_cut_during_builds_that_do_not_sync_tears_a_site() {
    let (_, torn) = History::of(2, Durability::Fast, Exchange::Supported).cut();
    assert!(!torn.is_empty(), "the disk of this test loses nothing");
}

/// One sync for all files, one for the name of the folder: what it costs does not grow with the site.
#[test]
fn a_durable_build_syncs_twice() {
    for (durability, wanted) in [(Durability::Durable, 2), (Durability::Fast, 0)] {
        let history = History::of(1, durability, Exchange::Supported);
        let record = history.record.lock().expect("no test panics while it writes down");
        let from = history.periods[0].from;
        let syncs = record.events[from..]
            .iter()
            .filter(|event| matches!(event, Event::SyncedAll | Event::SyncedNames(_)));
        assert_eq!(syncs.count(), wanted, "{durability:?}");
    }
}
