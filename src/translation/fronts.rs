//! Texts outside the body of a page, and values of the data, as rows: as they are written, as nobody renders them here.

use super::ground::Ground;
use super::html::escaped;
use super::rows::{Cell, Row, Status};
use super::standing::{Known, Standing};
use crate::source::{Span, TextId};

/// The rows of these texts of the default language: a segment that has words is a row.
pub(super) fn front_rows(texts: &[TextId], standing: &Standing, ground: &Ground<'_>) -> Vec<Row> {
    let known = texts.iter().filter_map(|text| standing.known(*text));
    known.flat_map(|known| Maker { known, standing, ground }.rows()).collect()
}

struct Maker<'a> {
    known: &'a Known,
    standing: &'a Standing,
    ground: &'a Ground<'a>,
}

impl Maker<'_> {
    fn rows(&self) -> Vec<Row> {
        let examined = &self.known.examined;
        let source = (0..examined.source.list.len()).map(|at| (Some(at), None));
        let pairs: Vec<(Option<usize>, Option<usize>)> = match examined.beside.is_empty() {
            true => source.collect(),
            false => examined.beside.iter().map(|beside| (beside.source, beside.own)).collect(),
        };
        let has_words = |(source, _): &(Option<usize>, Option<usize>)| {
            source.is_none_or(|at| examined.source.list[at].words > 0)
        };
        pairs.into_iter().filter(has_words).map(|(source, own)| self.row(source, own)).collect()
    }

    fn row(&self, source: Option<usize>, own: Option<usize>) -> Row {
        let examined = &self.known.examined;
        let source = source
            .map(|at| Span::new(examined.unit.source, examined.source.list[at].range.clone()));
        let own = own.zip(examined.unit.own).zip(examined.own.as_ref());
        let own = own.map(|((at, text), own)| Span::new(text, own.list[at].range.clone()));
        let status = match (source, own) {
            (None, _) => Status::Added,
            (_, None) => Status::Missing,
            // What is there is so damaged that readers get the source.
            _ if self.known.reason().is_some() => Status::Fallback,
            _ => Status::Translated,
        };
        let (left, right): (Vec<Span>, Vec<Span>) =
            (source.into_iter().collect(), own.into_iter().collect());
        let work = self.standing.work(&left, &right, self.ground);
        let status = work.status(status, &self.standing.states(&left), false);
        let cell = |span: Span| self.cell(span);
        let (left, right) = (source.map(cell), own.map(cell));
        Row { status, left, right, remarks: Vec::new(), work }
    }

    fn cell(&self, span: Span) -> Cell {
        let (key, text) = (escaped(&self.known.key), escaped(self.ground.written(span)));
        let html = format!("<p class=\"written\"><code class=\"key\">{key}</code> {text}</p>");
        Cell { html, place: Some(self.ground.place(span)), conditions: Vec::new() }
    }
}
