//! The text of HTML.

use super::elements::{Kind, element};
use super::inline::squeezed;
use super::raw::{Piece, pieces};

/// The plain text of an HTML fragment: entities decoded, white space collapsed, blocks apart.
pub fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut dropping = None;
    for (piece, _) in pieces(html) {
        match piece {
            Piece::Text(part) if dropping.is_none() => text.push_str(&part),
            Piece::Text(_) => {}
            Piece::Start(tag) => {
                let kind = element(&tag.name).map(|(_, kind)| kind);
                if kind == Some(Kind::UnsafeContent) && dropping.is_none() {
                    dropping = Some(tag.name.clone());
                }
                text.push_str(separator(&tag.name));
            }
            Piece::End(name) => {
                dropping = dropping.filter(|dropped| *dropped != name);
                text.push_str(separator(&name));
            }
        }
    }
    squeezed(&text)
}

/// What parts the text before a tag from that behind it.
fn separator(name: &str) -> &'static str {
    match element(name) {
        Some((_, Kind::Block | Kind::VoidBlock)) | Some(("br", _)) => " ",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(plain_text(html), expected);
    }

    #[test]
    fn tags_go_and_entities_are_decoded() {
        check("<p>a <b>b</b>&amp;c</p>\n<p>d</p>", "a b&c d");
    }

    #[test]
    fn blocks_part_words_and_phrases_do_not() {
        check("<li>a</li><li>b<i>c</i></li>", "a bc");
    }

    #[test]
    fn scripts_have_no_text() {
        check("a<script>b</script>c", "ac");
    }
}
