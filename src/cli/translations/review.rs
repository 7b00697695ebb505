//! `variorum translations review`.

mod contents;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use self::contents::contents;
use super::Desk;
use super::check::{faults, findings};
use crate::cli::Outcome;
use crate::cli::args::ReviewArguments;
use crate::cli::build::output::{open, write_failure};
use crate::cli::failure::Failure;
use crate::cli::locate::located;
use crate::cli::settings::{Part, settings};
use crate::load::read_asset;
use crate::messages::Message;
use crate::render::{self, Prepared, Twins};
use crate::translation::{Examined, Folder, Review, Reviewed, Standing};
use crate::variant::VersionId;
use crate::write::{Durability, MARKER, OutputPath, Stage};

/// A file that every review has, and no build.
const OF_REVIEWS: &str = "review/rows.js";

/// Writes files beside their translations into a folder.
pub(super) fn review(arguments: &ReviewArguments) -> Outcome {
    let desk = Desk::new(&arguments.site)?;
    let language = desk.language(&arguments.language)?;
    let version = arguments.version.as_deref().map(|name| version(&desk, name)).transpose()?;
    refuse_others(&desk, &arguments.out)?;
    let place = located(&arguments.site.place)?;
    let stage = open(&place, &desk.site.config, &arguments.out, Durability::Fast)?;
    let mut examined = desk.edition(language)?.examined;
    desk.recall(&mut examined)?;
    let wanted = wanted(&desk, &examined, &arguments.pages)?;
    let documents: Vec<_> = examined.iter().map(|file| file.document.clone()).collect();
    let damage = findings(&desk, &faults(&desk, &[language]));
    let standing = Standing::new(&desk.site, language, examined, damage);
    let prepared = prepared(&desk)?;
    let review = Review {
        prepared: &prepared,
        language,
        standing: &standing,
        version,
        interface: desk.catalog.language().tag(),
    };
    let reviewed = if arguments.all { Reviewed::All } else { Reviewed::Open };
    let documents: Vec<_> = wanted.iter().map(|position| &documents[*position]).collect();
    let folder = review
        .folder(&documents, reviewed)
        .map_err(|error| Failure::Io(format!("the review cannot be written: {error}")))?;
    let index = contents(&desk, language, &folder.pages)?;
    publish(&desk, stage, &folder, &index)?;
    let told = Message::new("review-told").with("count", folder.pages.len());
    desk.note(&told.with("folder", arguments.out.display().to_string()));
    Ok(ExitCode::SUCCESS)
}

/// The positions of the files that are named, or of all.
fn wanted(
    desk: &Desk,
    examined: &[Examined],
    names: &[String],
) -> Result<BTreeSet<usize>, Failure> {
    if names.is_empty() {
        return Ok((0..examined.len()).collect());
    }
    names.iter().map(|name| desk.named(examined, name)).collect()
}

/// The version with this id.
fn version(desk: &Desk, name: &str) -> Result<VersionId, Failure> {
    let versions = &desk.site.config.versions;
    versions.find(name).ok_or_else(|| {
        let known: Vec<&str> = versions.iter().map(|(_, version)| &*version.id).collect();
        let message = Message::new("review-unknown-version").with("name", name);
        Failure::Usage(desk.say(&message.with("known", known.join(", "))))
    })
}

/// A folder that was published, but by a build, is not given up for a review.
fn refuse_others(desk: &Desk, out: &Path) -> Result<(), Failure> {
    let has = |name: &str| out.join(name).symlink_metadata().is_ok();
    if has(MARKER) && !has(OF_REVIEWS) {
        let message = Message::new("review-of-a-build");
        let folder = out.display().to_string();
        return Err(Failure::Usage(desk.say(&message.with("folder", folder))));
    }
    Ok(())
}

/// The site, ready to be rendered. What is wrong with it is for `check` to say.
fn prepared(desk: &Desk) -> Result<Prepared<'static>, Failure> {
    let part = Part { languages: &[], versions: &[], date: None, twins: Twins::LeftOut };
    let settings = settings(&desk.site.config, &part)?;
    let theme = Arc::new(render::theme(&desk.site).value);
    Ok(render::prepare(desk.site.clone(), theme, &settings, None).value)
}

/// Publishes the folder in one step.
fn publish(desk: &Desk, stage: Stage, folder: &Folder, index: &str) -> Result<(), Failure> {
    let mut puts = Vec::new();
    let mut put = |path: &str, bytes: &[u8]| {
        let path = OutputPath::new(path)
            .map_err(|why| Failure::Io(format!("`{path}` cannot be written: {why}")))?;
        puts.push(stage.put(path, bytes).map_err(write_failure)?);
        Ok::<(), Failure>(())
    };
    put("index.html", index.as_bytes())?;
    for (path, bytes) in &folder.files {
        put(path, bytes)?;
    }
    for page in &folder.pages {
        put(&page.path, page.html.as_bytes())?;
    }
    for (path, name) in &folder.pictures {
        let bytes = read_asset(&desk.opened.root, name)
            .map_err(|error| Failure::Io(format!("cannot read `assets/{name}`: {error}")))?;
        put(path, &bytes)?;
    }
    stage.publish(&puts).map_err(write_failure)?;
    Ok(())
}
