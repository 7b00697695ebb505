//! Why old addresses cannot be told to a host.

use std::fmt;

use serde::Serialize;

use crate::source::{Sources, Span};

/// A place in a file of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, relative to the site's folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Why old addresses cannot be told to a host. Each says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An old address is no text that a line can hold, once its percent codes are taken as what they stand for.
    Unreadable {
        /// The address as it is written.
        address: String,
        /// Where.
        place: Option<Box<Place>>,
    },
    /// Two old addresses are one to every server, and lead to two places.
    Same {
        /// Both as they are written.
        addresses: [String; 2],
        /// Where they lead.
        targets: [String; 2],
        /// Where the second is claimed.
        place: Option<Box<Place>>,
    },
    /// An old address is that of a page to every server.
    Page {
        /// The address as it is written.
        address: String,
        /// The page's file below `content`.
        page: String,
        /// Where.
        place: Option<Box<Place>>,
    },
    /// Old addresses lead to each other.
    Loop {
        /// The addresses on the way round.
        addresses: Vec<String>,
    },
    /// The path of the base URL would make every target an address of another host.
    BasePath(String),
    /// More or longer than a host takes.
    Limit {
        /// What is limited, such as `cloudflare: lines of _redirects`.
        what: String,
        /// How much there is.
        found: usize,
        /// How much there may be.
        limit: usize,
        /// What to do: begins with a verb.
        hint: String,
    },
    /// A format needs to know the host name of the site.
    NoBaseUrl(&'static str),
}

impl Place {
    /// The place where a span begins.
    pub fn of(sources: &Sources, span: Span) -> Self {
        let at = sources.locate(span);
        Self { file: at.path.to_owned(), line: at.line, column: at.column }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { address, place } => {
                at(f, place)?;
                let address = address.escape_default();
                write!(f, "`{address}` has a character that no address can have: ")?;
                f.write_str("write it without line ends, control characters and broken codes")
            }
            Self::Same { addresses: [first, second], targets: [one, other], place } => {
                at(f, place)?;
                write!(f, "`{first}` and `{second}` are one address for a server, and lead to ")?;
                write!(f, "`{one}` and to `{other}`: remove one of the two")
            }
            Self::Page { address, page, place } => {
                at(f, place)?;
                write!(f, "`{address}` is the address of `{page}` for a server: remove the entry")
            }
            Self::Loop { addresses } => {
                let way = addresses.join("` to `");
                write!(f, "old addresses lead to each other, from `{way}`: remove one of them")
            }
            Self::BasePath(path) => {
                write!(
                    f,
                    "`{path}` in `base_url` begins with two slashes, so that every redirect "
                )?;
                f.write_str("would lead to another host: write one slash")
            }
            Self::Limit { what, found, limit, hint } => {
                write!(f, "{what}: {found}, and the limit is {limit}: {hint}")
            }
            Self::NoBaseUrl(format) => {
                write!(f, "`{format}` needs the name of the host: set `base_url` in the ")?;
                f.write_str("configuration, or give `--base-url`")
            }
        }
    }
}

fn at(f: &mut fmt::Formatter<'_>, place: &Option<Box<Place>>) -> fmt::Result {
    place.as_ref().map_or(Ok(()), |place| write!(f, "{place}: "))
}

impl std::error::Error for Fault {}
