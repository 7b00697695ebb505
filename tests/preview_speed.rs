//! How soon the preview shows what was saved, measured through the program itself, over the corpus where it is.
//!
//! `cargo test --release --test preview_speed -- --ignored --nocapture`

#[path = "support/program.rs"]
mod program;
#[path = "support/shared.rs"]
mod shared;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use program::{files, put};
use shared::say;

/// How often each kind of file is saved.
const SAVES: usize = 40;

/// The page that is open.
const PAGE: &str =
    "/en/free-pro-team@latest/actions/learn-github-actions/finding-and-customizing-actions";

/// What is saved: its kind, the file, the words behind which something is written, and the page that shows it.
const KINDS: [(&str, &str, &str, &str); 5] = [
    (
        "page",
        "content/actions/learn-github-actions/finding-and-customizing-actions.md",
        "### Overview\n\n",
        PAGE,
    ),
    ("variable", "data/variables/product.yml", "prodname_actions: 'GitHub ", PAGE),
    (
        "reusable of 147 files",
        "data/reusables/repositories/navigate-to-repo.md",
        "navigate to ",
        "/en/free-pro-team@latest/packages/publishing-and-managing-packages/viewing-packages",
    ),
    (
        "translation",
        "translations/zh-CN/content/actions/learn-github-actions/finding-and-customizing-actions.md",
        "### 概览\n\n",
        "/cn/free-pro-team@latest/actions/learn-github-actions/finding-and-customizing-actions",
    ),
    ("template", "templates/page.html", "<div class=\"page-head\">", PAGE),
];

#[test]
#[ignore = "saves files of the corpus, where it is; prints how long it takes to see them"]
fn what_is_saved_is_seen_at_once() {
    let Some((corpus, _)) = shared::corpus() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    put(folder.path(), &files(&corpus));
    let template = include_str!("../templates/page.html");
    fs::create_dir_all(folder.path().join("templates")).expect("a new folder");
    fs::write(folder.path().join("templates/page.html"), template).expect("a new file");
    // Once to have the files in memory.
    drop(Preview::start(folder.path()));
    let mut preview = Preview::start(folder.path());
    say(&format!("ready in {}", preview.ready));
    let begun = Instant::now();
    preview.get(PAGE);
    say(&format!("first page in {:.1} ms", milliseconds(begun.elapsed())));
    preview.later_pages();
    // The pages are read once in the background.
    std::thread::sleep(Duration::from_secs(15));
    let mut all = Vec::new();
    for (kind, file, behind, page) in KINDS {
        let times = preview.saves(&folder.path().join(file), behind, page);
        say(&format!("{kind}: {}", percentiles(&times)));
        all.extend(times);
    }
    say(&format!("all: {}", percentiles(&all)));
    preview.burst(folder.path());
    preview.thousand(folder.path());
    preview.stop();
}

/// The running program.
struct Preview {
    child: Child,
    port: u16,
    ready: String,
}

impl Preview {
    fn start(site: &Path) -> Self {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let begun = Instant::now();
        let mut child = program::program(project)
            .args(["preview", "--config", "tests/corpus/variorum.yml", "--port", "0"])
            .args(["--date", "2020-11-13", "--site"])
            .arg(site)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program can be started");
        let mut line = String::new();
        let out = child.stdout.take().expect("it was asked for");
        BufReader::new(out).read_line(&mut line).expect("it says where it is");
        let ready = format!("{:.0} ms", milliseconds(begun.elapsed()));
        let port = line.trim().trim_end_matches('/').rsplit(':').next().unwrap_or_default();
        let port = port.parse().expect("the address ends in a port");
        Self { child, port, ready }
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).expect("it listens")
    }

    fn ask(&self, path: &str) -> TcpStream {
        let mut stream = self.connect();
        let port = self.port;
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it reads");
        stream
    }

    fn get(&self, path: &str) -> String {
        let mut text = Vec::new();
        self.ask(path).read_to_end(&mut text).expect("it answers");
        String::from_utf8_lossy(&text).into_owned()
    }

    /// How long pages take that nobody has asked for before.
    fn later_pages(&self) {
        let sitemap = self.get("/en/sitemap.xml");
        let addresses: Vec<&str> = sitemap
            .split("<loc>https://docs.example.com")
            .skip(1)
            .filter_map(|part| part.split("</loc>").next())
            .collect();
        let mut times: Vec<f64> = Vec::new();
        for address in addresses.iter().step_by(addresses.len() / 300 + 1) {
            let begun = Instant::now();
            assert!(self.get(address).starts_with("HTTP/1.1 200"), "{address}");
            times.push(milliseconds(begun.elapsed()));
        }
        say(&format!("later pages: {}", percentiles(&times)));
    }

    /// Saves a file again and again; the times until the new text is served, as a browser would ask for it.
    fn saves(&self, file: &Path, behind: &str, page: &str) -> Vec<f64> {
        let own = fs::read_to_string(file).expect("it is there");
        assert!(own.contains(behind), "{}", file.display());
        self.get(page);
        let mut events =
            BufReader::new(self.ask(&format!("/_variorum/events?page={page}&token=x")));
        let mut times = Vec::new();
        // The first event is about the token that nobody gave out.
        event(&mut events);
        for number in 0..SAVES {
            let word = format!("word{number}word");
            let text = own.replacen(behind, &format!("{behind}{word} "), 1);
            std::thread::sleep(Duration::from_millis(120));
            let begun = Instant::now();
            fs::write(file, text).expect("it can be written");
            event(&mut events);
            let shown = self.get(page);
            times.push(milliseconds(begun.elapsed()));
            assert!(shown.contains(&word), "{page} does not show {word}");
        }
        fs::write(file, own).expect("it can be written");
        event(&mut events);
        times
    }

    /// A thousand saves, renames and deletions at once; the time until everything is as it was.
    fn burst(&self, site: &Path) {
        let folder = site.join("content/actions/guides");
        let before: BTreeMap<PathBuf, Vec<u8>> = walkdir::WalkDir::new(&folder)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| (entry.path().to_owned(), fs::read(entry.path()).expect("it is there")))
            .collect();
        let mut done = 0;
        while done < 1_000 {
            for (number, (path, bytes)) in before.iter().enumerate() {
                match (done + number) % 3 {
                    0 => fs::write(path, [bytes, &b"\nmore\n"[..]].concat())
                        .expect("it can be written"),
                    1 => fs::remove_file(path).expect("it is there"),
                    _ => {
                        let other = path.with_extension("old");
                        fs::rename(path, &other).expect("it is there");
                        fs::remove_file(other).expect("it is there");
                    }
                }
                fs::write(path, bytes).expect("it can be written");
                done += 2;
            }
        }
        let word = "the last word";
        let last = before.keys().find(|path| !path.ends_with("index.md")).expect("there are pages");
        let mut text = String::from_utf8_lossy(&before[last]).into_owned();
        text.push_str(&format!("\n\n{word}\n"));
        fs::write(last, text).expect("it can be written");
        let begun = Instant::now();
        let name = last.file_stem().unwrap_or_default().to_string_lossy();
        let page = format!("/en/free-pro-team@latest/actions/guides/{name}");
        while !self.get(&page).contains(word) {
            assert!(begun.elapsed() < Duration::from_secs(20), "the last word is never shown");
            std::thread::sleep(Duration::from_millis(5));
        }
        let time = milliseconds(begun.elapsed());
        say(&format!("after a burst of {done} changes: {time:.0} ms until the last is shown"));
    }

    /// A thousand saves, one after another, with a page open; memory before and after.
    fn thousand(&self, site: &Path) {
        let (_, file, behind, page) = KINDS[0];
        let file = site.join(file);
        let own = fs::read_to_string(&file).expect("it is there");
        let mut events =
            BufReader::new(self.ask(&format!("/_variorum/events?page={page}&token=x")));
        event(&mut events);
        for number in 0..1_000 {
            let text = own.replacen(behind, &format!("{behind}number {number} "), 1);
            fs::write(&file, text).expect("it can be written");
            event(&mut events);
            if number == 99 || number == 999 {
                say(&format!("{:.0} MiB after {} saves", self.memory(), number + 1));
            }
        }
        fs::write(&file, own).expect("it can be written");
    }

    /// What it has in memory, in MiB; 0 where nobody can tell.
    fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
        kilobytes.unwrap_or_default() / 1024.0
    }

    fn stop(&mut self) {
        // Whoever has ended already cannot be ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Waits for the next event.
fn event(events: &mut BufReader<TcpStream>) {
    let mut line = String::new();
    loop {
        line.clear();
        assert!(events.read_line(&mut line).expect("it goes on") > 0, "the events have ended");
        if line.starts_with("event:") {
            return;
        }
    }
}

fn percentiles(times: &[f64]) -> String {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    let most = times.last().copied().unwrap_or_default();
    format!("p50 {:.1} ms, p95 {:.1} ms, at most {most:.1} ms of {}", at(50), at(95), times.len())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
