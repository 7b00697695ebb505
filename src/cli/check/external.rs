//! `variorum check --external`: asks other sites, and tells what came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::time::Duration;

use indicatif::ProgressBar;
use jiff::civil::Date;

use super::super::args::CheckArguments;
use super::super::build::grouped;
use super::super::progress::Progress;
use crate::check;
use crate::diagnostic::Finding;
use crate::external::{self, Cache, Damage, Settings, Unclear, Verdict};
use crate::render::PageFacts;
use crate::write;

/// How other sites are to be asked.
pub(super) struct External<'a> {
    settings: Settings,
    file: Option<&'a Path>,
}

/// What is known of the pages whose links are asked about.
pub(super) struct Pages {
    pub(super) facts: Vec<PageFacts>,
    /// What was known of them in another state of the site, whose addresses are not asked.
    pub(super) before: Vec<PageFacts>,
}

impl<'a> External<'a> {
    /// What the arguments ask for; nothing where other sites are not to be asked.
    pub(super) fn new(arguments: &'a CheckArguments) -> Option<Self> {
        let settings = Settings::within(Duration::from_secs(arguments.external_time));
        let file = arguments.external_cache.as_deref();
        arguments.external.then_some(Self { settings, file })
    }

    /// The findings about addresses that are dead. What else came of it is said on standard error.
    pub(super) fn findings(&self, pages: &Pages, today: Date) -> Vec<Finding> {
        let mut words = String::new();
        let mut cache = self.cache(&mut words);
        let known = cache.clone().unwrap_or_default();
        let before = check::external_addresses(&pages.before);
        let mut wanted = check::external_addresses(&pages.facts);
        wanted.retain(|address| !before.contains(address));
        let asked: BTreeSet<String> =
            wanted.iter().filter(|address| !known.has(address, today)).cloned().collect();
        let verdicts = self.ask(&asked);
        if let Some(cache) = &mut cache {
            cache.add(&verdicts, today);
            self.keep(cache, &mut words);
        }
        words.push_str(&said(&verdicts, wanted.len()));
        // Nobody is left to be told where standard error is gone.
        let _ = std::io::stderr().write_all(words.as_bytes());
        check::dead_external_links(&pages.facts, &dead(verdicts))
    }

    fn ask(&self, addresses: &BTreeSet<String>) -> BTreeMap<String, Verdict> {
        let bar: ProgressBar = Progress::Shown.addresses(addresses.len());
        let verdicts = external::ask(addresses, &self.settings, &|done| {
            bar.set_position(done as u64);
        });
        bar.finish_and_clear();
        verdicts
    }

    /// What is known from before; nothing where nothing is to be kept.
    fn cache(&self, words: &mut String) -> Option<Cache> {
        let file = self.file?;
        let name = file.display();
        let text = match fs::read(file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Some(Cache::default()),
            Err(error) => {
                let _ = writeln!(words, "cannot read `{name}`: {error}: it is left as it is");
                return None;
            }
        };
        match Cache::parse(&text) {
            Ok(cache) => Some(cache),
            Err(Damage::Unreadable) => {
                let _ =
                    writeln!(words, "`{name}` is damaged, or of another version: it is begun anew");
                Some(Cache::default())
            }
            Err(Damage::Foreign) => {
                let _ = writeln!(
                    words,
                    "`{name}` is no cache of addresses, and is left as it is: name another file"
                );
                None
            }
        }
    }

    /// Writes what is known now.
    fn keep(&self, cache: &Cache, words: &mut String) {
        let Some(file) = self.file else { return };
        // A cache that is lost costs time, and says nothing about the site.
        if let Err(error) = write::replace(&[(file.to_owned(), cache.text())]) {
            let _ = writeln!(words, "{error}: what was asked is not kept");
        }
    }
}

/// Why each dead address is.
fn dead(verdicts: BTreeMap<String, Verdict>) -> BTreeMap<String, String> {
    let dead = verdicts.into_iter().filter_map(|(address, verdict)| match verdict {
        Verdict::Dead(why) => Some((address, why.to_string())),
        _ => None,
    });
    dead.collect()
}

/// What came of asking, in words; `wanted` is how many addresses there are, with those that were known.
fn said(verdicts: &BTreeMap<String, Verdict>, wanted: usize) -> String {
    let (mut good, mut dead, mut hidden, mut late) = (wanted - verdicts.len(), 0, 0, 0);
    let mut unclear: BTreeMap<Unclear, usize> = BTreeMap::new();
    for verdict in verdicts.values() {
        match verdict {
            Verdict::Good => good += 1,
            Verdict::Dead(_) => dead += 1,
            Verdict::Unclear(why) => *unclear.entry(*why).or_default() += 1,
            Verdict::NotPublic => hidden += 1,
            Verdict::NotInTime => late += 1,
        }
    }
    let mut words = format!(
        "{} addresses of other sites: {} answer, {} do not\n",
        grouped(wanted),
        grouped(good),
        grouped(dead)
    );
    if !unclear.is_empty() {
        let reasons: Vec<String> =
            unclear.iter().map(|(why, count)| format!("{why}: {}", grouped(*count))).collect();
        let (count, reasons) = (grouped(unclear.values().sum()), reasons.join(", "));
        let _ = writeln!(words, "{count} gave no clear answer ({reasons})");
    }
    if hidden > 0 {
        let _ = writeln!(words, "{} are not public, and were not asked", grouped(hidden));
    }
    if late > 0 {
        let late = grouped(late);
        let _ = writeln!(words, "{late} were not asked in time: raise `--external-time`");
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::external::Dead;

    #[test]
    fn what_came_of_it_is_told_in_words() {
        let verdicts = [
            Verdict::Good,
            Verdict::Dead(Dead::Status(404)),
            Verdict::Unclear(Unclear::Slow),
            Verdict::Unclear(Unclear::Status(403)),
            Verdict::Unclear(Unclear::Status(403)),
            Verdict::NotPublic,
            Verdict::NotInTime,
        ];
        let verdicts =
            verdicts.into_iter().enumerate().map(|(number, it)| (number.to_string(), it));
        assert_eq!(
            said(&verdicts.collect(), 1_009),
            "1,009 addresses of other sites: 1,003 answer, 1 do not\n\
             3 gave no clear answer (403: 2, too slow: 1)\n\
             1 are not public, and were not asked\n\
             1 were not asked in time: raise `--external-time`\n"
        );
        assert_eq!(said(&BTreeMap::new(), 0), "0 addresses of other sites: 0 answer, 0 do not\n");
    }
}
