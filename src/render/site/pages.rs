//! Pages alone, without what is made of all of them together.

use super::{BATCH, Output, Page, Prepared, Run, Twins, products};

/// Renders the pages that are wanted, in every variant that is built and as HTML only. Each file is handed to `put`;
/// what `put` returns is returned in the order of the pages.
pub fn pages<'a, T: Send, E: Send>(
    prepared: &'a Prepared<'a>,
    is_wanted: &dyn Fn(&Page) -> bool,
    put: &'a (dyn Fn(Output) -> Result<T, E> + Sync),
) -> Result<Vec<T>, E> {
    let mut run = Run { index: None, twins: Twins::LeftOut, ..Run::new(prepared, put) };
    for (product, mut pages) in products(prepared) {
        pages.retain(|page| is_wanted(page));
        if pages.is_empty() {
            continue;
        }
        let shared = run.shared(product, &pages);
        for batch in pages.chunks(BATCH) {
            run.batch(batch, &shared)?;
        }
    }
    Ok(run.puts)
}
