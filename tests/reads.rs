//! The record of what a page read has every file whose words are on the page: a change of a word anywhere changes
//! only pages that say they read it.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/program.rs"]
mod program;
#[path = "support/stages.rs"]
mod stages;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;

use program::{Files, put};
use variorum::render::{self, Output, Twins};

/// In each text of the site: what a change changes.
const WORD: &str = "word";

/// A page as it was written, and the files that it read.
#[derive(Debug, PartialEq)]
struct Written {
    bytes: Vec<u8>,
    files: Vec<String>,
}

#[test]
fn pages_that_change_with_a_file_have_read_it() {
    let site = site();
    let before = rendered(&site);
    for (path, bytes) in &site {
        let text = String::from_utf8_lossy(bytes);
        if !text.contains(WORD) {
            continue;
        }
        let mut changed = site.clone();
        changed.insert(path.clone(), text.replace(WORD, "other").into_bytes());
        let after = rendered(&changed);
        assert!(before.keys().eq(after.keys()), "{path} changes which pages there are");
        let differing = before.iter().filter(|(page, own)| own.bytes != after[*page].bytes);
        let differing: Vec<_> = differing.collect();
        assert!(!differing.is_empty(), "no page shows {path}");
        for (page, own) in differing {
            assert!(own.files.contains(path), "{page} shows {path}, and has read {:?}", own.files);
        }
    }
}

#[test]
fn pages_read_no_more_than_they_show() {
    let before = rendered(&site());
    let of = |page: &str| &before[page].files;
    assert!(of("en/cloud@latest/lamps/wick/index.html").contains(&"data/words.yml".to_owned()));
    for page in ["en/cloud@latest/lamps/wick/index.html", "zh/cloud@latest/lamps/wick/index.html"] {
        assert!(!of(page).contains(&"data/flags.yml".to_owned()), "{:?}", of(page));
        assert!(!of(page).contains(&"content/locks/index.md".to_owned()), "{:?}", of(page));
    }
    let terms = of("en/cloud@latest/lamps/terms/index.html");
    assert!(terms.contains(&"data/flags.yml".to_owned()), "{terms:?}");
    // A page in the default language shows nothing of a translation.
    assert!(of("en/cloud@latest/lamps/wick/index.html").iter().all(|file| !file.contains("zh")));
}

/// What is written for a site, the pages alone.
fn rendered(files: &Files) -> BTreeMap<String, Written> {
    let folder = folder::tempdir().expect("a temporary folder");
    put(folder.path(), files);
    render_in(folder.path())
}

fn render_in(root: &Path) -> BTreeMap<String, Written> {
    let site = stages::read(root, &root.join("variorum.yml")).value;
    let prepared = stages::prepared(&site, jiff::civil::date(2020, 6, 1), Twins::Written).value;
    let name = |file| site.sources.file(file).path.clone();
    let put = |output: Output| {
        let files = output.reads.files().into_iter().map(name).collect();
        Ok::<_, Infallible>((output.path, Written { bytes: output.bytes, files }))
    };
    let Ok(rendered) = render::site(&prepared, &put, &|_| {});
    let (_, written) = rendered.value;
    written.into_iter().filter(|(_, page)| !page.files.is_empty()).collect()
}

/// A page for every way to show something of another file.
fn site() -> Files {
    let mut site = Files::new();
    let mut add =
        |path: &str, text: &str| drop(site.insert(path.to_owned(), text.as_bytes().to_vec()));
    let configuration = include_str!("sites/variorum.yml");
    add("variorum.yml", &format!("{configuration}notices: {{ translation: notices.old }}\n"));
    add("content/index.md", "---\ntitle: Home word\nversions: '*'\n---\n");
    add(
        "content/lamps/index.md",
        "---\ntitle: Lamps word\nversions: '*'\nfeaturedLinks: { popular: [/locks/bolt] }\nincludeGuides: \
         [/locks/key]\nlearningTracks: [first]\nchildren: [/wick, /oil, /notes, /terms]\n---\n",
    );
    add(
        "content/lamps/wick.md",
        "---\ntitle: Wick word\nintro: Of the word\nversions: '*'\n---\n\n{% data words.a %}\n",
    );
    add(
        "content/lamps/oil.md",
        "---\ntitle: Oil word\nshortTitle: Oily word\nversions: '*'\n---\n\n## See [AUTOTITLE](/locks/bolt)\n\n\
         And [AUTOTITLE](/locks/key).\n\n{% link_with_intro /locks/spring %}\n{% data reusables.deep %}\n",
    );
    add(
        "content/lamps/notes.md",
        "---\ntitle: Notes word\nversions: '*'\nlayout: release-notes\n---\n",
    );
    add(
        "content/lamps/terms.md",
        "---\ntitle: Terms word\nversions: '*'\n---\n\n{% for t in site.data.terms %}{{ t.name }}\n{% endfor %}\
         {% if site.data.flags.on %}on{% endif %}{{ site.data.flags.count }}\n",
    );
    add(
        "content/locks/index.md",
        "---\ntitle: Locks word\nversions: '*'\nchildren: [/bolt, /key, /spring]\n---\n",
    );
    for name in ["bolt", "key", "spring"] {
        let text =
            format!("---\ntitle: {name} word\nintro: It is a {name} word\nversions: '*'\n---\n");
        add(&format!("content/locks/{name}.md"), &text);
    }
    add("data/words.yml", "a: one word\nb: two word\n");
    add("data/versions/product@1.0/words.yml", "a: old word\n");
    add("data/reusables/deep.md", "Deep word {% data words.b %}");
    add("data/terms.yml", "- name: 'a word {% data words.b %}'\n- name: b\n");
    add("data/flags.yml", "on: true\ncount: 3\n");
    add("data/notices.yml", "old: It is an old word\n");
    add("data/ui.yml", "header: { skip_link: To the word }\n");
    add(
        "data/learning-tracks/lamps.yml",
        "first: { title: First word, description: Of word, guides: [/lamps/wick, /locks/key] }\n",
    );
    add("data/release-notes/product/2-0/1.yml", "date: word day\nsections: { bugs: [a word] }\n");
    add("translations/zh/content/lamps/wick.md", "---\ntitle: 灯芯 word\n---\n\n文 word\n");
    add("translations/zh/content/locks/bolt.md", "---\ntitle: 螺栓 word\n---\n\n文 word\n");
    add("translations/zh/data/words.yml", "b: 二 word\n");
    add("translations/zh/data/terms.yml", "- name: 甲 word\n- name: 乙\n");
    site
}
