//! The command: where it writes, and what it says.

use std::fs;
use std::path::Path;

use crate::program::{files, program};
use crate::{pipeline, sites};

const PAGE: &str =
    "---\ntitle: Page\nversions: '*'\nredirect_from:\n  - /old\n  - /product@1.0/older\n---\n";

/// A site with a page that has old addresses.
fn site(more: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = crate::folder::tempdir().expect("a temporary folder");
    pipeline::write(folder.path(), [("content/page.md", PAGE)]);
    for (path, text) in more {
        fs::write(folder.path().join(path), text).expect("a new file");
    }
    folder
}

/// What a run came to: exit code, standard output, standard error.
fn run(site: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = program(site);
    let output = command.arg("redirects").args(arguments).output().expect("it can be started");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints text");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

#[track_caller]
fn prints(site: &Path, arguments: &[&str], expected: &str) {
    let (code, out, err) = run(site, arguments);
    assert_eq!((code, &*err), (0, ""));
    assert_eq!(out, expected);
}

#[track_caller]
fn fails(site: &Path, arguments: &[&str], code: i32, expected: &str) {
    assert_eq!(run(site, arguments), (code, String::new(), format!("error: {expected}\n")));
}

const NETLIFY: &str = "\
/ /en/product@2.0 301!
/en/old /en/product@2.0/page 301!
/en/product@1.0/old /en/product@1.0/page 301!
/en/product@1.0/older /en/product@1.0/page 301!
/en/product@2.0/old /en/product@2.0/page 301!
/old /en/product@2.0/page 301!
/product@1.0/older /en/product@2.0/page 301!
/zh/old /zh/product@2.0/page 301!
/zh/product@1.0/old /zh/product@1.0/page 301!
/zh/product@1.0/older /zh/product@1.0/page 301!
/zh/product@2.0/old /zh/product@2.0/page 301!
";

#[test]
fn a_host_gets_every_old_address_in_every_variant() {
    let site = site(&[]);
    prints(site.path(), &["--format", "netlify"], NETLIFY);
    let below = NETLIFY.replace("/ /en", "\u{0} /en").replace(" /", " /docs/");
    let below = below.replace('\n', "\n/docs").replace("\u{0}", "");
    let below = format!("/docs{}", below.strip_suffix("/docs").expect("a last line"));
    let url = "https://docs.example.com/docs/";
    prints(site.path(), &["--format", "netlify", "--base-url", url], &below);
}

#[test]
fn json_and_pages_are_those_of_a_build() {
    for site in [site(&[]), sites::awkward()] {
        let site = site.path();
        let build = program(site).args(["build", "--quiet", "--no-twins"]).output();
        let code = build.expect("it can be started").status.code();
        assert!(matches!(code, Some(0 | 1)));
        let built = files(&site.join("public"));
        let (code, json, _) = run(site, &["--format", "json"]);
        assert_eq!((code, json.trim_end().as_bytes()), (0, &*built["redirects.json"]));
        let (code, told, _) = run(site, &["--format", "html", "--output", "pages"]);
        let pages = files(&site.join("pages"));
        assert!(code == 0 && told.ends_with(" pages in pages\n"), "{told}");
        assert!(pages.iter().all(|(path, page)| built.get(path) == Some(page)));
        let refreshed =
            |page: &[u8]| String::from_utf8_lossy(page).contains("http-equiv=\"refresh\"");
        let of_the_build = built
            .iter()
            .filter(|(path, page)| path.ends_with("index.html") && refreshed(page.as_slice()));
        assert!(of_the_build.map(|(path, _)| path).eq(pages.keys()));
    }
}

#[test]
fn a_file_is_written_under_its_own_name_into_a_folder() {
    let folder = site(&[]);
    let site = folder.path();
    fs::create_dir(site.join("out")).expect("a new folder");
    let read = |path: &str| fs::read_to_string(site.join(path)).expect("it was written");
    prints(site, &["--format", "netlify", "--output", "out"], "");
    assert_eq!(read("out/_redirects"), NETLIFY);
    prints(site, &["--format", "netlify", "--output", "list"], "");
    assert_eq!(read("list"), NETLIFY);
    prints(site, &["--format", "nginx", "--output", "new/nginx"], "");
    assert!(read("new/nginx/redirects-http.conf").contains("map $uri $variorum_new {"));
    assert!(read("new/nginx/redirects-server.conf").contains("return 301"));
    assert_eq!(files(&site.join("new/nginx")).len(), 2, "nothing is left beside");
    fails(
        site,
        &["--format", "apache"],
        2,
        "there are `redirects.conf` and `redirects.map`: name a folder with --output",
    );
    fails(site, &["--format", "html"], 2, "the pages are many files: name a folder with --output");
}

#[test]
fn a_built_site_does_not_give_way_to_its_redirects() {
    let site = site(&[]);
    let built = program(site.path()).args(["build", "--quiet"]).status().expect("it is started");
    assert!(built.success());
    let before = files(&site.path().join("public"));
    fails(
        site.path(),
        &["--format", "html", "--output", "public"],
        2,
        "`public` holds a built site, which would be gone: name another folder",
    );
    assert_eq!(files(&site.path().join("public")), before);
}

#[test]
fn a_file_stays_as_it_was_where_the_host_takes_less() {
    let entries: String = (0..60).map(|number| format!("  - /many/{number}\n")).collect();
    let page = PAGE.replace("  - /old\n", &entries);
    let site = site(&[("content/page.md", &page), ("rules.json", "as it was")]);
    let message =
        "s3: routing rules: 423, and the limit is 50: write `--format s3-objects` instead";
    fails(site.path(), &["--format", "s3", "--output", "rules.json"], 1, message);
    let kept = fs::read_to_string(site.path().join("rules.json")).expect("it is there");
    assert_eq!(kept, "as it was");
}

#[test]
fn a_contradiction_is_told_with_its_place() {
    let other = PAGE.replace("/old", "/%6Fld").replace("  - /product@1.0/older\n", "");
    let folder = site(&[("content/other.md", &other)]);
    let message = "content/page.md:5:5: `/en/%6Fld` and `/en/old` are one address for a server, and \
                   lead to `/en/product@2.0/other` and to `/en/product@2.0/page`: remove one of the two";
    fails(folder.path(), &["--format", "netlify"], 1, message);
    let own = PAGE.replace("/old", "/p%61ge");
    let folder = site(&[("content/page.md", &own)]);
    let message = "content/page.md:5:5: `/en/product@1.0/p%61ge` is the address of `page.md` for a \
                   server: remove the entry";
    fails(folder.path(), &["--format", "apache", "--output", "out"], 1, message);
    assert!(!folder.path().join("out").exists());
}

#[test]
fn an_address_that_is_lost_is_told() {
    let site = site(&[("content/page.md", &PAGE.replace("/old\n", "//evil.example\n"))]);
    let (code, out, err) = run(site.path(), &["--format", "netlify"]);
    assert_eq!(code, 0);
    assert!(!out.contains("evil") && err.contains("`//evil.example` is not an address"), "{err}");
}

#[test]
fn a_base_url_that_would_lead_elsewhere_is_refused() {
    let site = site(&[]);
    let message = "`//evil.example` in `base_url` begins with two slashes, so that every redirect \
                   would lead to another host: write one slash";
    let url = "https://docs.example.com//evil.example";
    fails(site.path(), &["--format", "nginx", "--output", "out", "--base-url", url], 1, message);
    fails(
        site.path(),
        &["--format", "netlify", "--base-url", "docs"],
        2,
        "--base-url: `docs` is not a web address",
    );
}
