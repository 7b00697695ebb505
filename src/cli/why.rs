//! `variorum why`.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use super::Outcome;
use super::args::{WhyArguments, WhyFormat};
use super::locate::located;
use super::opened::{Opened, on_threads};
use super::settings::{Part, settings};
use crate::redirects::why;
use crate::render::{self, Twins};

/// Tells what answers an address.
pub(super) fn why(arguments: &WhyArguments) -> Outcome {
    on_threads(None, || why_here(arguments))
}

fn why_here(arguments: &WhyArguments) -> Outcome {
    let place = located(&arguments.place)?;
    let mut opened = Opened::new(&place)?;
    let part = Part { languages: &[], versions: &[], date: None, twins: Twins::Written };
    let settings = settings(&opened.config, &part)?;
    let site = opened.site()?.value;
    let theme = Arc::new(render::theme(&site).value);
    let prepared = render::prepare(site, theme, &settings, None).value;
    let answer = why::why(&prepared, &arguments.url);
    let text = match arguments.format {
        WhyFormat::Human => answer.to_string(),
        WhyFormat::Json => {
            let json = serde_json::to_string_pretty(&answer).unwrap_or_default();
            format!("{json}\n")
        }
    };
    // A reader who has left is no failure.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
    Ok(ExitCode::from(u8::from(!answer.is_answered())))
}
