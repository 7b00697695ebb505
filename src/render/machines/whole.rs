//! Addresses that can be followed from anywhere.

use super::super::links::percent_encoded;

/// Makes the addresses on a page whole.
#[derive(Debug)]
pub(in crate::render) struct Whole<'a> {
    /// Scheme and host; empty where the site does not know them.
    pub(super) origin: &'a str,
    /// The address of the page, with the base path.
    pub(super) page: String,
}

impl Whole<'_> {
    /// An address of the page with scheme and host, where the site knows its own.
    pub(in crate::render) fn of(&self, address: &str) -> String {
        let origin = self.origin;
        match address.as_bytes() {
            [b'/', b'/', ..] => address.to_owned(),
            [b'/', ..] => format!("{origin}{}", percent_encoded(address)),
            // A place on this page, or this page with other words.
            [b'#' | b'?', ..] | [] => {
                format!("{origin}{}{}", percent_encoded(&self.page), percent_encoded(address))
            }
            _ => address.to_owned(),
        }
    }

    /// The same of an address that is escaped for an attribute.
    pub(in crate::render) fn of_escaped(&self, address: &str) -> String {
        if !address.contains('&') {
            return self.of(address);
        }
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")];
        let plain = entities
            .iter()
            .fold(address.to_owned(), |plain, (entity, letter)| plain.replace(entity, letter));
        self.of(&plain.replace("&amp;", "&"))
    }
}

#[cfg(test)]
mod tests {
    use super::Whole;

    #[track_caller]
    fn check(address: &str, expected: &str) {
        let whole = Whole { origin: "https://example.com", page: "/docs/en/a".to_owned() };
        assert_eq!(whole.of_escaped(address), expected);
    }

    #[test]
    fn addresses_of_the_site_get_its_host() {
        check("/docs/b?c=1&amp;d=2#e", "https://example.com/docs/b?c=1&d=2#e");
        check("#e", "https://example.com/docs/en/a#e");
        check("", "https://example.com/docs/en/a");
    }

    #[test]
    fn other_addresses_stay() {
        check("https://example.org/a", "https://example.org/a");
        check("//example.org/a", "//example.org/a");
        check("mailto:a@example.org", "mailto:a@example.org");
    }
}
