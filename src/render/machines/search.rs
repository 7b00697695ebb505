//! What search engines are told in the head of a page.

use serde_json::json;

use super::super::Prepared;
use super::super::context::{Alternate, Html};
use super::super::strings::PageString;
use crate::model::{Page, PageId};
use crate::variant::{LanguageId, Variant};

/// The page in the languages that it is really written in, and the one for all other readers. None where there is but
/// one, and on a page in fallback, which is no translation of anything.
pub(in crate::render) fn alternates(
    prepared: &Prepared<'_>,
    page: &Page,
    variant: Variant,
) -> Vec<Alternate> {
    let site = &prepared.site;
    let real = prepared.languages.iter().filter(|language| site.is_written_in(page, **language));
    let real: Vec<LanguageId> = real.copied().collect();
    if real.len() < 2 || !real.contains(&variant.language) {
        return Vec::new();
    }
    let alternate = |tag: &str, language: LanguageId| {
        let href = site.web_address(page.id, Variant { language, ..variant })?;
        Some(Alternate { tag: tag.to_owned(), href })
    };
    let of_all = real
        .iter()
        .filter_map(|language| alternate(&site.config.language(*language).tag, *language));
    let default = real.iter().find(|language| language.is_default());
    of_all.chain(default.and_then(|language| alternate("x-default", *language))).collect()
}

/// The way to a page as JSON-LD, for a `script` element that is data. None where it has but one step, or where the site
/// does not know its address.
pub(in crate::render) fn structured_data(
    prepared: &Prepared<'_>,
    way: &[PageId],
    variant: Variant,
) -> Option<Html> {
    if way.len() < 2 {
        return None;
    }
    let step = |(position, page): (usize, &PageId)| {
        let title = prepared.strings.get(*page, variant.language, PageString::ShortTitle);
        Some(json!({
            "@type": "ListItem",
            "position": position + 1,
            "name": title.for_version(variant.version).plain,
            "item": prepared.site.web_address(*page, variant)?,
        }))
    };
    let steps: Option<Vec<_>> = way.iter().enumerate().map(step).collect();
    let list = json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": steps?,
    });
    Some(Html::new(in_script(&list.to_string())))
}

/// JSON that can stand in a `script` element: nothing in it ends the element or begins a comment, and no line of it
/// ends where a script would see an end.
fn in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::in_script;

    #[test]
    fn no_text_ends_the_element() {
        let text = "</script><!--&\u{2028}\u{2029}\"";
        let safe = in_script(&serde_json::json!(text).to_string());
        assert_eq!(safe, r#""\u003c/script\u003e\u003c!--\u0026\u2028\u2029\"""#);
        assert_eq!(serde_json::from_str::<String>(&safe).ok().as_deref(), Some(text));
    }
}
