//! The theme's style as a file that needs no other: browsers give pages from a disk no pictures for masks.

use std::collections::BTreeMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::render::Prepared;

/// The style of a theme with its pictures in it.
pub(super) fn theme(prepared: &Prepared<'_>) -> String {
    let assets: BTreeMap<&str, &[u8]> = prepared.theme_assets().collect();
    let Some((path, style)) = assets.iter().find(|(path, _)| path.ends_with("/theme.css")) else {
        return String::new();
    };
    let folder = path.strip_suffix("theme.css").unwrap_or_default();
    embedded(&String::from_utf8_lossy(style), &|name| {
        let bytes = assets.get(&*format!("{folder}{name}"))?;
        std::str::from_utf8(bytes).ok()
    })
}

/// A style with the pictures that it names, where there is one of that name.
fn embedded<'a>(style: &str, picture: &dyn Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::with_capacity(style.len() * 2);
    let mut parts = style.split("url(\"");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once('"').unwrap_or((part, ""));
        let found = picture(name).filter(|_| name.ends_with(".svg"));
        let address = found.map(|svg| {
            let svg = utf8_percent_encode(svg, NON_ALPHANUMERIC);
            format!("data:image/svg+xml,{svg}")
        });
        out.push_str("url(\"");
        out.push_str(address.as_deref().unwrap_or(name));
        out.push('"');
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::embedded;

    #[test]
    fn pictures_are_put_into_the_style() {
        let style = "a { mask: url(\"icons/b.svg\"); } c { mask: url(\"d.svg\") }";
        let picture = |name: &str| (name == "icons/b.svg").then_some("<svg/>");
        let expected =
            "a { mask: url(\"data:image/svg+xml,%3Csvg%2F%3E\"); } c { mask: url(\"d.svg\") }";
        assert_eq!(embedded(style, &picture), expected);
    }
}
