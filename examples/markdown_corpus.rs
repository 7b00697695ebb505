//! Renders a file of expanded pages, to compare the result with a reference: `markdown_corpus PAGES OUT`.
//!
//! PAGES has one JSON object a line (`href`, `markdown`); each page becomes `OUT/<href>/index.html`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Duration;

use variorum::markdown::{Body, Highlighter, Options, SlotKind, to_body};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(pages), out) = (arguments.next(), arguments.next()) else {
        return Err(std::io::Error::other("usage: markdown_corpus PAGES [OUT]"));
    };
    let highlighter = Highlighter::new();
    let (mut bytes, mut spent) = (0, Duration::ZERO);
    let mut faults = std::collections::BTreeMap::<String, (usize, String)>::new();
    for line in BufReader::new(std::fs::File::open(pages)?).lines() {
        let page: serde_json::Value = serde_json::from_str(&line?)?;
        let text = |key: &str| page[key].as_str().unwrap_or_default();
        let start = processor_time();
        let body = to_body(text("markdown"), Options::default());
        spent += processor_time().saturating_sub(start);
        bytes += text("markdown").len();
        for fault in &body.faults {
            let entry = faults.entry(fault.message.clone()).or_default();
            *entry = (entry.0 + 1, text("href").to_owned());
        }
        if let Some(out) = &out {
            let folder = Path::new(out).join(text("href").trim_start_matches('/'));
            std::fs::create_dir_all(&folder)?;
            let html = filled(&body, &highlighter);
            let page = format!("<h1>t</h1><div id=\"article-contents\">{html}</div>");
            std::fs::write(folder.join("index.html"), page)?;
        }
    }
    report(bytes, spent, &faults);
    Ok(())
}

/// The time that the processor has worked for this program, where the system tells.
fn processor_time() -> Duration {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = told.split_whitespace().next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_default())
}

#[expect(clippy::print_stdout, reason = "an example speaks to its user")]
fn report(
    bytes: usize,
    spent: Duration,
    faults: &std::collections::BTreeMap<String, (usize, String)>,
) {
    let speed = bytes as f64 / 1e6 / spent.as_secs_f64();
    println!("{bytes} bytes, {:.2} s, {speed:.1} MB/s", spent.as_secs_f64());
    for (message, (count, href)) in faults {
        println!("{count} times {message}, last on {href}");
    }
}

/// The body with its slots filled as a site without variants would.
fn filled(body: &Body, highlighter: &Highlighter) -> String {
    let mut html = String::with_capacity(body.html.len());
    let mut done = 0;
    for slot in &body.slots {
        let at = slot.at as usize;
        html.push_str(&body.html[done..at]);
        done = at;
        match slot.kind {
            SlotKind::Link(number) => html.push_str(&address(&body.links[number as usize].address)),
            SlotKind::Image(number) => {
                html.push_str(&address(&body.images[number as usize].address))
            }
            SlotKind::Code(number) => {
                html.push_str(&highlighter.highlight(&body.code[number as usize]));
            }
            SlotKind::LinkTitle(number) => {
                html.push_str(&address(&body.links[number as usize].address))
            }
            SlotKind::ImageSize(_) | SlotKind::Block(_) => {}
            SlotKind::Ui(key) => html.push_str(key),
        }
    }
    html.push_str(&body.html[done..]);
    html
}

/// An address as an attribute: what is not ASCII and what parts attributes is percent-encoded.
fn address(written: &str) -> String {
    let mut encoded = String::with_capacity(written.len());
    for byte in written.bytes() {
        match byte {
            b'&' => encoded.push_str("&amp;"),
            b'\'' => encoded.push_str("&#39;"),
            b'"'
            | b' '
            | b'<'
            | b'>'
            | b'`'
            | b'\\'
            | b'^'
            | b'{'
            | b'|'
            | b'}'
            | b'['
            | b']'
            | 0..=31
            | 127..=255 => encoded.push_str(&format!("%{byte:02X}")),
            _ => encoded.push(char::from(byte)),
        }
    }
    encoded
}
