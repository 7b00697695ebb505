//! Rows of tables that have another number of cells than their table has columns.

use super::sides::{Side, Sides};
use super::{FaultKind, Found};
use crate::markdown::BlockKind;
use crate::translation::segments::Segment;

/// Rows with too many or too few cells, where those of the source are right.
pub(super) fn tables(found: &mut Found, sides: &Sides<'_>) {
    if !sides.own.segments.list.iter().any(|segment| segment.kind == BlockKind::Row) {
        return;
    }
    let (theirs, ours) = (Rows::of(&sides.source), Rows::of(&sides.own));
    for (source, own) in &sides.pairs {
        let (Some(source), Some((columns, cells))) = (theirs.row(*source), ours.row(*own)) else {
            continue;
        };
        if source.0 == source.1 && columns != cells && columns == source.0 {
            let at = sides.own.segments.list[*own].range.clone();
            found.add(FaultKind::Cells { cells, columns }, at, None, None);
        }
    }
}

/// For each segment that is a row, the columns of its table and its cells.
struct Rows(Vec<Option<(usize, usize)>>);

impl Rows {
    fn of(side: &Side<'_>) -> Self {
        let mut columns = 0;
        let mut end = None;
        let row = |segment: &Segment| {
            if segment.kind != BlockKind::Row {
                return None;
            }
            let cells = cells(side, segment);
            // A header has the line of dashes below it.
            let behind = side.text[segment.range.end..].lines().nth(1).unwrap_or_default();
            if end.is_none() || is_delimiter(behind) {
                columns = cells;
            }
            end = Some(segment.range.end);
            Some((columns, cells))
        };
        Self(side.segments.list.iter().map(row).collect())
    }

    fn row(&self, segment: usize) -> Option<(usize, usize)> {
        self.0[segment]
    }
}

/// Whether a line is the one between the header of a table and its rows.
pub(super) fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('-') && line.contains('|') && line.chars().all(|c| "|-: \t".contains(c))
}

/// How many cells a row has. Pipes in tags and behind a backslash divide nothing.
fn cells(side: &Side<'_>, segment: &Segment) -> usize {
    let row = &side.text[segment.range.clone()];
    let bytes = side.prose.text.as_bytes();
    let divides = |(at, _): &(usize, &str)| {
        let at = segment.range.start + at;
        let is_escaped = at > 0 && side.text.as_bytes()[at - 1] == b'\\';
        let is_tag = bytes.get(at) == Some(&b'x');
        !is_escaped && !is_tag
    };
    let pipes = row.match_indices('|').filter(divides).count();
    let (begins, ends) = (row.trim_start().starts_with('|'), row.trim_end().ends_with('|'));
    (pipes + 1).saturating_sub(usize::from(begins)).saturating_sub(usize::from(ends))
}
