//! Why there was no answer to a request.

use std::io::{self, ErrorKind};

use rustls::CertificateError;
use ureq::Error;

use super::names::NotPublic;
use super::verdict::Certificate;

/// Why there was no answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    NoHost,
    NotPublic,
    Certificate(Certificate),
    Slow,
    Closed,
    NoNames,
    NotHttp,
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::HostNotFound => Self::NoHost,
            Error::Other(why) if why.is::<NotPublic>() => Self::NotPublic,
            Error::Timeout(_) => Self::Slow,
            Error::Rustls(error) => of_tls(&error),
            Error::Io(error) => of_connection(&error),
            Error::ConnectionFailed | Error::Tls(_) => Self::Closed,
            _ => Self::NotHttp,
        }
    }
}

fn of_connection(error: &io::Error) -> Fault {
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        return of_tls(error);
    }
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Fault::Slow,
        _ if error.to_string().contains("lookup") => Fault::NoNames,
        _ => Fault::Closed,
    }
}

fn of_tls(error: &rustls::Error) -> Fault {
    let rustls::Error::InvalidCertificate(error) = error else { return Fault::Closed };
    Fault::Certificate(match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Certificate::Expired,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Certificate::OtherHost
        }
        CertificateError::UnknownIssuer => Certificate::UnknownIssuer,
        _ => Certificate::Invalid,
    })
}
