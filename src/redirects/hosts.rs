//! The files that hosts read redirects from. All of them answer an old address with 301, with and without a slash at
//! its end.
//!
//! 301 and not 308: readers of documentation only ask for pages, so the two mean the same, and 301 is what every
//! host, every browser and every search engine knows; redirects of S3 can be nothing else.

mod apache;
mod cloudflare;
mod lines;
mod netlify;
mod nginx;
mod s3;
mod vercel;

use super::{Fault, Table};

/// A host, or one of the ways in which it takes redirects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// Netlify: `_redirects`.
    Netlify,
    /// Cloudflare Pages and Workers: `_redirects`.
    Cloudflare,
    /// Cloudflare: a list of Bulk Redirects.
    CloudflareBulk,
    /// Vercel: `redirects` in `vercel.json`.
    Vercel,
    /// Vercel: a file of bulk redirects.
    VercelBulk,
    /// nginx: one file for `http`, one for `server`.
    Nginx,
    /// Apache httpd: a map, and the directives that read it.
    Apache,
    /// Amazon S3: routing rules of a bucket that is a website.
    S3,
    /// Amazon S3: an object with a redirect for each address.
    S3Objects,
}

/// A file for a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostFile {
    /// The name that the host or the manual knows it by.
    pub name: &'static str,
    /// What is in it.
    pub text: String,
}

impl Host {
    /// The name of the format on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Netlify => "netlify",
            Self::Cloudflare => "cloudflare",
            Self::CloudflareBulk => "cloudflare-bulk",
            Self::Vercel => "vercel",
            Self::VercelBulk => "vercel-bulk",
            Self::Nginx => "nginx",
            Self::Apache => "apache",
            Self::S3 => "s3",
            Self::S3Objects => "s3-objects",
        }
    }

    /// The files that the host reads, the first being the one to begin with. A fault where the host does not take so
    /// many redirects, or ones that are so long.
    pub fn files(self, table: &Table) -> Result<Vec<HostFile>, Fault> {
        match self {
            Self::Netlify => Ok(vec![netlify::file(table)]),
            Self::Cloudflare => cloudflare::file(table).map(|file| vec![file]),
            Self::CloudflareBulk => cloudflare::list(table).map(|file| vec![file]),
            Self::Vercel => vercel::file(table).map(|file| vec![file]),
            Self::VercelBulk => vercel::bulk(table).map(|file| vec![file]),
            Self::Nginx => nginx::files(table),
            Self::Apache => Ok(apache::files(table)),
            Self::S3 => s3::rules(table).map(|file| vec![file]),
            Self::S3Objects => s3::objects(table).map(|file| vec![file]),
        }
    }

    /// What there is to know although the host takes the redirects.
    pub fn advice(self, table: &Table) -> Option<String> {
        match self {
            Self::Netlify => netlify::advice(table),
            Self::S3 => s3::advice(table),
            _ => None,
        }
    }

    /// A fault where there is more than the host takes.
    fn within(self, what: &str, found: usize, limit: usize, hint: &str) -> Result<(), Fault> {
        if found <= limit {
            return Ok(());
        }
        let what = format!("{}: {what}", self.name());
        Err(Fault::Limit { what, found, limit, hint: hint.to_owned() })
    }
}
