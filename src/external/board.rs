//! What is still to be asked, host by host, and what was said.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use url::Url;

use super::Settings;
use super::public::is_public_name;
use super::question::Said;
use super::verdict::{Dead, Unclear, Verdict};

/// How many redirects are followed.
const REDIRECTS: usize = 10;

/// After how many addresses without any answer an origin is left alone.
const SILENCES: usize = 2;

/// An address on its way through redirects.
#[derive(Debug)]
pub(super) struct Journey {
    /// Where it began, as it was written.
    address: String,
    /// Where it is now.
    pub(super) url: Url,
    /// Where it was.
    passed: Vec<Url>,
    /// Whether a site on the way wanted something to be remembered.
    has_cookies: bool,
}

/// What is still to be asked, and what was said. Of a host, one address is asked at a time; none is asked twice.
pub(super) struct Board<'a> {
    settings: &'a Settings,
    /// By host, those that nobody is asking for.
    waiting: BTreeMap<String, VecDeque<Journey>>,
    /// The hosts that are being asked.
    busy: BTreeSet<String>,
    said: BTreeMap<Url, Said>,
    /// What all addresses of an origin say.
    origins: BTreeMap<String, Verdict>,
    /// How many addresses of an origin, one after the other, were not answered.
    silent: BTreeMap<String, usize>,
    verdicts: BTreeMap<String, Verdict>,
}

impl<'a> Board<'a> {
    /// These addresses, none of which was asked.
    pub(super) fn new(addresses: &BTreeSet<String>, settings: &'a Settings) -> Self {
        let mut board = Self {
            settings,
            waiting: BTreeMap::new(),
            busy: BTreeSet::new(),
            said: BTreeMap::new(),
            origins: BTreeMap::new(),
            silent: BTreeMap::new(),
            verdicts: BTreeMap::new(),
        };
        for address in addresses {
            match Url::parse(address) {
                Ok(url) => board.put(Journey {
                    address: address.clone(),
                    url: bare(url),
                    passed: Vec::new(),
                    has_cookies: false,
                }),
                Err(_) => board.settle(address.clone(), Verdict::Unclear(Unclear::NotWeb)),
            }
        }
        board
    }

    /// How many addresses have a verdict.
    pub(super) fn done(&self) -> usize {
        self.verdicts.len()
    }

    /// The next address to ask: of the host with most of them, so that the longest row does not come last.
    pub(super) fn next(&mut self) -> Option<Journey> {
        loop {
            let free = self.waiting.iter().filter(|(host, _)| !self.busy.contains(*host));
            let host = free.max_by_key(|(_, row)| row.len()).map(|(host, _)| host.clone())?;
            let row = self.waiting.get_mut(&host)?;
            let journey = row.pop_front();
            if row.is_empty() {
                self.waiting.remove(&host);
            }
            let journey = journey?;
            match self.known(&journey.url) {
                Some(said) => self.go_on(journey, said),
                None => {
                    self.busy.insert(host);
                    return Some(journey);
                }
            }
        }
    }

    /// Takes in what an address said that `next` gave out.
    pub(super) fn take(&mut self, journey: Journey, said: Said) {
        self.busy.remove(&host(&journey.url));
        let origin = journey.url.origin().ascii_serialization();
        match &said {
            Said::Origin(verdict) => {
                self.origins.insert(origin, verdict.clone());
            }
            Said::Address(Verdict::Unclear(why)) if is_silence(*why) => {
                let silences = self.silent.entry(origin.clone()).or_default();
                *silences += 1;
                if *silences == SILENCES {
                    self.origins.insert(origin, Verdict::Unclear(*why));
                }
            }
            Said::Address(_) | Said::Onward { .. } => {
                self.silent.remove(&origin);
            }
        }
        self.said.insert(journey.url.clone(), said.clone());
        self.go_on(journey, said);
    }

    /// What became of each address.
    pub(super) fn verdicts(mut self) -> BTreeMap<String, Verdict> {
        for journey in self.waiting.into_values().flatten() {
            self.verdicts.insert(journey.address, Verdict::NotInTime);
        }
        self.verdicts
    }

    /// What an address would say, where that is known.
    fn known(&self, url: &Url) -> Option<Said> {
        self.said.get(url).cloned().or_else(|| {
            let origin = self.origins.get(&url.origin().ascii_serialization())?;
            Some(Said::Address(origin.clone()))
        })
    }

    fn go_on(&mut self, mut journey: Journey, said: Said) {
        let (to, has_cookies) = match said {
            Said::Address(verdict) | Said::Origin(verdict) => {
                return self.settle(journey.address, verdict);
            }
            Said::Onward { to, has_cookies } => (to, has_cookies),
        };
        journey.has_cookies |= has_cookies;
        journey.passed.push(std::mem::replace(&mut journey.url, bare(to)));
        let dead = match journey.passed.len() {
            _ if journey.passed.contains(&journey.url) => Some(Dead::Circle),
            passed if passed > REDIRECTS => Some(Dead::Redirects),
            _ => None,
        };
        match dead {
            // A browser, which remembers it, may be let through.
            Some(_) if journey.has_cookies => {
                self.settle(journey.address, Verdict::Unclear(Unclear::Cookies));
            }
            Some(dead) => self.settle(journey.address, Verdict::Dead(dead)),
            None => self.put(journey),
        }
    }

    /// Puts an address into the row of its host, if it may be asked.
    fn put(&mut self, journey: Journey) {
        match self.refused(&journey.url) {
            Some(verdict) => self.settle(journey.address, verdict),
            None => self.waiting.entry(host(&journey.url)).or_default().push_back(journey),
        }
    }

    /// Why an address is not asked.
    fn refused(&self, url: &Url) -> Option<Verdict> {
        if !matches!(url.scheme(), "http" | "https") {
            return Some(Verdict::Unclear(Unclear::NotWeb));
        }
        let host = url.host_str().unwrap_or_default();
        let may_be_public = match url.host() {
            Some(url::Host::Domain(name)) => is_public_name(name),
            Some(url::Host::Ipv4(address)) => super::is_public(address.into()),
            Some(url::Host::Ipv6(address)) => super::is_public(address.into()),
            None => false,
        };
        let is_known = self.settings.places.contains_key(host);
        let is_refused = url.port() == Some(0) || !(may_be_public || is_known);
        is_refused.then_some(Verdict::NotPublic)
    }

    fn settle(&mut self, address: String, verdict: Verdict) {
        self.verdicts.insert(address, verdict);
    }
}

/// Whether nothing at all was heard.
fn is_silence(why: Unclear) -> bool {
    matches!(why, Unclear::Slow | Unclear::Closed | Unclear::NoNames)
}

/// The name by which hosts are told apart.
fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// An address without a place on the page, and without name and password: a redirect has no business to hand them in.
fn bare(mut url: Url) -> Url {
    url.set_fragment(None);
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    url
}
