//! Cloudflare: `_redirects` in the folder that is published, or a list of Bulk Redirects for an account.
//!
//! `_redirects` is that of <https://developers.cloudflare.com/pages/configuration/redirects/>: 2,000 lines without
//! wildcards, 1,000 characters each, which win over files. An address with a slash at its end is another one. The
//! query string goes with it.
//!
//! The list is that of <https://developers.cloudflare.com/rules/url-forwarding/bulk-redirects/reference/csv-file-format/>:
//! no header, five optional values behind the two addresses, `TRUE` or nothing. A slash at the end is compared, too. A
//! source has a host; without a scheme it stands for http and https. Addresses have 32 KB
//! (<https://developers.cloudflare.com/rules/url-forwarding/bulk-redirects/reference/parameters/>). How many redirects an
//! account has depends on its plan.

use super::super::address::{encoded, requested};
use super::super::table::forms;
use super::super::{Fault, Table};
use super::lines::line;
use super::{Host, HostFile};

/// Lines of `_redirects` without wildcards.
const LINES: usize = 2_000;
/// Characters of a line.
const LINE: usize = 1_000;
/// Bytes of an address of the list.
const ADDRESS: usize = 32 << 10;

pub(super) fn file(table: &Table) -> Result<HostFile, Fault> {
    let host = Host::Cloudflare;
    let mut text = String::new();
    let mut lines = 0;
    for (from, to) in table.iter() {
        for form in forms(from) {
            let line = line(&form, to, "301");
            let what = format!("characters of the line for `{form}`");
            host.within(&what, line.len(), LINE, "write `--format cloudflare-bulk` instead")?;
            text.push_str(&line);
            text.push('\n');
            lines += 1;
        }
    }
    let hint = "write `--format cloudflare-bulk` instead, or leave the redirects to the pages of the \
                build (`redirects.pages`)";
    host.within("lines of `_redirects`, two an address", lines, LINES, hint)?;
    Ok(HostFile { name: "_redirects", text })
}

pub(super) fn list(table: &Table) -> Result<HostFile, Fault> {
    let host = Host::CloudflareBulk;
    let origin = table.origin();
    if origin.is_empty() {
        return Err(Fault::NoBaseUrl(host.name()));
    }
    let name = origin.split_once("://").map_or(origin, |(_, name)| name);
    let mut text = String::new();
    for (from, to) in table.iter() {
        for form in forms(from) {
            let (source, target) =
                (format!("{name}{}", requested(&form)), format!("{origin}{}", encoded(to)));
            let longest = source.len().max(target.len());
            let what = format!("bytes of an address at `{form}`");
            host.within(&what, longest, ADDRESS, "shorten the address")?;
            // Quotes are encoded in addresses, commas are not.
            text.push_str(&format!("\"{source}\",\"{target}\",301,TRUE\n"));
        }
    }
    Ok(HostFile { name: "redirects.csv", text })
}
