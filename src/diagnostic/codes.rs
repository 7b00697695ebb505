//! The kinds of findings: one table, from which the manual's list is made.

use super::{Code, Severity};

/// Declares each code as a constant, and all of them as a list in the order of the table.
macro_rules! codes {
    ($($id:ident $severity:ident $name:literal $summary:literal $cure:literal)*) => {
        $(
            #[doc = $summary]
            pub const $id: &Code = &Code {
                name: $name,
                severity: Severity::$severity,
                summary: $summary,
                cure: $cure,
            };
        )*

        /// Every kind of finding, in the order of the manual.
        pub const ALL: &[&Code] = &[$($id),*];
    };
}

codes! {
    // Files
    NOT_UTF8 Error "not-utf-8"
        "A file is not UTF-8 text."
        "Save the file as UTF-8; the byte that is wrong is named."
    NUL_BYTE Error "nul-byte"
        "A file holds a NUL byte."
        "Remove the byte; such files are usually damaged in transport."
    FILE_TOO_LARGE Error "file-too-large"
        "A source file is larger than the limit."
        "Split the file, or raise `limits.file_bytes` in variorum.yml."
    SYMLINK_OUTSIDE Error "symlink-outside"
        "A symbolic link leads out of the site."
        "Replace the link by a copy of what it points at."
    UNSAFE_NAME Error "unsafe-name"
        "A file name cannot be published on every system."
        "Rename the file: no reserved names, no control characters, no trailing dot or space."
    // YAML
    YAML_SYNTAX Error "yaml-syntax"
        "YAML does not parse."
        "Mend the YAML at the place named; quote strings that hold `: ` or begin with a special character."
    YAML_LIMIT Error "yaml-limit"
        "YAML nests deeper or expands further than the limit."
        "Flatten the data or remove aliases; the limits are in variorum.yml."
    DUPLICATE_KEY Error "duplicate-key"
        "A YAML mapping has the same key twice."
        "Remove one of the two."
    // Configuration and front matter
    UNKNOWN_KEY Error "unknown-key"
        "A key that the program does not know."
        "Correct the spelling or remove the key."
    MISSING_KEY Error "missing-key"
        "A key that must be there is not."
        "Add the key."
    WRONG_TYPE Error "wrong-type"
        "A value has another type than its key asks for."
        "Write the value as the manual shows it."
    BAD_VALUE Error "bad-value"
        "A value is not one of those that its key takes."
        "Use one of the values that the hint names."
    MISSING_FRONT_MATTER Error "missing-front-matter"
        "A page does not begin with front matter."
        "Begin the file with `---`, at least `title` and `versions`, and `---`."
    UNKNOWN_PLAN Error "unknown-plan"
        "`versions` names a plan that variorum.yml does not have."
        "Use the name or short name of a configured plan."
    UNKNOWN_FEATURE Error "unknown-feature"
        "`versions` names a feature that `data/features` does not have."
        "Correct the name, or add the file of the feature."
    BAD_RANGE Error "bad-version-range"
        "A version range does not parse."
        "Write a range such as `>=2.20`, `<2.22`, `>=2.20 <3.0` or `*`."
    NO_VERSIONS Warning "no-versions"
        "A page applies to none of the configured versions."
        "Correct `versions`, or delete the page."
    ORPHAN_TRANSLATION Warning "orphan-translation"
        "A translated file has no source any more."
        "Delete the file."
    // Liquid
    LIQUID_SYNTAX Error "liquid-syntax"
        "A Liquid tag or output does not parse."
        "Mend the tag at the place named."
    UNCLOSED_BLOCK Error "unclosed-block"
        "A block is not closed."
        "Add the closing tag that the message names."
    STRAY_TAG Error "stray-tag"
        "A closing or middle tag stands without its block."
        "Remove the tag, or add the opening tag."
    UNKNOWN_TAG Error "unknown-tag"
        "A Liquid tag that the program does not know."
        "Correct the spelling; wrap literal Liquid in `{% raw %}` and `{% endraw %}`."
    UNKNOWN_FILTER Error "unknown-filter"
        "A Liquid filter that the program does not know, or that could not be applied."
        "Use one of the filters that the manual lists."
    UNDEFINED_VALUE Warning "undefined-value"
        "A Liquid value is not defined and prints nothing."
        "Correct the name; wrap literal braces in `{% raw %}` and `{% endraw %}`."
    CONDITION_NEVER Warning "condition-never"
        "A condition holds in no version, or no version comes to it: its text is never shown."
        "Remove the text, or correct the condition; releases that come next count as versions."
    CONDITION_ALWAYS Warning "condition-always"
        "A condition holds in every version that comes to it."
        "Remove the condition and keep its text."
    LIQUID_LIMIT Error "liquid-limit"
        "Liquid nests deeper, runs longer or prints more than the limit."
        "Make the page simpler; the limits are in variorum.yml."
    // Data
    UNKNOWN_DATA Error "unknown-data-reference"
        "A data reference resolves to nothing."
        "Correct the key, or add the value to the data directory."
    DATA_CYCLE Error "data-cycle"
        "Data references lead back to themselves."
        "Remove one of the references that the message names."
    DATA_NOT_TEXT Error "data-not-text"
        "A data reference names a list or a map, which cannot be printed."
        "Name one of the values inside it."
    DATA_COLLISION Error "data-collision"
        "Two data files claim the same key."
        "Rename one of the files."
    // Includes, icons, blocks
    UNKNOWN_INCLUDE Error "unknown-include"
        "An include names a file that is not in `templates/includes`."
        "Correct the name, or add the file."
    UNKNOWN_ICON Warning "unknown-icon"
        "An icon name that the theme does not have."
        "Use one of the icons that the manual lists, or add one to `templates/icons`."
    UNKNOWN_LANGUAGE Warning "unknown-code-language"
        "A code block names a language that cannot be highlighted."
        "Correct the name, or remove it."
    // Markdown
    UNSAFE_HTML Error "unsafe-html"
        "Raw HTML or a link could run a script, and was left out."
        "Remove the element, the attribute or the address that the message names."
    MARKDOWN_LIMIT Error "markdown-limit"
        "Markdown or raw HTML nests deeper than the limit; what is deeper is shown without its structure."
        "Make the page simpler."
    // Links and addresses
    BROKEN_LINK Error "broken-link"
        "A link leads to no page, no redirect and no asset of the site."
        "Correct the address."
    UNLISTED_CHILD Error "unknown-child"
        "An index names a page that is not there."
        "Correct the path, or remove the entry."
    UNLISTED_PAGE Warning "unlisted-page"
        "A page is in none of the lists of the index of its folder."
        "Add the page to the `children` of the index, or set `hidden: true`."
    MISSING_IMAGE Error "missing-image"
        "An image is not there."
        "Add the file, or correct the path."
    DUPLICATE_ADDRESS Error "duplicate-address"
        "Two sources claim one address."
        "Give one of them another address."
    REDIRECT_SHADOW Error "redirect-over-page"
        "A redirect has the address of a page."
        "Remove the redirect, or move the page."
    BAD_REDIRECT Error "bad-redirect"
        "A `redirect_from` entry is not an address of this site."
        "Write a path such as `/old/place`: no host, no `..`, no backslash."
    // Templates
    TEMPLATE Error "template"
        "A page template of the site does not work."
        "Mend the template at the place named."
}
