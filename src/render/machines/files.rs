//! The files for programs that belong to no page.

use super::super::Prepared;
use super::super::context::RobotsContext;
use super::super::theme::TemplateFault;
use super::{Twins, feed, feed_path, overview, overview_path, sitemap};
use crate::variant::{LanguageId, Variant};

/// A file for programs that belongs to no page.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) enum SiteFile {
    /// What crawlers may read.
    Robots,
    /// The list of all lists of pages.
    SitemapIndex,
    /// A list of the pages of a language, counted from 0.
    Sitemap(LanguageId, usize),
    /// What has changed in a variant.
    Feed(Variant),
    /// The list of all lists of twins.
    OverviewIndex,
    /// The list of the twins of a variant.
    Overview(Variant),
}

/// The template of a site for `robots.txt`.
const ROBOTS: &str = "robots.txt";

/// The files that a site has.
pub(in crate::render) fn site_files(prepared: &Prepared<'_>) -> Vec<SiteFile> {
    let mut files = Vec::new();
    let config = &prepared.site.config;
    // Crawlers look for it at the root of a host, and nowhere else.
    let at_root = !config.base_url.is_empty() && config.base_path().is_empty();
    if at_root || prepared.site.templates.iter().any(|(name, _)| name == ROBOTS) {
        files.push(SiteFile::Robots);
    }
    let sitemaps = &prepared.machines.sitemaps;
    if sitemaps.iter().any(|count| *count > 0) {
        files.push(SiteFile::SitemapIndex);
    }
    for language in &prepared.languages {
        let numbers = 0..sitemaps[usize::from(language.0)];
        files.extend(numbers.map(|number| SiteFile::Sitemap(*language, number)));
    }
    files.extend(feeds(prepared).map(SiteFile::Feed));
    if prepared.twins == Twins::Written {
        files.push(SiteFile::OverviewIndex);
        let variants = prepared.languages.iter().flat_map(|language| {
            let language = *language;
            prepared.versions.iter().map(move |version| Variant { language, version })
        });
        files.extend(variants.map(SiteFile::Overview));
    }
    files
}

fn feeds(prepared: &Prepared<'_>) -> impl Iterator<Item = Variant> {
    prepared.languages.iter().flat_map(|language| {
        let language = *language;
        let versions = prepared.machines.feeds[usize::from(language.0)];
        versions.iter().map(move |version| Variant { language, version })
    })
}

impl SiteFile {
    /// Its path below the output folder.
    pub(in crate::render) fn path(self, prepared: &Prepared<'_>) -> String {
        match self {
            Self::Robots => ROBOTS.to_owned(),
            Self::SitemapIndex => "sitemap.xml".to_owned(),
            Self::Sitemap(language, number) => sitemap::path(prepared, language, number),
            Self::Feed(variant) => feed_path(prepared, variant),
            Self::OverviewIndex => "llms.txt".to_owned(),
            Self::Overview(variant) => overview_path(prepared, variant),
        }
    }

    /// What stands in it.
    pub(in crate::render) fn text(self, prepared: &Prepared<'_>) -> Result<String, TemplateFault> {
        match self {
            Self::Robots => prepared
                .theme
                .robots(&RobotsContext { sitemap: prepared.site.absolute("/sitemap.xml") }),
            Self::SitemapIndex => Ok(sitemap::index(prepared)),
            Self::Sitemap(language, number) => Ok(sitemap::list(prepared, language, number)),
            Self::Feed(variant) => Ok(feed::feed(prepared, variant)),
            Self::OverviewIndex => Ok(overview::index(prepared)),
            Self::Overview(variant) => Ok(overview::overview(prepared, variant)),
        }
    }
}
