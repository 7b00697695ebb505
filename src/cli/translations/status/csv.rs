//! A status as comma-separated values (RFC 4180): a row for each file.

use super::Report;

const HEADINGS: [&str; 14] = [
    "language",
    "source",
    "translation",
    "state",
    "origin",
    "sections",
    "stale_sections",
    "missing_sections",
    "fallback_sections",
    "damage",
    "words",
    "stale_words",
    "missing_words",
    "fallback_words",
];

/// The files of all languages.
pub(super) fn csv(reports: &[Report]) -> String {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(HEADINGS);
    for Report { status, .. } in reports {
        for file in &status.files {
            let (sections, words) = (&file.sections, &file.words);
            let numbers = [
                sections.total,
                sections.stale,
                sections.missing,
                sections.fallback,
                file.damage,
                words.total,
                words.stale,
                words.missing,
                words.fallback,
            ];
            let texts = [
                &*status.language,
                &*file.source,
                &*file.translation,
                file.state,
                file.origin.unwrap_or_default(),
            ];
            let numbers = numbers.map(|number| number.to_string());
            let _ =
                writer.write_record(texts.into_iter().chain(numbers.iter().map(String::as_str)));
        }
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
