//! What can be asked, who answers it, and the document that a question is about.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    DocumentLinkOptions, HoverProviderCapability, InitializeParams, OneOf, Position, RenameOptions,
    ResourceOperationKind, SaveOptions, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, Uri,
    WorkDoneProgressOptions,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::findings::Published;
use super::places::{Encoding, Lines, path};
use super::server::{Document, parsed};
use super::world::World;
use super::{actions, completion, hover, keys, navigation, rename, symbols};
use crate::discover::{Role, input};
use crate::model::{Page, Site, file_key};
use crate::references::{Target, pages_by_file, references_in};
use crate::source::FileId;
use crate::variant::LanguageId;

/// What the editor can do.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Abilities {
    pub(super) encoding: Encoding,
    /// Whether it takes edits in order, and not only by file.
    pub(super) changes_documents: bool,
    /// Whether an edit can rename files.
    pub(super) renames_files: bool,
}

impl Abilities {
    /// What an editor says of itself.
    pub(super) fn of(params: &InitializeParams) -> Self {
        let general = params.capabilities.general.as_ref();
        let offered = general.and_then(|general| general.position_encodings.as_deref());
        let workspace = params.capabilities.workspace.as_ref();
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let operations = edits.and_then(|edits| edits.resource_operations.as_ref());
        let has_changes = edits.and_then(|edits| edits.document_changes).unwrap_or(false);
        let renames = operations.is_some_and(|all| all.contains(&ResourceOperationKind::Rename));
        Self {
            encoding: Encoding::of(offered),
            changes_documents: has_changes,
            renames_files: renames && has_changes,
        }
    }
}

/// Why a question is not answered.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) code: i32,
    pub(super) message: String,
}

impl Fault {
    pub(super) const PARSE: i32 = -32700;
    pub(super) const INVALID_REQUEST: i32 = -32600;
    pub(super) const NO_METHOD: i32 = -32601;
    pub(super) const INVALID_PARAMS: i32 = -32602;
    pub(super) const INTERNAL: i32 = -32603;
    pub(super) const NOT_INITIALIZED: i32 = -32002;
    pub(super) const CANCELLED: i32 = -32800;
    pub(super) const FAILED: i32 = -32803;

    pub(super) fn new(code: i32, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// What was asked cannot be done, for this reason.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self::new(Self::FAILED, message)
    }
}

/// What an answer can be made from.
pub(super) struct Asked<'a> {
    pub(super) world: Option<&'a World>,
    pub(super) documents: &'a BTreeMap<String, Document>,
    pub(super) published: &'a Published,
    pub(super) abilities: &'a Abilities,
}

/// What the server can do.
pub(super) fn capabilities(encoding: Encoding) -> ServerCapabilities {
    let triggers = [" ", ".", "/", "\"", "'", "{", "%", "(", ":", "-", "`"];
    let none = WorkDoneProgressOptions::default();
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::FULL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions {
                include_text: Some(false),
            })),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            resolve_provider: Some(true),
            trigger_characters: Some(triggers.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: none,
        })),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: none,
        }),
        ..ServerCapabilities::default()
    }
}

/// The answer to a question about the site. Where there is no site, there is nothing to tell.
pub(super) fn answer(asked: &Asked<'_>, method: &str, params: Value) -> Result<Value, Fault> {
    match method {
        "textDocument/completion" => with(asked, params, completion::completion),
        "completionItem/resolve" => with(asked, params, completion::resolve),
        "textDocument/hover" => with(asked, params, hover::hover),
        "textDocument/definition" => with(asked, params, navigation::definition),
        "textDocument/references" => with(asked, params, navigation::references),
        "textDocument/documentLink" => with(asked, params, navigation::links),
        "textDocument/documentSymbol" => with(asked, params, symbols::of_document),
        "workspace/symbol" => with(asked, params, symbols::of_workspace),
        "textDocument/prepareRename" => with(asked, params, rename::prepare),
        "textDocument/rename" => with(asked, params, rename::rename),
        "textDocument/codeAction" => with(asked, params, actions::actions),
        _ => Err(Fault::new(Fault::NO_METHOD, format!("there is no method `{method}`"))),
    }
}

fn with<P: DeserializeOwned, R: Serialize>(
    asked: &Asked<'_>,
    params: Value,
    answer: impl FnOnce(&Asked<'_>, &World, P) -> Result<R, Fault>,
) -> Result<Value, Fault> {
    let params = parsed(params)?;
    let Some(world) = asked.world else { return Ok(Value::Null) };
    let answer = answer(asked, world, params)?;
    serde_json::to_value(answer).map_err(|error| Fault::new(Fault::INTERNAL, error.to_string()))
}

/// A document of the site that is asked about.
pub(super) struct Seen<'a> {
    pub(super) world: &'a World,
    /// Its path below the site's folder.
    pub(super) path: String,
    /// Its text as the editor has it.
    pub(super) text: Cow<'a, str>,
    /// Its file, if the site has read it.
    pub(super) file: Option<FileId>,
}

impl<'a> Seen<'a> {
    /// The document with this address; nothing where it is none of the site.
    pub(super) fn new(asked: &Asked<'a>, world: &'a World, uri: &Uri) -> Option<Self> {
        let path = world.below(&path(uri)?)?;
        let file = world.file(&path);
        let text = match asked.documents.get(uri.as_str()) {
            Some(document) => Cow::Borrowed(&*document.text),
            None => Cow::Owned(world.site().sources.file(file?).text.clone()),
        };
        Some(Self { world, path, text, file })
    }

    pub(super) fn site(&self) -> &'a Site {
        self.world.site()
    }

    pub(super) fn lines(&self) -> Lines<'_> {
        Lines::new(&self.text, self.world.encoding)
    }

    pub(super) fn offset(&self, position: Position) -> usize {
        self.lines().offset(position)
    }

    /// What the file is for.
    pub(super) fn role(&self) -> Option<Role> {
        Some(input(&self.path, &self.site().config)?.role)
    }

    /// The language that it is written in.
    pub(super) fn language(&self) -> LanguageId {
        match self.role() {
            Some(Role::Page(language, _) | Role::Data(language, _)) => language,
            _ => LanguageId::DEFAULT,
        }
    }

    /// The page whose file it is.
    pub(super) fn page(&self) -> Option<&'a Page> {
        let (page, _) = pages_by_file(self.site()).remove(&self.file?)?;
        Some(self.site().page(page))
    }

    /// What stands at a byte, and the bytes of its name: something that is referred to, or the key of a value that is
    /// written there.
    pub(super) fn target(&self, offset: usize) -> Option<(Target, Range<usize>)> {
        let file = self.file?;
        let sources = &self.site().sources;
        let found = references_in(self.site(), file).into_iter().filter_map(|reference| {
            let bytes = sources.locate(reference.span).bytes;
            let is_here = bytes.start <= offset && offset <= bytes.end;
            is_here.then_some((reference.target, bytes))
        });
        let found = found.min_by_key(|(_, bytes)| bytes.len());
        found.or_else(|| {
            let (key, range) = keys::at(&self.data_key()?, &self.path, &self.text, offset)?;
            Some((Target::Data(key), range))
        })
    }

    /// The key in front of everything in the file, if it is one of data.
    pub(super) fn data_key(&self) -> Option<String> {
        match self.role()? {
            Role::Data(_, name) => Some(file_key(&name, &self.site().config)),
            _ => None,
        }
    }
}
