//! Formats: what is written is read, letter by letter; what is no such file is told and does no harm.

use proptest::prelude::*;

use super::marked::{Places, filled};
use super::{Entry, Format, Handover, HandoverFile, Progress, Replaces, State};

const FORMATS: [Format; 3] = [Format::Xliff, Format::Po, Format::Csv];

/// A text as pages have it, with what formats have to write in a way of their own.
const TEXT: &str = "([a-z甲🙂\"'&<>\\\\,;#|\\[\\]()`*\u{1}\u{fffe}\t\n ]|\\{% data a %\\}|<b>|</b>|\\[a\\]\\(b\\)|`c`|]]>|&amp;|\\\\n){1,12}";

fn entry(source: &str, target: Option<String>, state: State) -> Entry {
    Entry {
        id: "body.0123456789ab".to_owned(),
        key: "body".to_owned(),
        line: 7,
        section: format!("Section {source}"),
        state,
        source: source.to_owned(),
        replaces: target.as_ref().map(|_| "0123456789ab".to_owned()),
        before: (state == State::Stale).then(|| format!("old {source}")),
        target,
    }
}

fn handover(entry: Entry) -> Handover {
    let path = "content/a b & \"c\".md".to_owned();
    let files = vec![HandoverFile { path, entries: vec![entry] }];
    Handover { from: "en".to_owned(), to: "zh-Hans".to_owned(), files }
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        source in TEXT,
        target in proptest::option::of(TEXT),
        is_stale in proptest::bool::ANY,
    ) {
        let state = match (&target, is_stale) {
            (None, _) => State::Missing,
            (Some(_), true) => State::Stale,
            (Some(_), false) => State::Translated,
        };
        let entry = entry(&source, target.clone(), state);
        let places = Places::new(&source, target.as_deref());
        let (handover, texts) = (handover(entry), places.texts());
        for format in FORMATS {
            let written = format.write(&handover);
            let read = format.read("a", &written);
            let read = read.map_err(|fault| TestCaseError::fail(format!("{fault:?}\n{written}")))?;
            prop_assert_eq!(read.len(), 1);
            let returned = &read[0];
            prop_assert_eq!(&returned.path, &handover.files[0].path);
            prop_assert_eq!(&returned.id, &handover.files[0].entries[0].id);
            let says = |parts| filled(parts, &texts).map_err(|_| TestCaseError::fail("a place"));
            prop_assert_eq!(&says(&returned.source.parts)?, &source);
            let found = says(&returned.target.parts)?;
            prop_assert_eq!(&found, target.as_deref().unwrap_or_default());
            let replaces = match &target {
                Some(_) => Replaces::Text("0123456789ab".to_owned()),
                None => Replaces::Nothing,
            };
            prop_assert_eq!(&returned.replaces, &Some(replaces));
            let is_open = format == Format::Po && state == State::Stale;
            let progress = if is_open { Progress::Open } else { Progress::Done };
            prop_assert_eq!(returned.progress, progress);
        }
    }

    #[test]
    fn whatever_comes_is_read_or_told(text in "[<>/a-z=\"' !\\-\\[\\]&;#,\nmsgidstrctx\\\\{}%]{0,60}") {
        for format in FORMATS {
            let _ = format.read("a", &text);
        }
    }

    #[test]
    fn a_file_that_is_cut_is_read_or_told(source in TEXT, cut in 0_usize..2_000) {
        let handover = handover(entry(&source, Some(source.clone()), State::Stale));
        for format in FORMATS {
            let written = format.write(&handover);
            let cut = written.floor_char_boundary(cut);
            let _ = format.read("a", &written[..cut]);
        }
    }
}

#[test]
fn the_format_of_a_file_is_told_by_its_name() {
    assert_eq!(Format::of("a.XLF", ""), Some(Format::Xliff));
    assert_eq!(Format::of("a.po", ""), Some(Format::Po));
    assert_eq!(Format::of("a.b/c", "\u{feff}<?xml?>"), Some(Format::Xliff));
    assert_eq!(Format::of("a.txt", "msgid"), None);
}

#[test]
fn programs_for_tables_may_write_in_their_own_way() {
    let table = "\u{feff}Target;ID;file;Source\r\n\"甲\r\n乙\";x;a.md;\"a\nb\"\r\n;;;\r\n";
    let read = Format::Csv.read("a", table).expect("it is a table");
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].target.parts, [super::FlowPart::Text("甲\n乙".to_owned())]);
    assert_eq!((read[0].at.line, read[0].at.column), (3, 4));
}

#[test]
fn other_programs_may_write_catalogues_in_their_own_way() {
    let catalogue = "# x\nmsgid \"\"\nmsgstr \"\"\n\"Language: zh\\n\"\n\n#: a:1\n#, fuzzy, no-wrap\n#| msgid \"o\"\nmsgctxt \"a.md#\"\n\"body.1\"\nmsgid \"\"\n\"a \"\n  \"b\"\nmsgstr \"\\x41\\101\"\n\n#~ msgid \"gone\"\n#~ msgstr \"weg\"\n";
    let read = Format::Po.read("a", catalogue).expect("it is a catalogue");
    assert_eq!(read.len(), 1);
    assert_eq!((&*read[0].path, &*read[0].id), ("a.md", "body.1"));
    assert_eq!(read[0].source.parts, [super::FlowPart::Text("a b".to_owned())]);
    assert_eq!(read[0].target.parts, [super::FlowPart::Text("AA".to_owned())]);
    assert_eq!(read[0].progress, Progress::Open);
}

#[test]
fn other_programs_may_write_xliff_in_their_own_way() {
    let text = "<?xml version='1.0'?><!-- x --><x:xliff xmlns:x='urn:oasis:names:tc:xliff:document:2.2' xmlns:m='urn:m' version='2.2' srcLang='en'><x:file id='1' original='a.md'><m:more><m:unit/></m:more><x:group id='g'><x:unit id='u'><m:matches><m:match><x:source>no</x:source></m:match></m:matches><x:segment id='own-1'><x:source>a<x:ph id='1'/></x:source><x:target><x:mrk id='m'><![CDATA[甲]]>&#x4E59;</x:mrk><x:sc id='2'/>b<x:ec startRef='2'/><x:ph id='1'/></x:target></x:segment></x:unit></x:group></x:file></x:xliff>";
    let read = Format::Xliff.read("a", text).expect("it is XLIFF");
    assert_eq!(read.len(), 1);
    let shown: Vec<String> = read[0]
        .target
        .parts
        .iter()
        .map(|part| match part {
            super::FlowPart::Text(text) => text.clone(),
            super::FlowPart::Mark(id, end, _) => format!("{end:?} {id}"),
        })
        .collect();
    assert_eq!(shown, ["甲乙", "Open 2", "b", "Close 2", "Whole 1"]);
}
