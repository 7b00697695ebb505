//! One page, one variant: HTML and facts.

pub mod context;
pub mod icons;
pub mod navigation;
pub mod theme;
pub mod ui;
