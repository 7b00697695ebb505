//! What texts are written in: Liquid, data, includes, blocks, Markdown.

use crate::diagnostic::{Code, Severity};

codes! {
    // Liquid
    LIQUID_SYNTAX Error "liquid-syntax" {
        summary: "A Liquid tag or output does not parse.",
        why: "The tag prints nothing, so that a sentence loses its subject or a page its half.",
        cure: "Mend the tag at the place named.",
        example: [
            ("content/guides/tea.md", "Open {{ 'the kettle }}.\n"),
        ],
    }
    UNCLOSED_BLOCK Error "unclosed-block" {
        summary: "A block is not closed.",
        why: "Where the block was meant to end cannot be told.",
        cure: "Add the closing tag that the message names.",
        example: [
            ("content/guides/tea.md", "\
                {% note %}\n\
                \n\
                The water is hot.\n"),
        ],
    }
    STRAY_TAG Error "stray-tag" {
        summary: "A closing or middle tag stands without its block.",
        why: "Often the opening tag was lost, and with it the condition: the text is shown to everybody.",
        cure: "Remove the tag, or add the opening tag.",
        example: [
            ("content/guides/tea.md", "\
                The water is hot.\n\
                \n\
                {% endnote %}\n"),
        ],
    }
    UNKNOWN_TAG Error "unknown-tag" {
        summary: "A Liquid tag that the program does not know.",
        why: "The tag prints nothing.",
        cure: "Correct the spelling; wrap literal Liquid in `{% raw %}` and `{% endraw %}`.",
        example: [
            ("content/guides/tea.md", "{% notte %}The water is hot.{% endnotte %}\n"),
        ],
    }
    UNKNOWN_FILTER Error "unknown-filter" {
        summary: "A Liquid filter that the program does not know, or that could not be applied.",
        why: "The value prints nothing.",
        cure: "Use one of the filters that the manual lists.",
        example: [
            ("content/guides/tea.md", "{{ 'tea' | upcasse }}\n"),
        ],
    }
    UNDEFINED_VALUE Warning "undefined-value" {
        summary: "A Liquid value is not defined and prints nothing.",
        why: "The value prints nothing, and the sentence has a hole.",
        cure: "Correct the name; wrap literal braces in `{% raw %}` and `{% endraw %}`.",
        example: [
            ("content/guides/tea.md", "Open {{ kettle.name }}.\n"),
        ],
    }
    CONDITION_NEVER Warning "condition-never" {
        summary: "A condition holds in no version, or no version comes to it: its text is never shown.",
        why: "The text is never shown, and nobody who edits it can see what it looks like.",
        cure: "Remove the text, or correct the condition; releases that come next count as versions.",
        example: [
            ("content/guides/tea.md", "{% ifversion server < 1.0 %}Light the fire.{% endif %}\n"),
        ],
    }
    CONDITION_ALWAYS Warning "condition-always" {
        summary: "A condition holds in every version that comes to it.",
        why: "It says that there is a difference where there is none.",
        cure: "Remove the condition and keep its text.",
        example: [
            ("content/guides/tea.md", "{% ifversion cloud or server %}Boil the water.{% endif %}\n"),
        ],
    }
    VERSION_LEFT_OUT Warning "version-left-out" {
        summary: "A chain of conditions has text for every version that comes to it but one.",
        why: "One version alone has no text where all the others have theirs: usually it was forgotten when it was new or when the others were written.",
        cure: "Add an `else`, or a condition for this version.",
        example: [
            ("content/guides/tea.md", "{% ifversion cloud %}Press start.{% elsif server > 1.0 %}Press the button.{% endif %}\n"),
        ],
    }
    LIQUID_LIMIT Error "liquid-limit" {
        summary: "Liquid nests deeper, runs longer or prints more than the limit.",
        why: "A loop in the data could keep a build from ever ending.",
        cure: "Make the page simpler; the limits are in variorum.yml.",
        example: [],
    }
    // Data
    UNKNOWN_DATA Error "unknown-data-reference" {
        summary: "A data reference resolves to nothing.",
        why: "The reference prints nothing: the sentence has a hole, in silence.",
        cure: "Correct the key, or add the value to the data directory.",
        example: [
            ("content/guides/tea.md", "Open {% data variables.product.nmae %}.\n"),
        ],
    }
    DATA_CYCLE Error "data-cycle" {
        summary: "Data references lead back to themselves.",
        why: "A text that contains itself has no end.",
        cure: "Remove one of the references that the message names.",
        example: [
            ("data/reusables/a.md", "{% data reusables.b %}\n"),
            ("data/reusables/b.md", "{% data reusables.a %}\n"),
            ("content/guides/tea.md", "{% data reusables.a %}\n"),
        ],
    }
    DATA_NOT_TEXT Error "data-not-text" {
        summary: "A data reference names a list or a map, which cannot be printed.",
        why: "A list has no words of its own, so that nothing is printed.",
        cure: "Name one of the values inside it.",
        example: [
            ("content/guides/tea.md", "Open {% data variables.product %}.\n"),
        ],
    }
    DATA_COLLISION Error "data-collision" {
        summary: "Two data files claim the same key.",
        why: "Which of the two is meant depends on the order of the files.",
        cure: "Rename one of the files.",
        example: [
            ("data/reusables/sign-in.md", "Sign in.\n"),
            ("data/reusables/sign-in.yml", "now: Sign in.\n"),
        ],
    }
    UNUSED_DATA Warning "unused-data" {
        summary: "A variable or a reusable that nothing uses.",
        why: "It is kept up to date and translated for nobody.",
        cure: "Remove it, with its translations.",
        example: [
            ("data/reusables/boil.md", "Boil the water.\n"),
        ],
    }
    UNUSED_FEATURE Warning "unused-feature" {
        summary: "A feature that no condition and no page names.",
        why: "Who reads the file looks for what it decides.",
        cure: "Remove its file.",
        example: [
            ("data/features/fast.yml", "versions:\n  server: '>=2.0'\n"),
        ],
    }
    // Includes, icons, blocks
    UNUSED_INCLUDE Warning "unused-include" {
        summary: "An include that nothing names.",
        why: "It is read with every build, and changes nothing.",
        cure: "Remove its file.",
        example: [
            ("templates/includes/steam.html", "<p>Steam</p>\n"),
        ],
    }
    UNKNOWN_INCLUDE Error "unknown-include" {
        summary: "An include names a file that is not in `templates/includes`.",
        why: "The include prints nothing.",
        cure: "Correct the name, or add the file.",
        example: [
            ("content/guides/tea.md", "{% include kettel %}\n"),
        ],
    }
    UNKNOWN_ICON Warning "unknown-icon" {
        summary: "An icon name that the theme does not have.",
        why: "Nothing is shown where the text speaks of a picture.",
        cure: "Use one of the icons that the manual lists, or add one to `templates/icons`.",
        example: [
            ("content/guides/tea.md", "Click {% octicon \"kettle\" %}.\n"),
        ],
    }
    UNKNOWN_LANGUAGE Warning "unknown-code-language" {
        summary: "A code block names a language that cannot be highlighted.",
        why: "The block is shown without colours.",
        cure: "Correct the name, or remove it.",
        example: [
            ("content/guides/tea.md", "\
                ```kettlescript\n\
                boil\n\
                ```\n"),
        ],
    }
    // Markdown
    UNSAFE_HTML Error "unsafe-html" {
        summary: "Raw HTML or a link could run a script, and was left out.",
        why: "A script in a page can do whatever its reader may do.",
        cure: "Remove the element, the attribute or the address that the message names.",
        example: [
            ("content/guides/tea.md", "<button onclick=\"boil()\">Boil</button>\n"),
        ],
    }
    FOREIGN_HTML Warning "foreign-html" {
        summary: "A translation has raw HTML or an address of a kind that its source does not have; the tag, attribute or address was left out.",
        why: "Translations come from outside, and are not to bring anything into a page that its authors did not put there.",
        cure: "Write it as in the source, or add it to the source.",
        example: [
            ("translations/zh/content/guides/start.md", "\
                ---\n\
                title: 开始\n\
                ---\n\
                \n\
                ## 安装\n\
                \n\
                打开 <iframe src=\"https://example.com\"></iframe>水壶。\n"),
        ],
    }
    HEADING_SKIPPED Warning "heading-level-skipped" {
        summary: "A heading is more than one level below the heading before it.",
        why: "Readers who go from heading to heading by ear miss a level and look for what is not there.",
        cure: "Give it the next level.",
        example: [
            ("content/guides/tea.md", "\
                ## Water\n\
                \n\
                Boil it.\n\
                \n\
                #### Leaves\n\
                \n\
                Add them.\n"),
        ],
    }
    DUPLICATE_ID Warning "duplicate-id" {
        summary: "An id is there twice on a page: links to it find the first.",
        why: "A link can find only one of the two.",
        cure: "Give one of them another id.",
        example: [
            ("content/guides/tea.md", "\
                <a id=\"water\"></a>Boil the water.\n\
                \n\
                <a id=\"water\"></a>Pour it.\n"),
        ],
    }
    MARKDOWN_LIMIT Error "markdown-limit" {
        summary: "Markdown or raw HTML nests deeper than the limit; what is deeper is shown without its structure.",
        why: "Text that nests so deep is a mistake or an attack, and browsers give up on it.",
        cure: "Make the page simpler, or raise `limits.markdown_nesting` in variorum.yml.",
        example: [],
    }
}
