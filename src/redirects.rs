//! Old addresses in the form that a host reads, and what answers an address of the site.

mod address;
mod fault;
pub mod hosts;
mod table;
pub mod why;

pub use address::{decoded, encoded};
pub use fault::{Fault, Place};
pub use table::{Entry, Table};
