//! What the configuration and front matter say.

use crate::diagnostic::{Code, Severity};

codes! {
    // Configuration and front matter
    UNKNOWN_KEY Error "unknown-key" {
        summary: "A key that the program does not know.",
        why: "A key that is misspelt does nothing, and nobody sees that.",
        cure: "Correct the spelling or remove the key.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                title: Tea\n\
                titel: Tea\n\
                versions: '*'\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
    MISSING_KEY Error "missing-key" {
        summary: "A key that must be there is not.",
        why: "Without it the page cannot be placed or named.",
        cure: "Add the key.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                versions: '*'\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
    WRONG_TYPE Error "wrong-type" {
        summary: "A value has another type than its key asks for.",
        why: "The value is left out, and the page is built as if the key were not there.",
        cure: "Write the value as the manual shows it.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                title: Tea\n\
                versions: '*'\n\
                redirect_from: { old: tea }\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
    BAD_VALUE Error "bad-value" {
        summary: "A value is not one of those that its key takes.",
        why: "The value is left out, and the page is built as if the key were not there.",
        cure: "Use one of the values that the hint names.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                title: Tea\n\
                versions: '*'\n\
                miniTocMaxHeadingLevel: 9\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
    MISSING_FRONT_MATTER Error "missing-front-matter" {
        summary: "A page does not begin with front matter.",
        why: "The page has no title and no versions, so that its beginning is taken for text.",
        cure: "Begin the file with `---`, at least `title` and `versions`, and `---`.",
        example: [
            ("content/guides/tea.md", "\
                title: Tea\n\
                \n\
                Boil the water.\n"),
        ],
    }
    UNKNOWN_PLAN Error "unknown-plan" {
        summary: "`versions` names a plan that variorum.yml does not have.",
        why: "The page is in none of the versions that were meant.",
        cure: "Use the name or short name of a configured plan.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                title: Tea\n\
                versions:\n\
                \x20\x20servre: '*'\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
    UNKNOWN_FEATURE Error "unknown-feature" {
        summary: "`versions` names a feature that `data/features` does not have.",
        why: "The page is in none of the versions that were meant.",
        cure: "Correct the name, or add the file of the feature.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                title: Tea\n\
                versions:\n\
                \x20\x20feature: drak\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
    BAD_RANGE Error "bad-version-range" {
        summary: "A version range does not parse.",
        why: "Which versions are meant cannot be told; the page is shown in all of them rather than lost.",
        cure: "Write a range such as `>=2.20`, `<2.22`, `>=2.20 <3.0` or `*`.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                title: Tea\n\
                versions:\n\
                \x20\x20server: '=>2.0'\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
    EMPTY_RANGE Warning "range-matches-nothing" {
        summary: "A version range takes in none of the versions of its plan, nor the one that comes next.",
        why: "What it was written for has gone with the releases that are no longer built, or a number is wrong.",
        cure: "Remove it, or correct the range.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                title: Tea\n\
                versions:\n\
                \x20\x20cloud: '*'\n\
                \x20\x20server: '<1.0'\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
    FEATURE_EVERYWHERE Warning "feature-everywhere" {
        summary: "A feature holds in every version: conditions that name it decide nothing.",
        why: "Everybody who reads such a condition asks where it does not hold.",
        cure: "Remove the feature, and the conditions that name it.",
        example: [
            ("data/features/dark.yml", "\
                versions:\n\
                \x20\x20cloud: '*'\n\
                \x20\x20server: '*'\n"),
        ],
    }
    NO_HISTORY Warning "no-history" {
        summary: "`last_changed: git` asks for dates that no history tells: there is no repository, or a shallow clone.",
        why: "A date that only part of the history tells is that of the copy, and not that of the change.",
        cure: "Build from a whole clone (`git fetch --unshallow`, or `fetch-depth: 0` for `actions/checkout`), or leave the key out.",
        example: [],
    }
    NO_VERSIONS Warning "no-versions" {
        summary: "A page applies to none of the configured versions.",
        why: "Nobody can read the page.",
        cure: "Correct `versions`, or delete the page.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                title: Tea\n\
                versions:\n\
                \x20\x20server: '<1.0'\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
}
