//! The preview's own scripts and styles, which it serves below [`OWN`](super::api::OWN).

/// A file: its name, its media type and its bytes.
type Asset = (&'static str, &'static str, &'static [u8]);

macro_rules! assets {
    ($($media_type:ident: $($name:literal)*;)*) => {
        &[$($((
            $name,
            $media_type,
            include_bytes!(concat!("../../templates/preview/", $name)),
        )),*),*]
    };
}

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// Pages name `client.js`, comparisons `compare.js` and `rows.js`; these load the others.
const ASSETS: &[Asset] = assets! {
    SCRIPT:
        "bar.js"
        "client.js"
        "compare.js"
        "comparison.js"
        "dock.js"
        "elements.js"
        "events.js"
        "findings.js"
        "origins.js"
        "overlay.js"
        "page.js"
        "rows.js"
        "swap.js"
        "words.js";
    STYLE:
        "client.css"
        "compare.css";
};

/// The file with this name: its media type and its bytes.
pub fn asset(name: &str) -> Option<(&'static str, &'static [u8])> {
    let found = ASSETS.iter().find(|(own, ..)| *own == name);
    found.map(|(_, media_type, bytes)| (*media_type, *bytes))
}

#[cfg(test)]
mod tests {
    use super::super::api::OWN;
    use super::*;

    fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
        let text = |bytes| std::str::from_utf8(bytes).expect("all of them are text");
        ASSETS.iter().map(move |(name, _, bytes)| (*name, text(bytes)))
    }

    #[test]
    fn scripts_and_styles_that_others_name_are_there() {
        for (from, text) in texts() {
            let addresses =
                text.split('"').filter(|it| it.starts_with("./") || it.starts_with(OWN));
            for address in addresses.filter(|it| it.ends_with(".js") || it.ends_with(".css")) {
                let name = address.rsplit('/').next().unwrap_or_default();
                assert!(asset(name).is_some(), "{from} names {address}");
            }
        }
    }

    #[test]
    fn no_script_makes_markup_of_text() {
        let ways = ["innerHTML", "outerHTML =", "insertAdjacentHTML", "document.write", "eval("];
        for (name, text) in texts() {
            assert_eq!(ways.iter().find(|way| text.contains(**way)), None, "{name}");
        }
    }
}
