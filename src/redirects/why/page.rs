//! What there is to know of a page that answers an address.

use serde::Serialize;

use super::asked::Asked;
use super::editions::{EditionAnswer, editions};
use super::versions::{VersionAnswer, versions};
use crate::diagnostic::nearest;
use crate::model::PageId;
use crate::render::{Form, Prepared};
use crate::variant::Variant;

/// A page that answers an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageAnswer {
    /// The title, without markup.
    pub title: String,
    /// `html`, `markdown` or `json`.
    pub form: &'static str,
    /// The code of the language.
    pub language: String,
    /// The id of the version.
    pub version: String,
    /// The canonical address: a whole one where `base_url` is known.
    pub canonical: String,
    /// Whether the address that was asked for is the canonical one.
    pub is_canonical: bool,
    /// The file of the output.
    pub output: String,
    /// The files that go into it.
    pub editions: Vec<EditionAnswer>,
    /// The versions that the page is in.
    pub versions: Vec<VersionAnswer>,
    /// What the fragment leads to, where the address has one.
    pub heading: Option<HeadingAnswer>,
}

/// A place on a page that a fragment asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeadingAnswer {
    /// The fragment.
    pub id: String,
    /// Whether the page has such a place.
    pub exists: bool,
    /// The text of the heading, where it is one.
    pub text: Option<String>,
    /// The most similar place, where there is none of that name.
    pub nearest: Option<String>,
}

pub(super) fn answer(
    prepared: &Prepared<'_>,
    asked: &Asked,
    (id, variant): (PageId, Variant),
    form: Form,
) -> PageAnswer {
    let site = prepared.site();
    let config = &site.config;
    let page = site.page(id);
    let permalink = site.permalink(id, variant);
    let own = match form {
        Form::Html => prepared.page_path(id, variant),
        Form::Markdown | Form::Record => asked.below().to_owned(),
    };
    PageAnswer {
        title: prepared.title(id, variant).to_owned(),
        form: match form {
            Form::Html => "html",
            Form::Markdown => "markdown",
            Form::Record => "json",
        },
        language: config.language(variant.language).code.clone(),
        version: config.versions.get(variant.version).id.clone(),
        canonical: format!("{}{permalink}", config.base_url),
        is_canonical: form == Form::Html && asked.path == permalink,
        output: own,
        editions: editions(site, page, variant.language),
        versions: versions(site, page),
        heading: asked.fragment.as_deref().map(|id_of| heading(prepared, id, variant, id_of)),
    }
}

fn heading(
    prepared: &Prepared<'_>,
    page: PageId,
    variant: Variant,
    fragment: &str,
) -> HeadingAnswer {
    let bodies = prepared.page_bodies(page, variant.language);
    let body = bodies.shown(variant).map(|(_, body)| body);
    let anchors = body.map_or(&[][..], |body| &body.anchors);
    let heading = body.and_then(|body| body.headings.iter().find(|own| own.id == fragment));
    let exists = heading.is_some() || anchors.iter().any(|anchor| anchor == fragment);
    let near = (!exists)
        .then(|| nearest(fragment, anchors.iter().map(String::as_str)))
        .flatten()
        .map(str::to_owned);
    HeadingAnswer {
        id: fragment.to_owned(),
        exists,
        text: heading.map(|heading| heading.text.clone()),
        nearest: near,
    }
}
