//! The same site gives the same bytes: on any number of threads, wherever and in whatever order its files were
//! written, whatever the environment says.

#[path = "support/program.rs"]
mod program;

use program::{Files, files, program, put};

/// Enough for several products, and for more than one page on each thread.
const PRODUCTS: usize = 3;
const PAGES: usize = 12;

#[test]
fn nothing_but_the_site_and_the_day_changes_a_byte() {
    let site = site();
    let first = built(&site, Order::Forward, "1", &[]);
    assert!(first.len() > PRODUCTS * PAGES * 4, "{} files", first.len());
    let strange =
        [("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")];
    for (order, jobs, environment) in [
        (Order::Forward, "2", &strange[..0]),
        (Order::Backward, "3", &strange[..]),
        (Order::Mixed, "8", &strange[..1]),
        (Order::Mixed, "1", &strange[1..]),
    ] {
        let again = built(&site, order, jobs, environment);
        let changed: Vec<&String> =
            first.keys().filter(|path| first.get(*path) != again.get(*path)).collect();
        assert!(changed.is_empty(), "{order:?}, {jobs} threads, {environment:?}: {changed:?}");
        assert_eq!(hash(&first), hash(&again));
    }
}

#[test]
fn a_build_over_the_last_one_is_the_same_as_a_clean_one() {
    let site = site();
    let folder = tempfile::tempdir().expect("a temporary folder");
    put(folder.path(), &site);
    let build = |arguments: &[&str]| {
        let arguments = ["build", "--quiet", "--date", "2020-06-01"].iter().chain(arguments);
        let status = program(folder.path()).args(arguments).output().expect("it can be started");
        assert_eq!(status.status.code(), Some(0));
        files(&folder.path().join("public"))
    };
    let first = build(&[]);
    assert!(build(&["--lang", "zh"]) != first);
    assert!(build(&[]) == first);
}

/// In which order the files of a site are written.
#[derive(Clone, Copy, Debug)]
enum Order {
    Forward,
    Backward,
    Mixed,
}

/// What is written for a site.
fn built(site: &Files, order: Order, jobs: &str, environment: &[(&str, &str)]) -> Files {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut paths: Vec<&String> = site.keys().collect();
    match order {
        Order::Forward => {}
        Order::Backward => paths.reverse(),
        Order::Mixed => paths.sort_by_key(|path| *blake3::hash(path.as_bytes()).as_bytes()),
    }
    for path in paths {
        put(folder.path(), &Files::from([(path.clone(), site[path].clone())]));
    }
    let output = program(folder.path())
        .args(["build", "--quiet", "--date", "2020-06-01", "--jobs", jobs])
        .envs(environment.iter().copied())
        .output()
        .expect("the program can be started");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    files(&folder.path().join("public"))
}

fn hash(files: &Files) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for (path, bytes) in files {
        for part in [path.as_bytes(), bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
    }
    hasher.finalize()
}

/// Products with articles that differ by version, link to each other, share data and code, and are half translated.
fn site() -> Files {
    let mut site = Files::new();
    let mut add = |path: String, text: String| site.insert(path, text.into_bytes());
    add("variorum.yml".to_owned(), include_str!("sites/variorum.yml").to_owned());
    let front =
        |title: &str, more: &str| format!("---\ntitle: {title}\n{more}versions: '*'\n---\n");
    add("content/index.md".to_owned(), front("Home", ""));
    for product in 0..PRODUCTS {
        let folder = format!("content/product-{product}");
        add(format!("{folder}/index.md"), front(&format!("Product {product}"), ""));
        for page in 0..PAGES {
            let next = (page + 1) % PAGES;
            let old = format!(
                "redirect_from: /old/{product}/{page}\nintro: '{{% data words.w{page} %}}'\n"
            );
            let body = format!(
                "## Part\n\n{{% data words.w{page} %}} {{% if currentVersion == \"cloud@latest\" %}}in the cloud\
                 {{% endif %}}, then [next](/product-{next_product}/page-{next}).\n\n```json\n{{ \"page\": {shared} }}\n\
                 ```\n",
                next_product = (product + 1) % PRODUCTS,
                shared = page % 3,
            );
            add(format!("{folder}/page-{page}.md"), front(&format!("Page {page}"), &old) + &body);
            if page % 2 == 0 {
                let path = format!("translations/zh/{folder}/page-{page}.md");
                add(path, front(&format!("第 {page} 页"), "") + "## 部分\n\n文字。\n");
            }
        }
    }
    let words =
        |prefix: &str| (0..PAGES).map(|page| format!("w{page}: {prefix} {page}\n")).collect();
    add("data/words.yml".to_owned(), words("Word"));
    add("translations/zh/data/words.yml".to_owned(), words("词"));
    add("data/versions/product@1.0/words.yml".to_owned(), "w3: Old word\n".to_owned());
    site
}
