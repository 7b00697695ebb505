//! Data references of a translation that lead back to themselves where those of its source do not.

use std::collections::{BTreeMap, BTreeSet};

use crate::liquid::Source;
use crate::load::LiquidText;
use crate::model::data::{Data, DatumValue};
use crate::source::{Span, TextId};
use crate::variant::{LanguageId, VersionId};

/// A translated text that is part of a cycle.
#[derive(Clone, Debug)]
pub(super) struct Cycle {
    /// The position of its value.
    pub(super) datum: usize,
    /// Its language.
    pub(super) language: LanguageId,
    /// The version whose value it is.
    pub(super) version: Option<VersionId>,
    /// The reference that closes the cycle.
    pub(super) at: Span,
    /// The text of the source.
    pub(super) source: TextId,
    /// The keys, the first again at the end.
    pub(super) chain: String,
}

/// The translated texts in cycles, in the order of their values: of each cycle those that refer to what their source
/// does not refer to.
pub(super) fn cycles<'a>(
    data: &'a Data,
    source: &dyn Fn(&'a LiquidText) -> Source<'a>,
) -> Vec<Cycle> {
    let all = data.values().iter();
    let languages: BTreeSet<LanguageId> =
        all.flat_map(|datum| datum.translations().map(|(language, ..)| language)).collect();
    let cycles = |language| Graph::new(data, source, language).cycles();
    languages.into_iter().flat_map(cycles).collect()
}

/// A reference of a text.
#[derive(Clone, Copy)]
struct Edge {
    to: usize,
    at: Span,
    /// The version whose value has it.
    version: Option<VersionId>,
    /// Whether the source does not have it.
    is_new: bool,
}

/// What the values refer to in one language.
struct Graph<'a> {
    data: &'a Data,
    language: LanguageId,
    edges: Vec<Vec<Edge>>,
}

impl<'a> Graph<'a> {
    fn new(
        data: &'a Data,
        source: &dyn Fn(&'a LiquidText) -> Source<'a>,
        language: LanguageId,
    ) -> Self {
        let numbers: BTreeMap<&str, usize> =
            data.values().iter().enumerate().map(|(at, datum)| (&*datum.key, at)).collect();
        let references = |value: &'a DatumValue| -> Vec<(usize, Span)> {
            let DatumValue::Text(text) = value else { return Vec::new() };
            let tags = source(text).tags();
            let data = tags.filter(|tag| matches!(tag.name, "data" | "indented_data_reference"));
            let place = |arguments: &str| {
                let key = arguments.split_whitespace().next()?;
                numbers.get(key.strip_prefix("site.data.").unwrap_or(key)).copied()
            };
            data.filter_map(|tag| Some((place(tag.arguments)?, tag.span))).collect()
        };
        let edges = data.values().iter().map(|datum| {
            let theirs = datum.source().map(references).unwrap_or_default();
            let known: BTreeSet<usize> = theirs.iter().map(|(to, _)| *to).collect();
            let own = datum.translations().filter(|(own, ..)| *own == language);
            let own = own.flat_map(|(_, version, value)| {
                references(value).into_iter().map(move |(to, at)| (version, to, at))
            });
            let own: Vec<Edge> = own
                .map(|(version, to, at)| Edge { to, at, version, is_new: !known.contains(&to) })
                .collect();
            let theirs =
                theirs.into_iter().map(|(to, at)| Edge { to, at, version: None, is_new: false });
            if own.is_empty() { theirs.collect() } else { own }
        });
        let edges = edges.collect();
        Self { data, language, edges }
    }

    /// Goes through the values depth first, with a stack of its own: a cycle closes where a reference leads to a value
    /// that is still open.
    fn cycles(&self) -> Vec<Cycle> {
        let mut found: BTreeMap<usize, Cycle> = BTreeMap::new();
        let mut state = vec![State::Unseen; self.edges.len()];
        for start in 0..self.edges.len() {
            if state[start] != State::Unseen {
                continue;
            }
            let mut way: Vec<(usize, usize)> = vec![(start, 0)];
            state[start] = State::Open;
            while let Some((node, next)) = way.last_mut() {
                let Some(edge) = self.edges[*node].get(*next).copied() else {
                    state[*node] = State::Done;
                    way.pop();
                    continue;
                };
                *next += 1;
                match state[edge.to] {
                    State::Unseen => {
                        state[edge.to] = State::Open;
                        way.push((edge.to, 0));
                    }
                    State::Open => self.close(&way, edge.to, &mut found),
                    State::Done => {}
                }
            }
        }
        found.into_values().collect()
    }

    /// Notes who closes the cycle from `first` to the end of the way: the last that refers to something new.
    fn close(&self, way: &[(usize, usize)], first: usize, found: &mut BTreeMap<usize, Cycle>) {
        let part = way.iter().rposition(|(node, _)| *node == first).unwrap_or(0);
        let way = &way[part..];
        let edge = |(node, next): &(usize, usize)| (*node, self.edges[*node][next - 1]);
        // One that gives way already has opened the cycle.
        if way.iter().any(|(node, _)| found.contains_key(node)) {
            return;
        }
        let Some((datum, edge)) = way.iter().map(edge).rfind(|(_, edge)| edge.is_new) else {
            return;
        };
        let Some(DatumValue::Text(source)) = self.data.values()[datum].source() else { return };
        let nodes = way.iter().map(|(node, _)| *node).chain([first]);
        let keys: Vec<&str> = nodes.map(|node| &*self.data.values()[node].key).collect();
        let (language, source) = (self.language, source.id);
        let chain = shortened(&keys);
        let cycle = Cycle { datum, language, version: edge.version, at: edge.at, source, chain };
        found.insert(datum, cycle);
    }
}

/// Where the search stands with a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    Open,
    Done,
}

/// The keys in order; of many those at both ends.
fn shortened(keys: &[&str]) -> String {
    const ENDS: usize = 8;
    if keys.len() <= 2 * ENDS {
        return keys.join(" → ");
    }
    let (start, end) = (keys[..ENDS].join(" → "), keys[keys.len() - ENDS..].join(" → "));
    format!("{start} → … → {end}")
}
