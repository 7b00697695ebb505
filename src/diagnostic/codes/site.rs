//! What makes pages a site: lists, addresses, redirects, templates.

use crate::diagnostic::{Code, Severity};

codes! {
    UNLISTED_CHILD Error "unknown-child" {
        summary: "An index names a page that is not there.",
        why: "The page is missing in the navigation.",
        cure: "Correct the path, or remove the entry.",
        example: [
            ("content/guides/index.md", "\
                ---\n\
                title: Guides\n\
                versions: '*'\n\
                children:\n\
                \x20\x20- /strat\n\
                ---\n"),
        ],
    }
    UNLISTED_PAGE Warning "unlisted-page" {
        summary: "A page is in none of the lists of the index of its folder.",
        why: "No navigation leads to the page.",
        cure: "Add the page to the `children` of the index, or set `hidden: true`.",
        example: [
            ("content/guides/index.md", "\
                ---\n\
                title: Guides\n\
                versions: '*'\n\
                children:\n\
                \x20\x20- /tea\n\
                ---\n"),
            ("content/guides/tea.md", "Boil the water.\n"),
        ],
    }
    ORPHAN_PAGE Warning "orphan-page" {
        summary: "A page is in versions that its index is not in: no navigation leads to it there.",
        why: "In these versions the page can be found by search or by a link only.",
        cure: "Give the index these versions, or take them from the page.",
        example: [
            ("content/guides/index.md", "\
                ---\n\
                title: Guides\n\
                versions:\n\
                \x20\x20cloud: '*'\n\
                children:\n\
                \x20\x20- /start\n\
                ---\n"),
        ],
    }
    FILE_NAME_UNLIKE_TITLE Warning "file-name-unlike-title" {
        summary: "The title of a page and its file name have no word in common.",
        why: "Mostly a file was copied to begin a new page, and one of the two was forgotten.",
        cure: "Correct the title, or rename the file and add its old address to `redirect_from`.",
        example: [
            ("content/guides/descaling.md", "\
                ---\n\
                title: Boiling water\n\
                versions: '*'\n\
                ---\n\
                \n\
                Remove the scale.\n"),
        ],
    }
    EXPIRED_CONTENT Warning "expired-content" {
        summary: "The day has passed that `<!-- expires yyyy-mm-dd -->` names.",
        why: "Readers are told what is not so any more. The mark is in the file so that somebody is told on the day.",
        cure: "Bring the content up to date and give it another day, or remove it.",
        example: [
            ("content/guides/tea.md", "\
                <!-- expires 2020-01-31 -->\n\
                \n\
                Until the end of January, leaves are free.\n"),
        ],
    }
    MISSING_IMAGE Error "missing-image" {
        summary: "An image is not there.",
        why: "Readers see a broken picture.",
        cure: "Add the file, or correct the path.",
        example: [
            ("content/guides/tea.md", "![The kettle](/assets/images/ketle.png)\n"),
        ],
    }
    UNUSED_ASSET Warning "unused-asset" {
        summary: "A picture or another file of `assets` that no text and no template names.",
        why: "It is copied and served for nobody.",
        cure: "Remove the file, or name it where it belongs.",
        example: [
            ("assets/images/teapot.png", "a picture\n"),
        ],
    }
    DUPLICATE_ADDRESS Error "duplicate-address" {
        summary: "Two sources claim one address.",
        why: "Only one of the two can be read.",
        cure: "Give one of them another address.",
        example: [
            ("content/guides/tea.md", "Boil the water.\n"),
            ("content/guides/tea/index.md", "Boil the water.\n"),
        ],
    }
    REDIRECT_SHADOW Error "redirect-over-page" {
        summary: "A redirect has the address of a page.",
        why: "The page would never be seen, or the old address never lead away.",
        cure: "Remove the redirect, or move the page.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                title: Tea\n\
                versions: '*'\n\
                redirect_from: /guides/start\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
    REDIRECT_LOOP Warning "redirect-loop" {
        summary: "An old address is the page's own address, or the page claims it twice.",
        why: "A redirect from a page to itself has no end; it is left out, and hides what was meant.",
        cure: "Remove the entry.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                title: Tea\n\
                versions: '*'\n\
                redirect_from: /guides/tea\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
    MISSING_REDIRECT Error "missing-redirect" {
        summary: "A page was moved or deleted, and nothing answers at its old address.",
        why: "Readers come from bookmarks, searches and other sites, and find an error.",
        cure: "Add the old address to `redirect_from` of the page that they should find.",
        example: [],
    }
    BAD_REDIRECT Error "bad-redirect" {
        summary: "A `redirect_from` entry is not an address of this site.",
        why: "The old address leads nowhere.",
        cure: "Write a path such as `/old/place`: no host, no `..`, no backslash.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                title: Tea\n\
                versions: '*'\n\
                redirect_from: https://example.com/tea\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
    // Templates
    TEMPLATE Error "template" {
        summary: "A page template of the site does not work.",
        why: "The built-in template stands in, and the site looks otherwise than it should.",
        cure: "Mend the template at the place named.",
        example: [
            ("templates/page.html", "\
                {% extends \"layout.html\" %}\n\
                {% block main %}{{ body }\n\
                {% endblock %}\n"),
        ],
    }
}
