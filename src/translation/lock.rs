//! `variorum.lock`: which text of the source each translated text stands for, by digests of its blocks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::segments::Digest;
use crate::config::Language;
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::yaml::{self, Limits, Node, Value};

/// The name of the file in the folder of a translation.
const LOCK_NAME: &str = "variorum.lock";

const HEAD: &str = "\
# Which text of the source each translation stands for: digests of its blocks, a line for each section.
# Written by `variorum translations accept` and `import`.
";

/// The digests of the source that translations stand for: by the path of the source's file, and by the key of the text
/// in it, section by section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock(BTreeMap<String, BTreeMap<String, Vec<Vec<Digest>>>>);

/// Why a text is no lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockFault {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong, and the way out.
    pub message: String,
}

impl Lock {
    /// Where the lock of a language is, below the site's folder.
    pub fn path(language: &Language) -> String {
        format!("{}/{LOCK_NAME}", language.dir)
    }

    /// Reads the text of a lock.
    pub fn parse(text: &str) -> Result<Self, LockFault> {
        let mut file = SourceFile::new(LOCK_NAME, text);
        let parsed = yaml::parse(&mut file, FileId(0), 0..text.len(), Limits::default());
        let mut sources = Sources::default();
        sources.add(file);
        let fault = |span: Span, message: &str| {
            let at = sources.locate(span);
            let message = format!("{message}: undo the change, or delete the file and accept anew");
            LockFault { line: at.line, column: at.column, message }
        };
        if let Some(finding) = parsed.diagnostics.first() {
            return Err(fault(finding.span, &finding.message));
        }
        let mut lock = Self::default();
        let Some(node) = parsed.value else { return Ok(lock) };
        let reader = Reader { file: sources.file(FileId(0)), fault: &fault };
        for (path, texts) in reader.map(&node)? {
            let mut known = BTreeMap::new();
            for (key, digests) in reader.map(texts)? {
                known.insert(key.to_owned(), reader.sections(digests)?);
            }
            lock.0.insert(path.to_owned(), known);
        }
        Ok(lock)
    }

    /// The text of the file: sorted, and a line for each section, so that two branches can be merged.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (path, texts) in &self.0 {
            let _ = writeln!(text, "{}:", quoted(path));
            for (key, sections) in texts {
                let _ = writeln!(text, "  {}:", quoted(key));
                for section in sections {
                    let digests: Vec<String> = section.iter().map(Digest::to_string).collect();
                    let _ = writeln!(text, "    - '{}'", digests.join(" "));
                }
            }
        }
        text
    }

    /// The digests of a text, section by section; none where nobody has accepted it.
    pub fn get(&self, path: &str, key: &str) -> Option<&[Vec<Digest>]> {
        self.0.get(path)?.get(key).map(Vec::as_slice)
    }

    /// Whether anything of a file is known.
    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Takes in the digests of a text.
    pub fn put(&mut self, path: &str, key: &str, sections: Vec<Vec<Digest>>) {
        self.0.entry(path.to_owned()).or_default().insert(key.to_owned(), sections);
    }

    /// Leaves out files and texts for which `is_there` does not hold.
    pub fn retain(&mut self, is_there: impl Fn(&str, &str) -> bool) {
        for (path, texts) in &mut self.0 {
            texts.retain(|key, _| is_there(path, key));
        }
        self.0.retain(|_, texts| !texts.is_empty());
    }
}

/// A scalar of YAML that is read as a text whatever it is.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '@');
    if text.chars().all(is_plain) && text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return text.to_owned();
    }
    let escaped: String = text.chars().flat_map(escape).collect();
    format!("\"{escaped}\"")
}

fn escape(character: char) -> Vec<char> {
    match character {
        '"' | '\\' => vec!['\\', character],
        character if character.is_control() => {
            format!("\\x{:02x}", u32::from(character)).chars().collect()
        }
        character => vec![character],
    }
}

struct Reader<'a> {
    file: &'a SourceFile,
    fault: &'a dyn Fn(Span, &str) -> LockFault,
}

impl Reader<'_> {
    fn map<'n>(&self, node: &'n Node) -> Result<Vec<(&'n str, &'n Node)>, LockFault> {
        match &node.value {
            Value::Map(entries) => {
                Ok(entries.iter().map(|entry| (&*entry.key, &entry.value)).collect())
            }
            Value::Null | Value::Scalar(_) | Value::List(_) => {
                Err((self.fault)(node.span, "a map is expected"))
            }
        }
    }

    fn sections(&self, node: &Node) -> Result<Vec<Vec<Digest>>, LockFault> {
        let Value::List(items) = &node.value else {
            return Err((self.fault)(node.span, "a list of digests is expected"));
        };
        items.iter().map(|item| self.digests(item)).collect()
    }

    fn digests(&self, node: &Node) -> Result<Vec<Digest>, LockFault> {
        let text = match &node.value {
            Value::Scalar(scalar) => self.file.text(scalar.text.index),
            Value::Null | Value::List(_) | Value::Map(_) => "",
        };
        let digests: Option<Vec<Digest>> =
            text.split_ascii_whitespace().map(Digest::parse).collect();
        let digests = digests.filter(|digests| !digests.is_empty());
        digests.ok_or_else(|| (self.fault)(node.span, "digests are expected"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::segments::Segments;
    use super::Lock;

    fn example() -> Lock {
        let digests = |text: &str| Segments::new(text).list.iter().map(|one| one.digest).collect();
        let mut lock = Lock::default();
        lock.put("content/a.md", "body", vec![digests("a\n\nb"), digests("c")]);
        lock.put("content/a b: \"c\".md", "title", vec![digests("d")]);
        lock
    }

    #[test]
    fn what_was_written_is_read() {
        assert_eq!(Lock::parse(&example().text()), Ok(example()));
        assert_eq!(Lock::parse(""), Ok(Lock::default()));
        assert_eq!(Lock::parse(&Lock::default().text()), Ok(Lock::default()));
    }

    #[test]
    fn damage_is_told_with_its_place() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            let fault = Lock::parse(text).expect_err("it is damaged");
            let told = format!("{}:{}: {}", fault.line, fault.column, fault.message);
            assert!(told.starts_with(expected), "{told}");
        }
        check("a.md:\n  body:\n    - 0123\n", "3:7: digests are expected");
        check("a.md:\n  body: 12\n", "2:9: a list of digests is expected");
        check("a.md: 1\n", "1:7: a map is expected");
        check("<<<<<<< HEAD\na.md:\n", "2:5: ");
        check("a.md: [\n", "2:1: ");
    }
}
