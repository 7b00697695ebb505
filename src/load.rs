//! Reads the files, splits front matter, parses YAML and Liquid. The only stage that reads the disk.

#![allow(clippy::disallowed_methods, reason = "the one stage that reads files")]

mod data;
mod document;
mod front_matter;
mod history;
mod images;
mod past;
mod revision;
mod shelf;
pub(crate) mod text;
mod written;

pub use data::{DataFile, DataNode};
pub use document::{Document, LiquidText, split};
pub use front_matter::{
    ChangelogFeed, ChangelogItem, FRONT_KEYS, FeaturedLink, FeaturedLinks, FrontKey, FrontMatter,
    FrontValue, Mention, VersionsField, WITHOUT_EFFECT,
};
pub use history::NoHistory;
pub use images::ImageSize;
pub use past::{Blob, Change, Commit, Past};
pub use revision::{Revision, revision};
pub use shelf::Shelf;
pub use written::{WrittenIn, written_texts};

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use self::shelf::History;
use crate::config::{self, Config, LastChanged, Limits};
use crate::diagnostic::{Checked, Diagnostic, codes, isolated};
use crate::discover::{Input, Inventory, Refusal, Refused, Role};
use crate::liquid::Syntax;
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::variant::LanguageId;

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The texts of all files.
    pub sources: Sources,
    /// Pages and translations of pages, in the order of their paths.
    pub pages: Vec<PageFile>,
    /// Data files, in the order of their paths.
    pub data: Vec<DataFile>,
    /// Data files of the default language that could not be read; their findings stand for all that is missing.
    pub broken_data: Vec<String>,
    /// `templates/includes`: name and text.
    pub includes: Vec<(String, LiquidText)>,
    /// `templates`: name and file.
    pub templates: Vec<(String, FileId)>,
    /// `templates/icons`: name without `.svg` and file.
    pub icons: Vec<(String, FileId)>,
    /// `assets`: the names, unread.
    pub assets: Vec<String>,
    /// How large the pictures among them are.
    pub image_sizes: BTreeMap<String, ImageSize>,
    /// When files were last changed, where that is known.
    pub changed: BTreeMap<FileId, jiff::Timestamp>,
    /// What was wrong with translations, by file: their sources decide what becomes of it.
    pub held_back: BTreeMap<FileId, HeldBack>,
}

/// What was wrong with a translation's file.
#[derive(Debug)]
pub struct HeldBack {
    /// The one finding that costs the whole file, if there is one.
    pub damage: Option<Diagnostic>,
    /// The other findings.
    pub faults: Vec<Diagnostic>,
}

/// A page, or a translation of one.
#[derive(Debug)]
pub struct PageFile {
    /// The language it is written in.
    pub language: LanguageId,
    /// Its path below `content`.
    pub path: String,
    /// Its file.
    pub file: FileId,
    /// What is in it.
    pub document: Arc<Document>,
    /// Whether something in it is so wrong that a translation of it is not to be used.
    pub damaged: bool,
}

/// A file could not be read.
#[derive(Debug)]
pub struct LoadError {
    /// The file.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read {}: {}", self.path.display(), self.error)
    }
}

/// What one file came to.
#[derive(Debug)]
struct Read {
    file: Arc<SourceFile>,
    part: Part,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Debug)]
enum Part {
    Page(Arc<Document>),
    Data(Option<Arc<DataNode>>),
    Include(LiquidText),
    Plain,
    /// Too large to be read, or the program has failed on it.
    Nothing,
}

/// Reads `variorum.yml` at `path`; `name` is how messages call it.
pub fn load_config(
    path: &Path,
    name: &str,
) -> Result<(Sources, Checked<Option<Config>>), LoadError> {
    let limit = Limits::default().file_bytes;
    let read = read_bytes(path, limit);
    let read = read.map_err(|error| LoadError { path: path.to_owned(), error })?;
    let id = FileId(0);
    let Contents::Bytes(bytes) = read else {
        let mut sources = Sources::default();
        sources.add(SourceFile::new(name, ""));
        let diagnostics = vec![unreadable(&read, id, limit)];
        return Ok((sources, Checked { value: None, diagnostics }));
    };
    Ok(config_of(&bytes, name))
}

/// The configuration as these bytes have it; `name` is how messages call it.
pub fn config_of(bytes: &[u8], name: &str) -> (Sources, Checked<Option<Config>>) {
    let id = FileId(0);
    let (text, mut diagnostics) = text::decode(bytes, id);
    let mut file = SourceFile::new(name, text);
    let config = config::read(&mut file, id);
    diagnostics.extend(config.diagnostics);
    let mut sources = Sources::default();
    sources.add(file);
    (sources, Checked { value: config.value, diagnostics })
}

/// The bytes of a file of `assets`, whose name is one of [`Loaded::assets`].
pub fn read_asset(root: &Path, name: &str) -> Result<Vec<u8>, io::Error> {
    let path = root.join("assets").join(name);
    if !std::fs::metadata(&path)?.is_file() {
        return Err(io::Error::other("not a file, but a pipe or a device"));
    }
    std::fs::read(path)
}

/// The text of a file of the site that is no input of it, such as a lock; none where there is none.
pub fn read_if_there(root: &Path, name: &str) -> Result<Option<String>, io::Error> {
    match std::fs::read(root.join(name)) {
        Ok(bytes) => Ok(Some(text::decode(&bytes, FileId(0)).0)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads every file of the inventory that is not on the shelf, and leaves it there. `sources` holds the configuration
/// already.
pub fn load(
    root: &Path,
    inventory: &Inventory,
    config: &Config,
    mut sources: Sources,
    shelf: &mut Shelf,
) -> Result<Checked<Loaded>, LoadError> {
    let syntax = config.syntax();
    let texts: Vec<&Input> =
        inventory.inputs.iter().filter(|input| !matches!(input.role, Role::Asset(_))).collect();
    let before = sources.files().count();
    let numbers = shelf.numbers(&texts, before);
    let read = |(input, id): (&&Input, &FileId)| match shelf.get(input, *id) {
        Some(known) => Ok(known.clone()),
        None => {
            read_input(root, input, *id, config, &syntax, shelf.past(&input.path)).map(Arc::new)
        }
    };
    let read: Result<Vec<Arc<Read>>, LoadError> =
        texts.par_iter().zip(&numbers).map(read).collect();
    let read = read?;
    let there = texts.iter().zip(&numbers).zip(&read);
    shelf.keep(there.map(|((input, number), read)| (*input, *number, read)));
    shelf.forget_others(&numbers);
    shelf.fill(&mut sources, before);
    let mut loaded = Loaded { sources, ..Loaded::default() };
    let mut diagnostics = Vec::new();
    for ((input, id), read) in texts.into_iter().zip(numbers).zip(&read) {
        diagnostics.extend(take(&mut loaded, input, id, read));
    }
    diagnostics.extend(refusals(inventory, &mut loaded.sources));
    for input in &inventory.inputs {
        if let Role::Asset(name) = &input.role {
            // It is not read, but findings can be about it.
            loaded.sources.add(SourceFile::new(&*input.path, ""));
            loaded.assets.push(name.clone());
        }
    }
    let assets = root.join("assets");
    loaded.image_sizes = shelf.sizes(&loaded.assets, |names| images::image_sizes(&assets, names));
    if let LastChanged::Git { asked } = config.last_changed {
        let known = shelf.history.take().unwrap_or_else(|| read_history(root, asked, &loaded));
        loaded.changed.clone_from(&known.dates);
        diagnostics.extend(known.unknown.clone());
        shelf.history = Some(known);
    }
    Ok(Checked { value: loaded, diagnostics })
}

/// Reads when the files of pages were last changed; a finding where nobody knows.
fn read_history(root: &Path, asked: Span, loaded: &Loaded) -> History {
    let path = |page: &PageFile| (&*loaded.sources.file(page.file).path, page.file);
    let files: BTreeMap<&str, FileId> = loaded.pages.iter().map(path).collect();
    let unknown = match past::last_changed(root, files.keys().copied()) {
        Ok(dates) => {
            let dates = dates.into_iter().map(|(path, date)| (files[path], date)).collect();
            return History { dates, unknown: None };
        }
        Err(unknown) => unknown,
    };
    let (message, hint) = match unknown {
        NoHistory::NoRepository => (
            "the site does not lie in a git repository, so that no page has a date".to_owned(),
            "put the site into a repository, or leave the key out",
        ),
        NoHistory::Shallow => (
            "the repository is a shallow clone, so that no page has a date".to_owned(),
            "fetch all of the history: `git fetch --unshallow`, or `fetch-depth: 0` for `actions/checkout`",
        ),
        NoHistory::Unreadable(why) => (
            format!("the history of the repository cannot be read: {why}"),
            "check the repository with `git fsck`, or leave the key out",
        ),
    };
    let unknown = Diagnostic::new(codes::NO_HISTORY, asked, message).hint(hint);
    History { dates: BTreeMap::new(), unknown: Some(unknown) }
}

fn file_id(number: usize) -> FileId {
    FileId(u32::try_from(number).unwrap_or(u32::MAX))
}

fn read_input(
    root: &Path,
    input: &Input,
    id: FileId,
    config: &Config,
    syntax: &Syntax,
    past: Option<&[u8]>,
) -> Result<Read, LoadError> {
    let path = root.join(&input.path);
    let failed = |error| LoadError { path: path.clone(), error };
    let limit = config.limits.file_bytes;
    let read = match past {
        Some(bytes) if bytes.len() as u64 > limit => Contents::TooLarge(bytes.len() as u64),
        Some(bytes) => Contents::Bytes(bytes.to_vec()),
        None => read_bytes(&path, limit).map_err(failed)?,
    };
    let Contents::Bytes(bytes) = read else {
        let file = Arc::new(SourceFile::new(&*input.path, ""));
        let diagnostics = vec![unreadable(&read, id, limit)];
        return Ok(Read { file, part: Part::Nothing, diagnostics });
    };
    let (text, mut diagnostics) = text::decode(&bytes, id);
    diagnostics.extend(match &input.role {
        Role::Page(language, _) | Role::Data(language, _) if language.is_default() => {
            text::unseen(&text, id)
        }
        _ => None,
    });
    let mut file = SourceFile::new(&*input.path, text);
    let parsed = isolated(id, || parse(&input.role, &mut file, id, config, syntax));
    let parsed =
        parsed.unwrap_or_else(|fault| Checked { value: Part::Nothing, diagnostics: vec![fault] });
    diagnostics.extend(parsed.diagnostics);
    Ok(Read { file: Arc::new(file), part: parsed.value, diagnostics })
}

/// What a file holds.
enum Contents {
    Bytes(Vec<u8>),
    /// So many bytes, or more.
    TooLarge(u64),
    /// A pipe or a device, which may have no end.
    NoFile,
}

/// The bytes of a file, of which no more than the limit is read, whatever its size is said to be.
fn read_bytes(path: &Path, limit: u64) -> io::Result<Contents> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Ok(Contents::NoFile);
    }
    if metadata.len() > limit {
        return Ok(Contents::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    std::fs::File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    Ok(if size > limit { Contents::TooLarge(size) } else { Contents::Bytes(bytes) })
}

/// Why the bytes of a file are not used.
fn unreadable(contents: &Contents, id: FileId, limit: u64) -> Diagnostic {
    let span = Span::start_of(id);
    match contents {
        Contents::TooLarge(size) => {
            let message = format!("{size} bytes, more than {limit} (`limits.file_bytes`)");
            Diagnostic::new(codes::FILE_TOO_LARGE, span, message)
                .hint("split the file, or raise `limits.file_bytes`")
        }
        Contents::NoFile | Contents::Bytes(_) => {
            Diagnostic::new(codes::UNSAFE_NAME, span, "not a file, but a pipe or a device")
                .hint("replace it by a file")
        }
    }
}

fn parse(
    role: &Role,
    file: &mut SourceFile,
    id: FileId,
    config: &Config,
    syntax: &Syntax,
) -> Checked<Part> {
    match role {
        Role::Page(..) => document::parse(file, id, config.limits.yaml, syntax)
            .map(|page| Part::Page(Arc::new(page))),
        Role::Data(_, name) => {
            let parsed = data::parse(name, file, id, config.limits.yaml, syntax);
            parsed.map(|node| Part::Data(node.map(Arc::new)))
        }
        Role::Include(_) => {
            let end = file.text.trim_end().len();
            LiquidText::slice(file, id, 0..end, syntax).map(Part::Include)
        }
        Role::Icon(_) | Role::Template(_) | Role::Asset(_) => Checked::clean(Part::Plain),
    }
}

/// Puts what was read into its place; returns the findings. Those about a translation are held back, no more than
/// warnings: the default language stands in there.
fn take(loaded: &mut Loaded, input: &Input, id: FileId, read: &Read) -> Vec<Diagnostic> {
    let Read { part, diagnostics, .. } = read;
    let damaged = diagnostics.iter().any(costs_the_file);
    let language = match &input.role {
        Role::Page(language, _) | Role::Data(language, _) => *language,
        _ => LanguageId::DEFAULT,
    };
    match (&input.role, part) {
        (Role::Page(_, path), Part::Page(document)) => {
            loaded.pages.push(PageFile {
                language,
                path: path.clone(),
                file: id,
                document: document.clone(),
                damaged,
            });
        }
        (Role::Data(_, name), Part::Data(Some(node))) if !damaged || language.is_default() => {
            loaded.data.push(DataFile {
                language,
                name: name.clone(),
                file: id,
                node: node.clone(),
            });
        }
        (Role::Data(_, name), Part::Data(None)) if damaged && language.is_default() => {
            loaded.broken_data.push(name.clone());
        }
        (Role::Include(name), Part::Include(text)) => {
            loaded.includes.push((name.clone(), text.clone()))
        }
        (Role::Template(name), Part::Plain) => loaded.templates.push((name.clone(), id)),
        (Role::Icon(name), Part::Plain) => {
            loaded.icons.push((name.trim_end_matches(".svg").to_owned(), id));
        }
        _ => {}
    }
    if language.is_default() {
        return diagnostics.clone();
    }
    if !diagnostics.is_empty() {
        loaded.held_back.insert(id, held_back(diagnostics.clone()));
    }
    Vec::new()
}

/// Whether nothing in the file of this finding is to be trusted.
fn costs_the_file(finding: &Diagnostic) -> bool {
    [
        codes::NOT_UTF8.name,
        codes::NUL_BYTE.name,
        codes::YAML_SYNTAX.name,
        codes::YAML_LIMIT.name,
        codes::DUPLICATE_KEY.name,
        codes::MISSING_FRONT_MATTER.name,
    ]
    .contains(&finding.code.name)
}

fn held_back(diagnostics: Vec<Diagnostic>) -> HeldBack {
    let diagnostics = diagnostics.into_iter().map(Diagnostic::softened);
    let (damage, faults): (Vec<_>, Vec<_>) = diagnostics.partition(costs_the_file);
    HeldBack { damage: damage.into_iter().next(), faults }
}

/// Findings for paths that discovery refused. Each gets an empty source file to stand in, behind all others, so
/// that the numbers given before stay right.
fn refusals(inventory: &Inventory, sources: &mut Sources) -> Vec<Diagnostic> {
    let finding = |refused: &Refused| {
        let span = Span::start_of(sources.add(SourceFile::new(&*refused.path, "")));
        match &refused.why {
            Refusal::Link => {
                let message = "a symbolic link that leads to no file of the site";
                Diagnostic::new(codes::SYMLINK_OUTSIDE, span, message)
                    .hint("replace the link by the file itself")
            }
            Refusal::NotUtf8 => {
                let message = "a file name that is not UTF-8";
                Diagnostic::new(codes::UNSAFE_NAME, span, message).hint("rename the file")
            }
            Refusal::Name(why) => {
                let message = format!("not every system can hold the file: {why}");
                Diagnostic::new(codes::UNSAFE_NAME, span, message).hint("rename the file")
            }
            Refusal::Same(other) => {
                let message = format!("some systems take the file for `{other}`");
                Diagnostic::new(codes::UNSAFE_NAME, span, message).hint("rename one of the two")
            }
        }
    };
    inventory.refused.iter().map(finding).collect()
}
