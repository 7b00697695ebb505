//! Renames a key of the data: where it is written, in all languages, and everywhere where somebody refers to it.

use lsp_types::{PrepareRenameResponse, RenameParams, TextDocumentPositionParams, WorkspaceEdit};

use super::edits::Edits;
use super::navigation::key_place;
use super::seen::{Asked, Fault, Seen};
use super::world::World;
use crate::discover::{Role, input};
use crate::model::file_key;
use crate::name;
use crate::references::{Reference, Target};
use crate::source::{FileId, Span, TextId};

/// The name that can be given otherwise at a place: a key where it is referred to, its last part where it is written.
pub(super) fn prepare(
    asked: &Asked<'_>,
    world: &World,
    params: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>, Fault> {
    let Some(seen) = Seen::new(asked, world, &params.text_document.uri) else { return Ok(None) };
    let Some((Target::Data(key), range)) = seen.target(seen.offset(params.position)) else {
        return Ok(None);
    };
    if world.site().data.branch(&key).is_none() {
        return Err(Fault::refused(format!("`{key}` is not defined")));
    }
    let placeholder = seen.text.get(range.clone()).unwrap_or(&key).to_owned();
    let range = seen.lines().range(range);
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }))
}

/// The edits that give a key another name; a name without a dot takes the place of the last part.
pub(super) fn rename(
    asked: &Asked<'_>,
    world: &World,
    params: RenameParams,
) -> Result<Option<WorkspaceEdit>, Fault> {
    let at = params.text_document_position;
    let Some(seen) = Seen::new(asked, world, &at.text_document.uri) else { return Ok(None) };
    let Some((Target::Data(key), _)) = seen.target(seen.offset(at.position)) else {
        return Err(Fault::refused("only keys of the data can be renamed"));
    };
    let new = match (params.new_name.contains('.'), key.rsplit_once('.')) {
        (false, Some((above, _))) => format!("{above}.{}", params.new_name),
        _ => params.new_name,
    };
    checked(world, &key, &new)?;
    let renaming = Renaming { world, key: &key, new: &new };
    let edits = renaming.edits()?;
    if !edits.renames.is_empty() && !asked.abilities.renames_files {
        let message = format!("`{key}` is the name of a file, and the editor cannot rename files");
        return Err(Fault::refused(message));
    }
    Ok(Some(edits.workspace_edit(asked.abilities)))
}

/// Refuses what is no name, and a name that something has.
fn checked(world: &World, key: &str, new: &str) -> Result<(), Fault> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let is_name = new.split('.').all(|part| !part.is_empty() && part.chars().all(is_part));
    if !is_name {
        let message = format!("`{new}` is no key: use letters, digits, `-`, `_`, and dots between");
        return Err(Fault::refused(message));
    }
    let data = &world.site().data;
    if data.branch(key).is_none() {
        return Err(Fault::refused(format!("`{key}` is not defined")));
    }
    if data.branch(new).is_some() {
        return Err(Fault::refused(format!("there is `{new}` already")));
    }
    if new.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')) {
        return Err(Fault::refused(format!("`{new}` would be inside of itself")));
    }
    Ok(())
}

struct Renaming<'a> {
    world: &'a World,
    key: &'a str,
    new: &'a str,
}

impl Renaming<'_> {
    fn edits(&self) -> Result<Edits, Fault> {
        let mut edits = Edits::default();
        let mut is_written = false;
        for (file, name) in self.data_files() {
            let own = file_key(&name, &self.world.site().config);
            if own == self.key {
                edits.renames.push(self.renamed(file, &name)?);
                is_written = true;
            } else if self.is_below(self.key, &own)
                && let Some(range) = key_place(self.world, file, self.key)
            {
                let last = self.last_part(&own)?.to_owned();
                let span = Span::new(TextId::whole(file), range);
                edits.texts.extend(self.world.location(span).map(|place| (place, last)));
                is_written = true;
            }
        }
        if !is_written {
            let message =
                format!("`{}` is a folder, or lies in a list: rename it by hand", self.key);
            return Err(Fault::refused(message));
        }
        for reference in self.world.references().to(&Target::Data(self.key.to_owned())) {
            edits.texts.extend(self.edited(reference)?);
        }
        Ok(edits)
    }

    /// The data files of all languages, with their names below `data`.
    fn data_files(&self) -> Vec<(FileId, String)> {
        let site = self.world.site();
        let name = |path: &str| match input(path, &site.config)?.role {
            Role::Data(_, name) => Some(name),
            _ => None,
        };
        // A file that is no longer there is empty.
        let files = site.sources.files().filter(|(_, file)| !file.text.is_empty());
        files.filter_map(|(id, file)| Some((id, name(&file.path)?))).collect()
    }

    fn is_below(&self, key: &str, above: &str) -> bool {
        key.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'))
    }

    /// The new last part of a key inside of a file, where nothing else of it is other.
    fn last_part(&self, file_key: &str) -> Result<&str, Fault> {
        let above = self.key.rsplit_once('.').map_or("", |(above, _)| above);
        match self.new.rsplit_once('.') {
            Some((same, last)) if same == above => Ok(last),
            _ => {
                let message = format!(
                    "only the last part of `{}` can be other: it is written in the file of `{file_key}`",
                    self.key
                );
                Err(Fault::refused(message))
            }
        }
    }

    /// The old and the new path of a file that is the value.
    fn renamed(
        &self,
        file: FileId,
        name: &str,
    ) -> Result<(std::path::PathBuf, std::path::PathBuf), Fault> {
        let path = &self.world.site().sources.file(file).path;
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        // What stands in front of the key: the folder of the language, and of the version.
        let length = self.key.len() + 1 + ending.len();
        let front = &path[..path.len().saturating_sub(length)];
        let new = format!("{front}{}.{ending}", self.new.replace('.', "/"));
        if let Err(why) = name::check(&new) {
            return Err(Fault::refused(format!("not every system can hold `{new}`: {why}")));
        }
        if self
            .world
            .file(&new)
            .is_some_and(|id| !self.world.site().sources.file(id).text.is_empty())
        {
            return Err(Fault::refused(format!("there is a file `{new}` already")));
        }
        Ok((self.world.path(file), self.world.root().join(new)))
    }

    /// A reference with the new name; one to something above the key has nothing of it.
    fn edited(
        &self,
        reference: &Reference,
    ) -> Result<Option<(lsp_types::Location, String)>, Fault> {
        let Target::Data(named) = &reference.target else { return Ok(None) };
        if named != self.key && !self.is_below(named, self.key) {
            return Ok(None);
        }
        let sources = &self.world.site().sources;
        let at = sources.locate(reference.span);
        let written = &sources.file(reference.span.text.file).text[at.bytes.clone()];
        if !written.starts_with(self.key) {
            let message = format!(
                "{}:{} writes `{}` in another way: rename it by hand",
                at.path, at.line, self.key
            );
            return Err(Fault::refused(message));
        }
        let range = at.bytes.start..at.bytes.start + self.key.len();
        let span = Span::new(TextId::whole(reference.span.text.file), range);
        Ok(self.world.location(span).map(|place| (place, self.new.to_owned())))
    }
}
