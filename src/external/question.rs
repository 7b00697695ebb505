//! One address: asked again, and otherwise, until it is known what it says or that it says nothing.

use std::thread;
use std::time::{Duration, Instant};

use url::Url;

use super::Settings;
use super::client::{Client, Heard, Method};
use super::fault::Fault;
use super::verdict::{Dead, Unclear, Verdict};

/// What an address says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// This, of itself.
    Address(Verdict),
    /// This, and all addresses of its origin will say the same.
    Origin(Verdict),
    /// That another one is to be asked, with or without something to be remembered.
    Onward { to: Url, has_cookies: bool },
}

/// How long there is to ask.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time<'a> {
    settings: &'a Settings,
    end: Instant,
}

impl<'a> Time<'a> {
    /// From now on, as long as the settings say.
    pub(super) fn start(settings: &'a Settings) -> Self {
        let now = Instant::now();
        // A time without an end for practical purposes.
        const LONG: Duration = Duration::from_secs(60 * 60 * 24 * 365);
        Self { settings, end: now + settings.time.min(LONG) }
    }

    /// What is left of it.
    pub(super) fn left(self) -> Option<Duration> {
        let left = self.end.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    /// How long the next request may take.
    fn request(self) -> Option<Duration> {
        self.left().map(|left| left.min(self.settings.request))
    }

    /// Waits so long, or until the time is over.
    fn wait(self, time: Duration) {
        thread::sleep(self.left().unwrap_or_default().min(time));
    }
}

/// What one answer comes to.
enum Step {
    Said(Said),
    /// HEAD is not what this site answers.
    AskForThePage,
    /// It may pass; the site wants so long to be left alone.
    AskLater(Unclear, Option<Duration>),
}

/// Asks an address.
pub(super) fn question(client: &Client, url: &Url, time: Time<'_>) -> Said {
    let Settings { pause, patience, .. } = time.settings;
    let mut pauses = [*pause, *pause * 4].into_iter();
    let mut method = Method::Head;
    loop {
        let Some(limit) = time.request() else { return Said::Address(Verdict::NotInTime) };
        match step(method, client.send(method, url, limit), url) {
            Step::Said(said) => return said,
            Step::AskForThePage => {}
            Step::AskLater(Unclear::Slow, _) if time.left().is_none() => {
                return Said::Address(Verdict::NotInTime);
            }
            Step::AskLater(why, asked) => {
                let pause = pauses.next().map(|pause| asked.unwrap_or(pause));
                match pause.filter(|pause| pause <= patience) {
                    Some(pause) => time.wait(pause),
                    None => return Said::Address(Verdict::Unclear(why)),
                }
            }
        }
        method = Method::Get;
    }
}

fn step(method: Method, answer: Result<Heard, Fault>, url: &Url) -> Step {
    let unclear = |why| Step::Said(Said::Address(Verdict::Unclear(why)));
    let origin = |verdict| Step::Said(Said::Origin(verdict));
    match answer {
        Ok(heard) => heard_step(method, &heard, url),
        Err(Fault::NoHost) => {
            let host = url.host_str().unwrap_or_default().to_owned();
            origin(Verdict::Dead(Dead::NoHost(host)))
        }
        Err(Fault::Certificate(certificate)) => {
            origin(Verdict::Dead(Dead::Certificate(certificate)))
        }
        Err(Fault::NotPublic) => origin(Verdict::NotPublic),
        Err(Fault::Slow) => Step::AskLater(Unclear::Slow, None),
        Err(Fault::NoNames) => Step::AskLater(Unclear::NoNames, None),
        Err(Fault::Closed | Fault::NotHttp) if method == Method::Head => Step::AskForThePage,
        Err(Fault::Closed) => Step::AskLater(Unclear::Closed, None),
        Err(Fault::NotHttp) => unclear(Unclear::NotHttp),
    }
}

fn heard_step(method: Method, heard: &Heard, url: &Url) -> Step {
    let unclear = Unclear::Status(heard.status);
    match heard.status {
        200..=299 => Step::Said(Said::Address(Verdict::Good)),
        301 | 302 | 303 | 307 | 308 => {
            let onward = heard.location.as_ref().and_then(|location| url.join(location).ok());
            let onward = onward.map(|to| Said::Onward { to, has_cookies: heard.has_cookies });
            Step::Said(onward.unwrap_or(Said::Address(Verdict::Unclear(unclear))))
        }
        429 => Step::AskLater(unclear, heard.wait),
        _ if method == Method::Head => Step::AskForThePage,
        status @ (404 | 410) => Step::Said(Said::Address(Verdict::Dead(Dead::Status(status)))),
        408 | 500 | 502..=599 => Step::AskLater(unclear, heard.wait),
        _ => Step::Said(Said::Address(Verdict::Unclear(unclear))),
    }
}
