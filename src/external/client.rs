//! One request: what a site says of an address, without what is there.

use std::time::Duration;

use ureq::Agent;
use ureq::http::{HeaderMap, Response};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use super::Settings;
use super::fault::Fault;
use super::names::Names;

/// How the program calls itself.
const NAME: &str = concat!("variorum/", env!("CARGO_PKG_VERSION"), " (link check)");

/// How an address is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// For what stands before a page.
    Head,
    /// For a page, of which nothing is read.
    Get,
}

/// What stands before a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heard {
    pub(super) status: u16,
    /// Where it leads on.
    pub(super) location: Option<String>,
    /// How long the site wants to be left alone.
    pub(super) wait: Option<Duration>,
    /// Whether it wants something to be remembered.
    pub(super) has_cookies: bool,
}

/// Asks one address after the other.
pub(super) struct Client(Agent);

impl Client {
    pub(super) fn new(settings: &Settings) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy of the environment would resolve names by itself, and reach what is not public.
            .proxy(None)
            .user_agent(NAME)
            .timeout_resolve(Some(settings.connect))
            .timeout_connect(Some(settings.connect))
            .build();
        let (places, servers) = (settings.places.clone(), DefaultResolver::default());
        Self(Agent::with_parts(config, DefaultConnector::default(), Names { places, servers }))
    }

    /// What is said within this time.
    pub(super) fn send(&self, method: Method, url: &Url, time: Duration) -> Result<Heard, Fault> {
        let request = match method {
            Method::Head => self.0.head(url.as_str()),
            Method::Get => self.0.get(url.as_str()),
        };
        let request = request.config().timeout_global(Some(time)).build();
        Ok(heard(&request.call()?))
    }
}

fn heard<B>(response: &Response<B>) -> Heard {
    let headers = response.headers();
    Heard {
        status: response.status().as_u16(),
        location: text(headers, "location"),
        wait: text(headers, "retry-after")
            .and_then(|text| text.trim().parse().ok())
            .map(Duration::from_secs),
        has_cookies: headers.contains_key("set-cookie"),
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    // Some sites write letters of other scripts there as they are, and browsers understand them.
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}
