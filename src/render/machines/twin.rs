//! The twin of a page: the same as Markdown, with whole addresses.

use std::fmt::Write as _;

use super::super::context::{Card, Html, Landing, PageContext, PageLink, escape};
use super::Whole;
use crate::markdown::{escape_markdown, to_markdown};

/// The twin of a page whose text is `body` as Markdown.
pub(in crate::render) fn twin(context: &PageContext, body: &str, whole: &Whole<'_>) -> String {
    let markdown = |html: &str| to_markdown(html, &|address| whole.of(address));
    let page = &context.page;
    let mut parts = vec![format!("# {}\n", escape_markdown(&page.plain_title))];
    let around = [&page.intro, &page.product, &page.permissions];
    parts.extend(around.into_iter().flatten().map(|html| markdown(html.as_str())));
    parts.push(body.to_owned());
    let lists = lists(context);
    if !lists.is_empty() {
        parts.push(markdown(&lists));
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n")
}

/// What the theme lays out beside the text, as plain lists in HTML.
fn lists(context: &PageContext) -> String {
    let mut html = String::new();
    let Landing { intro_links, featured, changelog, guides, tracks, releases, .. } =
        &context.landing;
    list(&mut html, intro_links.iter().map(|link| linked(&link.title, &link.href)));
    for featured in featured {
        let title = featured.title.iter().map(|title| format!("<h2>{}</h2>", escape(title)));
        html.extend(title);
        list(&mut html, featured.links.iter().map(card));
    }
    list(&mut html, changelog.iter().map(|news| linked(&Html::escaped(&news.title), &news.href)));
    list(&mut html, context.children.iter().map(card));
    for track in tracks {
        let _ = write!(html, "<h2>{}</h2>", track.title.as_str());
        html.extend(track.description.iter().map(|text| format!("<div>{}</div>", text.as_str())));
        list(&mut html, track.guides.iter().map(link));
    }
    list(&mut html, guides.iter().map(|guide| card(&guide.card)));
    for release in releases {
        let _ = write!(html, "<h2>{}</h2>", escape(&release.name));
        html.extend(release.date.iter().map(|date| format!("<p>{}</p>", escape(date))));
        html.extend(release.intro.iter().map(Html::as_str));
        for section in &release.sections {
            let _ = write!(html, "<h3>{}</h3>", escape(&section.title));
            for group in &section.groups {
                let heading = group.heading.iter();
                html.extend(heading.map(|heading| format!("<h4>{}</h4>", heading.as_str())));
                list(&mut html, group.notes.iter().map(|note| note.as_str().to_owned()));
            }
        }
    }
    html
}

fn list(html: &mut String, items: impl Iterator<Item = String>) {
    let start = html.len();
    html.extend(items.map(|item| format!("<li>{item}</li>")));
    if html.len() > start {
        html.insert_str(start, "<ul>");
        html.push_str("</ul>");
    }
}

fn link(to: &PageLink) -> String {
    linked(&to.title, &to.href)
}

fn linked(title: &Html, href: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(href), title.as_str())
}

fn card(card: &Card) -> String {
    let mut item = linked(&card.title, &card.href);
    item.extend(card.intro.iter().map(|intro| format!(": {}", intro.as_str())));
    list(&mut item, card.children.iter().map(link));
    item
}
