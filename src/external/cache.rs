//! Which addresses have answered lately, from one run to the next.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::verdict::Verdict;

/// The version of the file's form that this program writes.
const VERSION: u64 = 1;

/// How many days a good answer holds.
const DAYS: i32 = 7;

/// The addresses that have answered, with the day of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cache(BTreeMap<String, Date>);

/// Why a text is no cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It is one of another version of the program, or was one.
    Unreadable,
    /// It is something else, and may be of use to somebody.
    Foreign,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    external_cache: u64,
    good: BTreeMap<String, String>,
}

impl Cache {
    /// Reads the text of a cache. An empty one has nothing in it.
    pub fn parse(text: &[u8]) -> Result<Self, Damage> {
        if text.trim_ascii().is_empty() {
            return Ok(Self::default());
        }
        match serde_json::from_slice(text) {
            Ok(File { external_cache: VERSION, good }) => {
                let days =
                    good.into_iter().map(|(address, day)| Some((address, day.parse().ok()?)));
                days.collect::<Option<_>>().map(Self).ok_or(Damage::Unreadable)
            }
            Ok(_) => Err(Damage::Unreadable),
            Err(_) if is_meant(text) => Err(Damage::Unreadable),
            Err(_) => Err(Damage::Foreign),
        }
    }

    /// Whether an address has answered so lately that it need not be asked.
    pub fn has(&self, address: &str, today: Date) -> bool {
        self.0.get(address).is_some_and(|day| is_recent(*day, today))
    }

    /// Takes in what was said today, and drops what holds no longer.
    pub fn add(&mut self, verdicts: &BTreeMap<String, Verdict>, today: Date) {
        self.0.retain(|_, day| is_recent(*day, today));
        for (address, verdict) in verdicts {
            match verdict {
                Verdict::Good => self.0.insert(address.clone(), today),
                _ => self.0.remove(address),
            };
        }
    }

    /// The text of the file: an address a line, sorted.
    pub fn text(&self) -> Vec<u8> {
        let good = self.0.iter().map(|(address, day)| (address.clone(), day.to_string()));
        let file = File { external_cache: VERSION, good: good.collect() };
        let mut text = serde_json::to_vec_pretty(&file).unwrap_or_default();
        text.push(b'\n');
        text
    }
}

/// Whether a text begins like a cache.
fn is_meant(text: &[u8]) -> bool {
    let text = text.trim_ascii_start().strip_prefix(b"{").unwrap_or_default();
    text.trim_ascii_start().starts_with(b"\"external_cache\"")
}

/// Whether a day is one of the last ones. One that is still to come was written by a wrong clock.
fn is_recent(day: Date, today: Date) -> bool {
    (0..DAYS).contains(&(today - day).get_days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::verdict::{Dead, Unclear};
    use super::*;

    fn cache() -> Cache {
        let verdicts = BTreeMap::from([
            ("https://kettle.io/b".to_owned(), Verdict::Good),
            ("https://kettle.io/a".to_owned(), Verdict::Good),
            ("https://kettle.io/gone".to_owned(), Verdict::Dead(Dead::Status(404))),
            ("https://kettle.io/slow".to_owned(), Verdict::Unclear(Unclear::Slow)),
        ]);
        let mut cache = Cache::default();
        cache.add(&verdicts, date(2020, 12, 28));
        cache
    }

    #[test]
    fn good_answers_hold_for_seven_days_and_others_not_at_all() {
        let cache = cache();
        for (day, holds) in [
            (date(2020, 12, 27), false),
            (date(2020, 12, 28), true),
            (date(2021, 1, 3), true),
            (date(2021, 1, 4), false),
            (date(2022, 12, 28), false),
        ] {
            assert_eq!(cache.has("https://kettle.io/a", day), holds, "{day}");
        }
        assert!(!cache.has("https://kettle.io/gone", date(2020, 12, 28)));
        assert!(!cache.has("https://kettle.io/slow", date(2020, 12, 28)));
    }

    #[test]
    fn the_file_is_sorted_and_read_back() {
        let cache = cache();
        let text = String::from_utf8(cache.text()).expect("it is text");
        assert_eq!(
            text,
            "{\n  \"external_cache\": 1,\n  \"good\": {\n    \"https://kettle.io/a\": \"2020-12-28\",\n    \
             \"https://kettle.io/b\": \"2020-12-28\"\n  }\n}\n"
        );
        assert_eq!(Cache::parse(text.as_bytes()), Ok(cache));
    }

    #[test]
    fn what_is_old_is_dropped_and_what_is_dead_now_too() {
        let mut cache = cache();
        let dead = Verdict::Dead(Dead::Status(410));
        cache.add(&BTreeMap::from([("https://kettle.io/a".to_owned(), dead)]), date(2020, 12, 30));
        assert!(!cache.has("https://kettle.io/a", date(2020, 12, 30)));
        assert!(cache.has("https://kettle.io/b", date(2020, 12, 30)));
        cache.add(&BTreeMap::new(), date(2021, 1, 4));
        assert_eq!(cache, Cache::default());
    }

    #[test]
    fn damaged_caches_are_told_from_other_files() {
        let whole = cache().text();
        assert_eq!(Cache::parse(b" \n"), Ok(Cache::default()));
        for text in [
            &whole[..whole.len() / 2],
            b"{\"external_cache\": 2, \"better\": []}",
            b"{\"external_cache\": 1, \"good\": {\"https://kettle.io\": \"yesterday\"}}",
        ] {
            assert_eq!(Cache::parse(text), Err(Damage::Unreadable));
        }
        for text in [&b"# Read me"[..], b"{\"baseline\": 1}", b"\xff\xfe", b"[]"] {
            assert_eq!(Cache::parse(text), Err(Damage::Foreign));
        }
    }
}
