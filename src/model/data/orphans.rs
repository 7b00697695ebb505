//! Translated data whose source is not there any more.

use std::collections::HashMap;

use super::{Branch, Data};
use crate::diagnostic::{Diagnostic, codes};
use crate::load::DataNode;
use crate::model::page::orphan_file;
use crate::source::Span;

/// A value, or a map or list of values, that the default language does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stray {
    /// Its key.
    pub(super) key: String,
    /// Where it is written.
    pub(super) at: Span,
}

impl Stray {
    /// The finding about it, in the file whose values have `file` in front of their keys.
    pub(super) fn finding(&self, file: &str) -> Diagnostic {
        let Self { key, at } = self;
        if key == file {
            return orphan_file(*at);
        }
        let message = format!("`{key}` is a translation without a source");
        Diagnostic::new(codes::ORPHAN_TRANSLATION, *at, message)
            .hint("remove it, or give it the key that its source has now")
    }
}

/// A part of a translated file, and what the default language has in its place.
struct Part<'a> {
    key: String,
    at: Span,
    node: &'a DataNode,
    branch: Option<&'a Branch>,
}

impl Data {
    /// What nothing stands behind of a translated file with this key, which begins at `at`: each map or list as one
    /// where all of it is so.
    pub(super) fn strays(&self, key: &str, node: &DataNode, at: Span) -> Vec<Stray> {
        let mut strays = Vec::new();
        let branch = self.branch(key);
        self.stray(Part { key: key.to_owned(), at, node, branch }, &mut strays);
        strays
    }

    /// Whether all of a part is astray, which is then added as one.
    fn stray(&self, part: Part<'_>, strays: &mut Vec<Stray>) -> bool {
        let Part { key, at, node, branch } = part;
        let before = strays.len();
        let is_astray = match (node, branch) {
            (DataNode::Map(entries), None | Some(Branch::Map(_))) => {
                let known = by_name(branch);
                let mut is_astray = !entries.is_empty() && branch.is_none();
                for (name, at, node) in entries {
                    let branch = known.get(&**name).copied();
                    let part = Part { key: format!("{key}.{name}"), at: *at, node, branch };
                    is_astray &= self.stray(part, strays);
                }
                is_astray
            }
            (DataNode::List(nodes), None | Some(Branch::List(_))) => {
                let mut is_astray = !nodes.is_empty() && branch.is_none();
                for (number, node) in nodes.iter().enumerate() {
                    let branch = match branch {
                        Some(Branch::List(items)) => items.get(number),
                        _ => None,
                    };
                    let at = place(node).unwrap_or(at);
                    let part = Part { key: format!("{key}.{number}"), at, node, branch };
                    is_astray &= self.stray(part, strays);
                }
                is_astray
            }
            // That a value has another form than its source is told elsewhere.
            (_, Some(_)) => false,
            (_, None) => !self.index.contains_key(&key),
        };
        if is_astray {
            strays.truncate(before);
            strays.push(Stray { key, at });
        }
        is_astray
    }
}

/// The entries of a map, so that each is found at once.
fn by_name(branch: Option<&Branch>) -> HashMap<&str, &Branch> {
    match branch {
        Some(Branch::Map(entries)) => {
            entries.iter().map(|(name, branch)| (&**name, branch)).collect()
        }
        _ => HashMap::new(),
    }
}

/// Where the first text of a node is written.
fn place(node: &DataNode) -> Option<Span> {
    match node {
        DataNode::Text(text) => Some(Span::new(text.id, 0..0)),
        DataNode::Boolean(_, text) | DataNode::Number(_, text) => Some(Span::new(*text, 0..0)),
        DataNode::Null => None,
        DataNode::List(nodes) => nodes.iter().find_map(place),
        DataNode::Map(entries) => entries.first().map(|(_, at, _)| *at),
    }
}
