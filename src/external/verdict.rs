//! What became of an address.

use std::fmt;

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It answers.
    Good,
    /// Nobody gets anything there.
    Dead(Dead),
    /// Readers may get something there; the program has not.
    Unclear(Unclear),
    /// It is not public, or made up for examples; nobody was asked.
    NotPublic,
    /// There was no time to ask.
    NotInTime,
}

/// Why nobody gets anything at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dead {
    /// The site says so: 404 or 410.
    Status(u16),
    /// There is no such host.
    NoHost(String),
    /// Browsers refuse its certificate.
    Certificate(Certificate),
    /// Its redirects lead to no end.
    Redirects,
    /// Its redirects lead to where they began.
    Circle,
}

/// What is wrong with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// It has ended.
    Expired,
    /// It names other hosts.
    OtherHost,
    /// Nobody known has issued it.
    UnknownIssuer,
    /// Anything else.
    Invalid,
}

/// Why it is not known whether an address answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unclear {
    /// The site answered, but not whether there is something.
    Status(u16),
    /// The answer took too long.
    Slow,
    /// There was no connection, or it was closed.
    Closed,
    /// The name server did not answer.
    NoNames,
    /// The answer was no HTTP.
    NotHttp,
    /// It leads to something that is not the web.
    NotWeb,
    /// It leads in a circle those who keep no cookies.
    Cookies,
    /// The program itself has failed on it.
    Fault,
}

impl fmt::Display for Dead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "the site answers {status}"),
            Self::NoHost(host) => write!(f, "there is no host `{host}`"),
            Self::Certificate(certificate) => certificate.fmt(f),
            Self::Redirects => f.write_str("its redirects come to no end"),
            Self::Circle => f.write_str("its redirects lead in a circle"),
        }
    }
}

impl fmt::Display for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Expired => "its certificate has expired",
            Self::OtherHost => "its certificate is for another host",
            Self::UnknownIssuer => "its certificate is from an issuer that browsers do not know",
            Self::Invalid => "its certificate is not valid",
        })
    }
}

impl fmt::Display for Unclear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Status(status) => return status.fmt(f),
            Self::Slow => "too slow",
            Self::Closed => "no connection",
            Self::NoNames => "no name server",
            Self::NotHttp => "no HTTP",
            Self::NotWeb => "leads out of the web",
            Self::Cookies => "asks for cookies",
            Self::Fault => "a fault of the program",
        })
    }
}
