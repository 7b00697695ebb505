//! What `variorum lsp` takes.

use std::path::PathBuf;

use clap::Args;

pub(super) const HELP: &str = "\
Speaks the Language Server Protocol over standard input and output. Editors
start it; the guide on editors says how. Nothing is written, and the network is
not asked.

Exit codes:
  0  ended by the editor
  1  ended without `shutdown` before
  2  wrong usage
  3  the output could not be written

Examples:
  Serve an editor that opens a folder with a site:
    variorum lsp
  Serve one for a site whose configuration is elsewhere:
    variorum lsp --site docs --config ci/variorum.yml";

/// What `variorum lsp` takes.
#[derive(Debug, Args)]
pub struct LspArguments {
    /// The site's folder [default: the folder that the editor has open, or the
    /// nearest one upward that holds variorum.yml].
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// The configuration [default: variorum.yml in the site's folder].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Taken and ignored: editors add it where they can speak in other ways.
    #[arg(long, hide = true)]
    pub stdio: bool,
}
