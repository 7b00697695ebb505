//! Where a site is: what every command takes that reads one.

use std::path::PathBuf;

use clap::Args;

/// Which site.
#[derive(Clone, Debug, Default, Args)]
pub struct SiteArguments {
    /// The site's folder [default: the nearest folder upward that holds
    /// variorum.yml].
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// The configuration [default: variorum.yml in the site's folder].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}
