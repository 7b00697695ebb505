//! The texts of a file by the names that they have in it, also of a file as it was in a commit.

use super::document::split;
use crate::source::{FileId, SourceFile};
use crate::yaml::{self, Limits, Node, Value};

/// The texts that are for readers, in the order of the file: of a page, the scalars of its front matter by their keys
/// and `body`; of a data file, its values by the keys below that of the file, the whole of a Markdown piece by an
/// empty one. What does not parse has none.
pub fn written_texts(
    path: &str,
    of: WrittenIn,
    text: &str,
    limits: Limits,
) -> Vec<(String, String)> {
    let mut file = SourceFile::new(path, text);
    let is_markdown = path.ends_with(".md") || path.ends_with(".markdown");
    let mut texts = Vec::new();
    match of {
        WrittenIn::Page => {
            let (front, body) = split(text).unwrap_or((0..0, 0..text.len()));
            read(&mut file, front, limits, &mut texts);
            texts.push(("body".to_owned(), text[body].to_owned()));
        }
        WrittenIn::Data if is_markdown => texts.push((String::new(), text.trim_end().to_owned())),
        WrittenIn::Data => {
            let range = 0..file.text.len();
            read(&mut file, range, limits, &mut texts);
        }
    }
    texts
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenIn {
    /// A page.
    Page,
    /// A data file.
    Data,
}

fn read(
    file: &mut SourceFile,
    range: std::ops::Range<usize>,
    limits: Limits,
    texts: &mut Vec<(String, String)>,
) {
    if let Some(node) = yaml::parse(file, FileId(0), range, limits).value {
        gather(&node, file, String::new(), texts);
    }
}

/// Nodes nest no deeper than the limits of YAML let them.
fn gather(node: &Node, file: &SourceFile, key: String, texts: &mut Vec<(String, String)>) {
    let below = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    match &node.value {
        Value::Null => {}
        Value::Scalar(scalar) => texts.push((key, file.text(scalar.text.index).to_owned())),
        Value::List(items) => {
            for (number, item) in items.iter().enumerate() {
                gather(item, file, below(&number.to_string()), texts);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                gather(&entry.value, file, below(&entry.key), texts);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{WrittenIn, written_texts};
    use crate::yaml::Limits;

    #[track_caller]
    fn check(path: &str, of: WrittenIn, text: &str, expected: &[(&str, &str)]) {
        let found = written_texts(path, of, text, Limits::default());
        let found: Vec<(&str, &str)> = found.iter().map(|(key, text)| (&**key, &**text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn texts_have_the_names_of_their_keys() {
        use WrittenIn::{Data, Page};
        check("a.md", Page, "---\ntitle: \"A\"\n---\nb\n", &[("title", "A"), ("body", "b\n")]);
        check("a.yml", Data, "a: { b: c }\nd:\n  - e\n", &[("a.b", "c"), ("d.0", "e")]);
        check("a.md", Data, "---\npiece\n", &[("", "---\npiece")]);
        check("a.yml", Data, "a: [", &[]);
    }
}
