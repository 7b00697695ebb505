//! Every input path of a site, its kind, its language and its role. Lists folders, reads no file.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io;
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::config::Config;
use crate::name::{self, UnsafeName};
use crate::variant::LanguageId;

/// What was found, unread, in the order of the paths.
#[derive(Debug, Default)]
pub struct Inventory {
    /// The files.
    pub inputs: Vec<Input>,
    /// What was found and cannot be used.
    pub refused: Vec<Refused>,
}

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its path relative to the site, with `/`.
    pub path: String,
    /// What it is for.
    pub role: Role,
}

/// What a file is for. The name inside is relative to the role's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// `content/NAME`: a page, or a translation of it.
    Page(LanguageId, String),
    /// `data/NAME`: what `{% data … %}` refers to.
    Data(LanguageId, String),
    /// `templates/includes/NAME`: a piece of Liquid.
    Include(String),
    /// `templates/icons/NAME.svg`.
    Icon(String),
    /// `templates/NAME`: a page template or a file of the theme.
    Template(String),
    /// `assets/NAME`: copied as it is.
    Asset(String),
}

/// A path that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its path relative to the site, as well as it can be shown.
    pub path: String,
    /// Why.
    pub why: Refusal,
}

/// Why a path cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A symbolic link that leaves the site, leads nowhere, to a folder, or to something hidden.
    Link,
    /// A name that is not UTF-8.
    NotUtf8,
    /// A name that not every system can hold.
    Name(UnsafeName),
    /// A name that some systems take for that of the file given.
    Same(String),
}

/// A folder could not be listed.
#[derive(Debug)]
pub struct DiscoverError {
    /// The folder.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Nothing, or nothing that could be told.
    Nothing,
}

/// What is at a path below `root`.
pub fn standing(root: &Path, path: &str) -> Standing {
    match root.join(path) {
        path if path.is_file() => Standing::File,
        path if path.is_dir() => Standing::Folder,
        _ => Standing::Nothing,
    }
}

/// Lists the files of the site in `root`.
pub fn discover(root: &Path, config: &Config) -> Result<Inventory, DiscoverError> {
    let mut inventory = Inventory::default();
    for (language, settings) in config.languages() {
        let dir = |name: &str| match &*settings.dir {
            "" => name.to_owned(),
            dir => format!("{dir}/{name}"),
        };
        list(root, &dir("content"), &mut inventory, |name| page(language, name))?;
        list(root, &dir("data"), &mut inventory, |name| data(language, name))?;
    }
    list(root, "templates", &mut inventory, |name| Some(template(name)))?;
    list(root, "assets", &mut inventory, |name| Some(Role::Asset(name.to_owned())))?;
    inventory.inputs.sort_by(|left, right| left.path.cmp(&right.path));
    refuse_same(&mut inventory);
    inventory.refused.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(inventory)
}

/// Refuses files that some systems take for one before them. Pages are left: their addresses say it better.
fn refuse_same(inventory: &mut Inventory) {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let refused = &mut inventory.refused;
    inventory.inputs.retain(|input| {
        if matches!(input.role, Role::Page(..)) {
            return true;
        }
        match first.entry(name::folded(&input.path)) {
            Entry::Vacant(free) => {
                free.insert(input.path.clone());
                true
            }
            Entry::Occupied(other) => {
                let why = Refusal::Same(other.get().clone());
                refused.push(Refused { path: input.path.clone(), why });
                false
            }
        }
    });
}

/// Markdown files are pages, but for those named README.
fn page(language: LanguageId, name: &str) -> Option<Role> {
    let page = name.ends_with(".md") && file_name(name) != "README.md";
    page.then(|| Role::Page(language, name.to_owned()))
}

fn data(language: LanguageId, name: &str) -> Option<Role> {
    let (_, extension) = name.rsplit_once('.')?;
    let known = matches!(extension, "yml" | "yaml" | "json" | "md" | "markdown");
    let readme = file_name(name) == "README.md";
    (known && !readme).then(|| Role::Data(language, name.to_owned()))
}

fn template(name: &str) -> Role {
    match name.split_once('/') {
        Some(("includes", include)) => Role::Include(include.to_owned()),
        Some(("icons", icon)) if icon.ends_with(".svg") => Role::Icon(icon.to_owned()),
        _ => Role::Template(name.to_owned()),
    }
}

fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The file of a site with this path, if it is one by its name alone.
pub fn input(path: &str, config: &Config) -> Option<Input> {
    let below = |folder: &str| path.strip_prefix(folder)?.strip_prefix('/');
    let hidden = path.split('/').any(|part| part.starts_with('.'));
    if hidden || name::check(path).is_err() {
        return None;
    }
    let of_language = config.languages().find_map(|(language, settings)| {
        let dir = |name: &str| match &*settings.dir {
            "" => name.to_owned(),
            dir => format!("{dir}/{name}"),
        };
        let page = || page(language, below(&dir("content"))?);
        page().or_else(|| data(language, below(&dir("data"))?))
    });
    let role = of_language
        .or_else(|| below("templates").map(template))
        .or_else(|| below("assets").map(|name| Role::Asset(name.to_owned())))?;
    Some(Input { path: path.to_owned(), role })
}

/// Lists the files below one folder of the site; a folder that is not there has none.
fn list(
    root: &Path,
    folder: &str,
    inventory: &mut Inventory,
    role: impl Fn(&str) -> Option<Role>,
) -> Result<(), DiscoverError> {
    let start = root.join(folder);
    match resolved(&start, root) {
        Some(_) if start.is_dir() => {}
        None if start.is_dir() || start.is_symlink() => {
            inventory.refused.push(Refused { path: folder.to_owned(), why: Refusal::Link });
            return Ok(());
        }
        _ => return Ok(()),
    }
    let visible = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry);
    for entry in WalkDir::new(&start).into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| DiscoverError {
            path: error.path().unwrap_or(&start).to_owned(),
            error: error.into(),
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        match usable_name(&entry, &start, root) {
            Ok(name) => inventory
                .inputs
                .extend(role(&name).map(|role| Input { path: format!("{folder}/{name}"), role })),
            Err(why) => {
                let shown = entry.path().strip_prefix(root).unwrap_or(entry.path());
                let path = shown.to_string_lossy().replace(char::is_control, "\u{fffd}");
                inventory.refused.push(Refused { path, why });
            }
        }
    }
    Ok(())
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// The path below `start` with `/`, unless the file cannot be used.
fn usable_name(entry: &DirEntry, start: &Path, root: &Path) -> Result<String, Refusal> {
    if entry.path_is_symlink() && !stays_inside(entry.path(), root) {
        return Err(Refusal::Link);
    }
    let relative = entry.path().strip_prefix(start).map_err(|_| Refusal::NotUtf8)?;
    let parts: Option<Vec<&str>> =
        relative.components().map(|part| part.as_os_str().to_str()).collect();
    let name = parts.ok_or(Refusal::NotUtf8)?.join("/");
    name::check(&name).map_err(Refusal::Name)?;
    Ok(name)
}

/// Whether a symbolic link leads to a file of the site that is not hidden.
fn stays_inside(link: &Path, root: &Path) -> bool {
    let Some(target) = resolved(link, root) else { return false };
    let hidden = |part: Component<'_>| part.as_os_str().to_string_lossy().starts_with('.');
    root.join(&target).is_file() && !target.components().any(hidden)
}

/// Where a path leads below the site, all links followed; nothing where it leads elsewhere.
fn resolved(path: &Path, root: &Path) -> Option<PathBuf> {
    let (target, root) = (path.canonicalize().ok()?, root.canonicalize().ok()?);
    target.strip_prefix(root).ok().map(Path::to_owned)
}
