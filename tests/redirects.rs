//! Old addresses for hosts: what is written is read back as the host's documentation says, and asked of the servers
//! that are installed.
//!
//! Without nginx or Apache httpd that server is not asked, which is said; with `VARIORUM_SERVERS=required` that is a
//! failure.

#[path = "redirects/client.rs"]
mod client;
#[path = "redirects/command.rs"]
mod command;
#[path = "support/folder.rs"]
mod folder;
#[path = "redirects/formats.rs"]
mod formats;
#[path = "redirects/grammar.rs"]
mod grammar;
#[path = "support/pipeline.rs"]
mod pipeline;
#[path = "support/program.rs"]
mod program;
#[path = "redirects/server.rs"]
mod server;
#[path = "redirects/servers.rs"]
mod servers;
#[path = "support/shared.rs"]
mod shared;
#[path = "redirects/sites.rs"]
mod sites;
