//! A product's pages up to where variants begin to differ, so that composition can be measured by itself.

use std::convert::Infallible;

use super::{Bodies, Page, Prepared, Run, Shared, bodies, products, write};
use crate::render::compose::Highlighted;

/// The pages of a product, ready to be composed.
pub struct Drafts<'a> {
    prepared: &'a Prepared<'a>,
    pages: Vec<&'a Page>,
    bodies: Vec<Bodies>,
    highlighted: Highlighted,
    shared: Shared,
}

impl<'a> Drafts<'a> {
    /// Those of the product with the most pages.
    pub fn of_largest_product(prepared: &'a Prepared<'a>) -> Self {
        let products = products(prepared).into_iter();
        let largest = products.max_by_key(|(_, pages)| pages.len());
        let (product, pages) = largest.unwrap_or_default();
        let put = |_| Ok::<(), Infallible>(());
        let mut run = Run::new(prepared, &put);
        let shared = run.shared(product, &pages);
        let context = prepared.context();
        let of = |page: &&Page| bodies(context, page, &prepared.languages, prepared.versions);
        let bodies: Vec<Bodies> = pages.iter().map(of).collect();
        run.highlight(&pages, &bodies);
        let highlighted = run.highlighted;
        Self { prepared, pages, bodies, highlighted, shared }
    }

    /// Composes every variant of every page; the number of bytes of each.
    pub fn compose(&self) -> Vec<usize> {
        let put = |output: super::Output| Ok::<usize, Infallible>(output.bytes.len());
        let of = |(page, bodies)| {
            let around = (&self.highlighted, &self.shared, self.prepared.twins);
            let Ok(written) = write(self.prepared, page, bodies, around, &put);
            written.puts
        };
        self.pages.iter().copied().zip(&self.bodies).flat_map(of).collect()
    }
}
