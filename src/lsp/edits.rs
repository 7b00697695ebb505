//! Edits of several files as editors take them.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use lsp_types::{
    DocumentChangeOperation, DocumentChanges, Location, OneOf,
    OptionalVersionedTextDocumentIdentifier, RenameFile, RenameFileOptions, ResourceOp,
    TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::places::address;
use super::seen::Abilities;

/// Pieces of files with what is to stand there, and files that are to be called otherwise afterwards.
#[derive(Debug, Default)]
pub(super) struct Edits {
    pub(super) texts: Vec<(Location, String)>,
    pub(super) renames: Vec<(PathBuf, PathBuf)>,
}

impl Edits {
    /// The same for an editor. Renames must be among what it can do.
    pub(super) fn workspace_edit(self, abilities: &Abilities) -> WorkspaceEdit {
        let mut files: BTreeMap<String, (Uri, Vec<TextEdit>)> = BTreeMap::new();
        for (Location { uri, range }, new_text) in self.texts {
            let file = files.entry(uri.as_str().to_owned()).or_insert_with(|| (uri, Vec::new()));
            let edit = TextEdit { range, new_text };
            if !file.1.contains(&edit) {
                file.1.push(edit);
            }
        }
        let files = files.into_values();
        if !abilities.changes_documents {
            #[expect(clippy::mutable_key_type, reason = "the protocol's own type")]
            let changes: HashMap<Uri, Vec<TextEdit>> = files.collect();
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let texts = files.map(|(uri, edits)| {
            let edits = edits.into_iter().map(OneOf::Left).collect();
            let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: None };
            DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits })
        });
        let renames = self.renames.iter().filter_map(|(old, new)| {
            Some(DocumentChangeOperation::Op(ResourceOp::Rename(RenameFile {
                old_uri: address(old)?,
                new_uri: address(new)?,
                options: Some(RenameFileOptions {
                    overwrite: Some(false),
                    ignore_if_exists: Some(false),
                }),
                annotation_id: None,
            })))
        });
        let operations = texts.chain(renames).collect();
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Operations(operations)),
            ..WorkspaceEdit::default()
        }
    }
}
