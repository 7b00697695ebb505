//! Links and pictures in texts.

use crate::diagnostic::{Code, Severity};

codes! {
    // Links and addresses
    BROKEN_LINK Error "broken-link" {
        summary: "A link leads to no page, no redirect and no asset of the site.",
        why: "Readers get an error instead of a page.",
        cure: "Correct the address.",
        example: [
            ("content/guides/tea.md", "See [how to start](/guides/strat).\n"),
        ],
    }
    BROKEN_ANCHOR Warning "broken-anchor" {
        summary: "A link leads to a place on a page that is not there.",
        why: "Readers land at the top of a page and look for what they were promised. A heading that was reworded, or that a version or a translation does not have, breaks links that nobody looks at.",
        cure: "Correct the part behind `#`, or leave it out.",
        example: [
            ("content/guides/tea.md", "See [how to install it](/guides/start#instal).\n"),
        ],
    }
    LINK_LEAVES_VERSION Warning "link-leaves-version" {
        summary: "A link leads to a page that a version of the text does not have: its readers are led into another version.",
        why: "Readers go on reading about a version that they do not have.",
        cure: "Put the link into a condition, or give the page these versions.",
        example: [
            ("content/guides/leaves.md", "\
                ---\n\
                title: Leaves\n\
                versions:\n\
                \x20\x20server: '*'\n\
                ---\n\
                \n\
                Add the leaves.\n"),
            ("content/guides/tea.md", "See [Leaves](/guides/leaves).\n"),
        ],
    }
    LINK_THROUGH_REDIRECT Warning "link-through-redirect" {
        summary: "A link leads to a page through one of its old addresses.",
        why: "It works as long as the redirect is there, and hides which pages use it.",
        cure: "Write the address that the page has today; `--fix` does.",
        example: [
            ("content/guides/leaves.md", "\
                ---\n\
                title: Leaves\n\
                versions: '*'\n\
                redirect_from: /leaf\n\
                ---\n\
                \n\
                Add the leaves.\n"),
            ("content/guides/tea.md", "See [Leaves](/leaf).\n"),
        ],
    }
    LINK_NAMES_LANGUAGE Warning "link-names-language" {
        summary: "A link names a language, so that readers of another one leave theirs.",
        why: "Links stay in the language of the reader by themselves; one that names a language leaves it.",
        cure: "Leave the language out; `--fix` does.",
        example: [
            ("content/guides/tea.md", "See [how to start](/en/guides/start).\n"),
        ],
    }
    LINK_NAMES_VERSION Warning "link-names-version" {
        summary: "A link names a version, so that readers of another one leave theirs.",
        why: "Links stay in the version of the reader by themselves; one that names a version goes stale with it.",
        cure: "Leave the version out, or link in a condition.",
        example: [
            ("content/guides/tea.md", "See [how to start](/server@1.0/guides/start).\n"),
        ],
    }
    EXTERNAL_LINK_SYNTAX Error "external-link-syntax" {
        summary: "The address of another site cannot be right.",
        why: "A browser makes something of it that nobody meant, or nothing at all.",
        cure: "Correct the address.",
        example: [
            ("content/guides/tea.md", "See [the makers](https//example.com) and [the shop](htps://example.com).\n"),
        ],
    }
    DEAD_EXTERNAL_LINK Warning "dead-external-link" {
        summary: "A link leads to another site where nobody gets anything: `check --external` has asked.",
        why: "Readers who follow it find an error instead of what was promised.",
        cure: "Correct the address, or remove the link. Where a site answers the program otherwise than readers, set `dead-external-link` to `off`.",
        example: [],
    }
    EMPTY_LINK_TEXT Warning "empty-link-text" {
        summary: "A link has nothing to read in it.",
        why: "There is nothing to click, and nothing to read aloud.",
        cure: "Write what it leads to, or `AUTOTITLE` for the title of the page.",
        example: [
            ("content/guides/tea.md", "See [](/guides/start).\n"),
        ],
    }
    TITLE_OF_NO_PAGE Warning "title-of-no-page" {
        summary: "A link asks for the title of something that is no page of this site.",
        why: "Readers see the bare address, as nobody knows a title for it.",
        cure: "Write in the brackets what the link leads to, in the place of `AUTOTITLE`.",
        example: [
            ("content/guides/tea.md", "See [AUTOTITLE](https://example.com/tea).\n"),
        ],
    }
    MISSING_ALT_TEXT Warning "missing-alt-text" {
        summary: "An image has no words for those who do not see it.",
        why: "Readers who do not see the picture do not learn what it shows; nor does a search.",
        cure: "Describe what it shows; an `<img>` that only decorates has `alt=\"\"`.",
        example: [
            ("content/guides/tea.md", "![](/assets/images/kettle.png)\n"),
        ],
    }
}
