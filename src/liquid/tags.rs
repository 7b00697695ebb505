//! The tags that there are, as one table.

use super::Syntax;

/// What a tag is to the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    /// Its content is text.
    Raw,
    /// Its content is nothing.
    Comment,
    /// Opens a block.
    Block,
    /// Begins the next part of a block.
    Middle,
    /// Closes a block.
    End,
    /// Stands alone.
    Single,
    /// Stands alone and is answered by the host.
    Host,
}

/// The program's own tags. Closing tags are `end` and the name of their block.
const TAGS: [(&str, TagKind); 27] = [
    ("assign", TagKind::Single),
    ("break", TagKind::Single),
    ("capture", TagKind::Block),
    ("case", TagKind::Block),
    ("comment", TagKind::Comment),
    ("continue", TagKind::Single),
    ("data", TagKind::Single),
    ("decrement", TagKind::Single),
    ("else", TagKind::Middle),
    ("elseif", TagKind::Middle),
    ("elsif", TagKind::Middle),
    ("for", TagKind::Block),
    ("homepage_link_with_intro", TagKind::Host),
    ("if", TagKind::Block),
    ("ifversion", TagKind::Block),
    ("include", TagKind::Single),
    ("increment", TagKind::Single),
    ("indented_data_reference", TagKind::Single),
    ("link", TagKind::Host),
    ("link_in_list", TagKind::Host),
    ("link_with_intro", TagKind::Host),
    ("link_with_short_title", TagKind::Host),
    ("octicon", TagKind::Host),
    ("raw", TagKind::Raw),
    ("topic_link_in_list", TagKind::Host),
    ("unless", TagKind::Block),
    ("when", TagKind::Middle),
];

/// What the tag `name` is, if there is such a tag.
pub(super) fn kind(name: &str, syntax: &Syntax) -> Option<TagKind> {
    if let Ok(found) = TAGS.binary_search_by_key(&name, |(known, _)| known) {
        return Some(TAGS[found].1);
    }
    let is_block = |name: &str| syntax.blocks.iter().any(|block| block == name);
    if is_block(name) {
        return Some(TagKind::Block);
    }
    let closed = name.strip_prefix("end")?;
    let closes = is_block(closed)
        || TAGS.iter().any(|(known, kind)| {
            *known == closed && matches!(kind, TagKind::Block | TagKind::Raw | TagKind::Comment)
        });
    closes.then_some(TagKind::End)
}

/// The names of all tags, without those that close a block.
pub fn names(syntax: &Syntax) -> impl Iterator<Item = &str> {
    TAGS.iter().map(|(name, _)| *name).chain(syntax.blocks.iter().map(String::as_str))
}

/// The name of the tag that closes the block that `name` opens; nothing where it opens none.
pub fn closing(name: &str, syntax: &Syntax) -> Option<String> {
    let kind = kind(name, syntax)?;
    let opens = matches!(kind, TagKind::Block | TagKind::Raw | TagKind::Comment);
    opens.then(|| format!("end{}", end_of(name)))
}

/// What follows `end` in the tag that closes the block `name`.
pub(super) fn end_of(name: &str) -> &str {
    if name == "ifversion" { "if" } else { name }
}
