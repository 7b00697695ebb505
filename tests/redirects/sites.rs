//! Sites with old addresses of all kinds.

use std::collections::BTreeMap;
use std::path::Path;

use percent_encoding::percent_decode_str;

use crate::pipeline;
use crate::program::program;

/// Old addresses that some configuration, pattern or map would take for something else. None is the beginning of
/// another one by chance only.
const AWKWARD: &[&str] = &[
    "/plain",
    "/plain-and-longer",
    "/plain/deeper",
    "/with space",
    "/with%20code",
    "/with%20code/and space",
    "/quote's",
    "/double%22quote",
    "/dollar$uri",
    "/$1",
    "/${host}",
    "/$request_uri$args",
    "/brace{1}",
    "/{",
    "/}",
    "/semi;colon",
    "/comma,comma",
    "/hash%23tag",
    "/question%3Fmark",
    "/plus+plus",
    "/star%2Astar",
    "/placeholder%3Aname",
    "/paren(s)",
    "/bracket[s]",
    "/caret^caret",
    "/pipe%7Cpipe",
    "/tick`tick",
    "/tilde~tilde",
    "/~regex",
    "/at@sign",
    "/and&and=and",
    "/bang!bang",
    "/percent%25percent",
    "/100%",
    "/%25{REQUEST_URI}",
    "/dot.dot",
    "/.hidden",
    "/index",
    "/default",
    "/hostnames",
    "/include",
    "/volatile",
    "/中文/页面",
    "/caf\u{e9}",
    "/cafe\u{301}",
    "/%C3%BCber",
    "/\u{1f600}",
    "/Case/Differs",
    "/case/differs",
    "/CASE/DIFFERS",
    "/http%3A/evil.example",
    "/-",
    "/_",
];

/// A site whose old addresses are those, and as many more as make a thousand redirects.
pub(crate) fn awkward() -> tempfile::TempDir {
    let folder = crate::folder::tempdir().expect("a temporary folder");
    let mut entries: Vec<String> = AWKWARD.iter().map(|entry| (*entry).to_owned()).collect();
    // As long as a path may be, in letters of which each has nine bytes once it is encoded.
    entries.push(format!("/{0}/{0}/{0}", "文".repeat(66)));
    entries.extend((0..120).map(|number| {
        let kinds = ["a b", "c$d", "é", "f'g", "(h)", "I", "i"];
        format!("/many/{}/{number}", kinds[number % kinds.len()])
    }));
    let page = |(number, entry): (usize, &String)| {
        // A text in single quotes has no escapes but the quote itself.
        let entry = entry.replace('\'', "''");
        let text = format!("---\ntitle: T\nversions: '*'\nredirect_from: '{entry}'\n---\nText.\n");
        (format!("content/pages/page-{number}.md"), text)
    };
    let mut files: Vec<(String, String)> = entries.iter().enumerate().map(page).collect();
    let page = "---\ntitle: T\nversions: '*'\nredirect_from: /old\n---\nText.\n";
    for name in ["pages/index", "pages/with space", "pages/dollar$x", "pages/中文 'q' (p)"] {
        files.push((format!("content/{name}.md"), page.replace("/old", &format!("/old/{name}"))));
    }
    pipeline::write(folder.path(), files.iter().map(|(path, text)| (&**path, text)));
    folder
}

/// All old addresses of a site with where they lead, decoded, as `redirects.json` has them.
pub(crate) fn redirects(site: &Path, more: &[&str]) -> BTreeMap<String, String> {
    let mut command = program(site);
    command.args(["redirects", "--format", "json", "--site"]).arg(site).args(more);
    let output = command.output().expect("the program can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let table: BTreeMap<String, String> =
        serde_json::from_slice(&output.stdout).expect("the output is JSON");
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().expect("text").into_owned();
    table.iter().map(|(from, to)| (decoded(from), decoded(to))).collect()
}
