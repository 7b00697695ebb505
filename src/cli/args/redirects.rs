//! What `variorum redirects` takes.

use std::path::PathBuf;

use clap::Args;

use super::SiteArguments;
use crate::redirects::hosts::Host;

pub(super) const HELP: &str = "\
Every old address of the site, with and without a slash at its end, is
answered with 301 and the address of the page that it leads to. Where a host
takes fewer redirects, or shorter ones, nothing is written.

Exit codes:
  0  written
  1  the host does not take these redirects, or two of them contradict
  2  wrong usage or configuration
  3  a file could not be read or written

Examples:
  Put the redirects of Netlify beside the built site:
    variorum redirects --format netlify --output public/_redirects
  Write the two files that nginx includes:
    variorum redirects --format nginx --output /etc/nginx/variorum
  Look at what a bucket of S3 gets:
    variorum redirects --format s3-objects";

/// What `variorum redirects` takes.
#[derive(Debug, Args)]
pub struct RedirectsArguments {
    /// The host that is to read them.
    #[arg(long, value_enum)]
    pub format: RedirectsFormat,
    /// Where to write: a file, or a folder for the file under the name that the
    /// host knows. Formats of more than one file need a folder [default:
    /// standard output].
    #[arg(long, value_name = "FILE|DIR")]
    pub output: Option<PathBuf>,
    /// Which site.
    #[command(flatten)]
    pub place: SiteArguments,
    /// Where the site will be published, instead of `base_url` of the
    /// configuration.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
}

/// The host that is to read redirects, or another form of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum RedirectsFormat {
    /// Netlify: `_redirects`.
    Netlify,
    /// Cloudflare Pages and Workers: `_redirects`, at most 1,000 old addresses.
    Cloudflare,
    /// Cloudflare Bulk Redirects: a list as CSV.
    CloudflareBulk,
    /// Vercel: `vercel.json`, at most 2,048 old addresses.
    Vercel,
    /// Vercel bulk redirects: JSON.
    VercelBulk,
    /// nginx: a file for `http` and one for `server`.
    Nginx,
    /// Apache httpd: directives and a map.
    Apache,
    /// Amazon S3: routing rules of a bucket, at most 50.
    S3,
    /// Amazon S3: an object for each old address.
    S3Objects,
    /// Old address and new address, as `redirects.json` of a build.
    Json,
    /// A page for each old address, as a build writes it.
    Html,
}

impl RedirectsFormat {
    /// The host, unless the form is nobody's.
    pub(in super::super) fn host(self) -> Option<Host> {
        match self {
            Self::Netlify => Some(Host::Netlify),
            Self::Cloudflare => Some(Host::Cloudflare),
            Self::CloudflareBulk => Some(Host::CloudflareBulk),
            Self::Vercel => Some(Host::Vercel),
            Self::VercelBulk => Some(Host::VercelBulk),
            Self::Nginx => Some(Host::Nginx),
            Self::Apache => Some(Host::Apache),
            Self::S3 => Some(Host::S3),
            Self::S3Objects => Some(Host::S3Objects),
            Self::Json | Self::Html => None,
        }
    }
}
