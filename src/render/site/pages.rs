//! Pages alone, without what is made of all of them together.

use std::convert::Infallible;

use super::{BATCH, Output, Page, Prepared, Rendered, Run, Twins, products};
use crate::diagnostic::Checked;

/// Renders the pages that are wanted for what is to be said of them, and drops them.
pub fn survey(prepared: &Prepared<'_>, is_wanted: &dyn Fn(&Page) -> bool) -> Checked<Rendered> {
    let put = |_: Output| Ok::<_, Infallible>(());
    let mut run = Run { index: None, twins: Twins::LeftOut, ..Run::new(prepared, &put) };
    let Ok(()) = run.wanted(is_wanted);
    Checked { value: run.rendered, diagnostics: run.diagnostics }
}

/// Renders the pages that are wanted, in every variant that is built and as HTML only. Each file is handed to `put`;
/// what `put` returns is returned in the order of the pages.
pub fn pages<'a, T: Send, E: Send>(
    prepared: &'a Prepared<'a>,
    is_wanted: &dyn Fn(&Page) -> bool,
    put: &'a (dyn Fn(Output) -> Result<T, E> + Sync),
) -> Result<Vec<T>, E> {
    let mut run = Run { index: None, twins: Twins::LeftOut, ..Run::new(prepared, put) };
    run.wanted(is_wanted)?;
    Ok(run.puts)
}

impl<T: Send, E: Send> Run<'_, T, E> {
    fn wanted(&mut self, is_wanted: &dyn Fn(&Page) -> bool) -> Result<(), E> {
        for (product, mut pages) in products(self.prepared) {
            pages.retain(|page| is_wanted(page));
            if pages.is_empty() {
                continue;
            }
            let shared = self.shared(product, &pages);
            for batch in pages.chunks(BATCH) {
                self.batch(batch, &shared)?;
            }
        }
        Ok(())
    }
}
