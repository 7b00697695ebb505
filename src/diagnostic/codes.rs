//! The kinds of findings: one table, from which the manual's list is made.

use super::{Code, Severity};

/// Declares each code as a constant, and all of them as a list in the order of the table.
macro_rules! codes {
    ($($id:ident $severity:ident $name:literal {
        summary: $summary:literal,
        why: $why:literal,
        cure: $cure:literal,
        example: [$(($path:literal, $text:literal)),* $(,)?],
    })*) => {
        $(
            #[doc = $summary]
            pub const $id: &Code = &Code {
                name: $name,
                severity: Severity::$severity,
                summary: $summary,
                why: $why,
                cure: $cure,
                example: &[$(($path, $text)),*],
            };
        )*

        /// Every kind of finding, in the order of the manual.
        pub const ALL: &[&Code] = &[$($id),*];
    };
}

codes! {
    // Files
    NOT_UTF8 Error "not-utf-8" {
        summary: "A file is not UTF-8 text.",
        why: "What the other bytes were meant to be nobody can tell, and a browser would show a box for each.",
        cure: "Save the file as UTF-8; the byte that is wrong is named.",
        example: [],
    }
    NUL_BYTE Error "nul-byte" {
        summary: "A file holds a NUL byte.",
        why: "No text has one: most editors and many tools stop at it, so that what stands behind it is lost.",
        cure: "Remove the byte; such files are usually damaged in transport.",
        example: [],
    }
    UNSEEN_CHARACTER Warning "unseen-character" {
        summary: "A file holds a character that nobody sees: without width, or turning the direction of writing.",
        why: "Nobody sees it in an editor. It breaks names and searches, and a mark of writing direction can make a text read otherwise than it is.",
        cure: "Remove it, or write it as an entity such as `&#8203;` if it is meant.",
        example: [
            ("content/guides/tea.md", "Press\u{200b} the button.\n"),
        ],
    }
    FILE_TOO_LARGE Error "file-too-large" {
        summary: "A source file is larger than the limit.",
        why: "A file of this size is hardly written by hand, and one that is there by mistake should not take the memory of every build.",
        cure: "Split the file, or raise `limits.file_bytes` in variorum.yml.",
        example: [],
    }
    SYMLINK_OUTSIDE Error "symlink-outside" {
        summary: "A symbolic link leads out of the site.",
        why: "What it leads to is on this machine alone, and may be nothing that anybody wants to publish.",
        cure: "Replace the link by a copy of what it points at.",
        example: [],
    }
    UNSAFE_NAME Error "unsafe-name" {
        summary: "A file name cannot be published on every system.",
        why: "The page could not be saved, or would have another address, on some of the systems that serve or check out the site.",
        cure: "Rename the file: no reserved names, no control characters, no trailing dot or space.",
        example: [],
    }
    PROGRAM_FAULT Error "program-fault" {
        summary: "The program itself has failed on a file; the others were looked at, and nothing was published.",
        why: "A site that lacks a page is worse than the old one; so the old one stays.",
        cure: "Report it with the file to the authors of Variorum; until it is mended, change or remove what the file is about.",
        example: [],
    }
    // YAML
    YAML_SYNTAX Error "yaml-syntax" {
        summary: "YAML does not parse.",
        why: "Nothing of the file can be read; of a translation the source is shown instead.",
        cure: "Mend the YAML at the place named; quote strings that hold `: ` or begin with a special character.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                title: Tea: green and black\n\
                versions: '*'\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
    YAML_LIMIT Error "yaml-limit" {
        summary: "YAML nests deeper or expands further than the limit.",
        why: "A few lines of aliases can stand for more values than there is memory.",
        cure: "Flatten the data or remove aliases; the limits are in variorum.yml.",
        example: [],
    }
    DUPLICATE_KEY Error "duplicate-key" {
        summary: "A YAML mapping has the same key twice.",
        why: "Only one of the two can hold, and which one differs from program to program.",
        cure: "Remove one of the two.",
        example: [
            ("data/variables/product.yml", "\
                name: Kettle\n\
                name: Teapot\n"),
        ],
    }
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
    ORPHAN_TRANSLATION Warning "orphan-translation" {
        summary: "A translated file has no source any more.",
        why: "It is translated for nobody, and stays behind when the page was moved.",
        cure: "Delete the file.",
        example: [
            ("translations/zh/content/guides/gone.md", "\
                ---\n\
                title: 茶\n\
                ---\n\
                \n\
                烧水。\n"),
        ],
    }
    UNKNOWN_SOURCE_COMMIT Warning "unknown-source-commit" {
        summary: "A translation says that it stands for a commit that there is not.",
        why: "Whether it is older than its source cannot be told.",
        cure: "Name the commit whose source was translated, or remove the key.",
        example: [],
    }
    TRANSLATION_BUDGET Error "translation-budget" {
        summary: "More of a translation is missing, stale or damaged than `translations` in `variorum.yml` lets it.",
        why: "A translation decays a little with every change, until nobody trusts it.",
        cure: "Translate what is open, or raise the number.",
        example: [],
    }
    STRUCTURE_IN_TRANSLATION Warning "structure-in-translation" {
        summary: "A translation has another value than its source for a key that is not for translators.",
        why: "Addresses and versions that differ between languages break links and hide pages.",
        cure: "Remove the key from the translation: structure comes from the source alone.",
        example: [
            ("translations/zh/content/guides/start.md", "\
                ---\n\
                title: 开始\n\
                versions:\n\
                \x20\x20server: '*'\n\
                ---\n\
                \n\
                ## 安装\n\
                \n\
                打开水壶。\n"),
        ],
    }
    TRANSLATION_REPAIRED Warning "translation-repaired" {
        summary: "A translated text is damaged in a place where its source proves what was meant; it is shown as it was meant.",
        why: "Readers see what was meant, but the file keeps its damage, and the next tool may take it for the truth.",
        cure: "Correct the translation as the hint says.",
        example: [
            ("translations/zh/content/guides/start.md", "\
                ---\n\
                title: 开始\n\
                ---\n\
                \n\
                ## 安装\n\
                \n\
                打开 {% datos variables.product.name %}。{% data reusables.sign-in %}\n\
                ![水壶](/assets/images/kettle.png)\n\
                \n\
                {% ifversion dark %}开灯。{% endif %}\n"),
        ],
    }
    TRANSLATION_FALLBACK Warning "translation-fallback" {
        summary: "A translated text is damaged beyond what its source proves; the source's text is shown instead.",
        why: "Readers of the language get a text in another one.",
        cure: "Mend the translation at the place named.",
        example: [
            ("translations/zh/content/guides/start.md", "\
                ---\n\
                title: 开始\n\
                ---\n\
                \n\
                ## 安装\n\
                \n\
                {% if 结束 %}打开水壶。\n"),
        ],
    }
    UI_PLACEHOLDER Warning "ui-placeholder" {
        summary: "A translated string of the interface has lost a placeholder such as `{language}`, or has one that its source does not have.",
        why: "The value is not shown, or readers see the braces instead of it.",
        cure: "Write the placeholders of the source, names and all, where the values belong.",
        example: [
            ("translations/zh/data/ui.yml", "\
                pages:\n\
                \x20\x20fallback_notice: 此页面尚未翻译，显示的是{语言}原文。\n"),
        ],
    }
    UI_PLURAL_FORM Warning "ui-plural-form" {
        summary: "A string of the interface that counts lacks a form that its language needs, or has one that its language does not have.",
        why: "Readers see the form for other numbers, which is wrong in their language; or the text is never shown.",
        cure: "Write the forms that the language has, by the names of Unicode CLDR: the hint tells for which numbers each is.",
        example: [
            ("translations/zh/data/ui.yml", "\
                search:\n\
                \x20\x20found:\n\
                \x20\x20\x20\x20one: 找到 1 条结果。\n\
                \x20\x20\x20\x20other: 找到 {count} 条结果。\n"),
        ],
    }
    UI_HTML Warning "ui-html" {
        summary: "A translated string of the interface has HTML that its source does not have.",
        why: "Readers see the tags as text; where a template puts the string in as HTML, a translation brings into every page what its authors did not put there.",
        cure: "Write it as in the source, or add it to the source.",
        example: [
            ("translations/zh/data/ui.yml", "\
                search:\n\
                \x20\x20no_results: '<b>没有找到结果。</b>'\n"),
        ],
    }
    TRANSLATION_FILE Warning "translation-file" {
        summary: "A translated file does not parse.",
        why: "Nothing of the file is used: readers get all of it in the default language. It is told by `translations check`.",
        cure: "Mend the file at the place named.",
        example: [
            ("translations/zh/content/guides/start.md", "\
                ---\n\
                title: '开始\n\
                ---\n\
                \n\
                ## 安装\n"),
        ],
    }
    TRANSLATION_KEY Warning "translation-key" {
        summary: "A key or a value that is for the program was translated.",
        why: "The program does not know the translated word: what the key says is lost, or an old address leads nowhere. It is told by `translations check`.",
        cure: "Write the key as in the source, or remove it: structure comes from the source alone.",
        example: [
            ("translations/zh/content/guides/start.md", "\
                ---\n\
                title: 开始\n\
                redirect_from: /开始\n\
                ---\n\
                \n\
                ## 安装\n"),
            ("content/guides/start.md", "\
                ---\n\
                title: Start\n\
                versions: '*'\n\
                redirect_from: /start\n\
                ---\n\
                \n\
                ## Install\n"),
        ],
    }
    TRANSLATION_TAG Warning "translation-tag" {
        summary: "A Liquid tag of a translation is damaged.",
        why: "A damaged tag prints nothing or is shown as text; where a block loses its tag, text moves to other versions. It is told by `translations check`.",
        cure: "Write the tag as in the source.",
        example: [
            ("translations/zh/content/guides/start.md", "\
                ---\n\
                title: 开始\n\
                ---\n\
                \n\
                ## 安装\n\
                \n\
                打开 { % data variables.product.name %}。{% data reusables.sign-in %}\n"),
        ],
    }
    TRANSLATION_CONDITION Warning "translation-condition" {
        summary: "A condition of a translation says what no condition can say.",
        why: "A name that there is not or an operator that was translated makes a condition false, or the text is shown in the wrong versions. It is told by `translations check`.",
        cure: "Write the condition as in the source.",
        example: [
            ("translations/zh/content/guides/start.md", "\
                ---\n\
                title: 开始\n\
                ---\n\
                \n\
                ## 安装\n\
                \n\
                打开{% data variables.product.name %}。{% data reusables.sign-in %}\n\
                \n\
                {% ifversion dark 或 cloud %}开灯。{% endif %}\n"),
        ],
    }
    TRANSLATION_REFERENCE Warning "translation-reference" {
        summary: "A data reference or an output of a translation has a name that was translated or damaged.",
        why: "It prints nothing, and a sentence loses its subject. It is told by `translations check`.",
        cure: "Write the reference as in the source.",
        example: [
            ("translations/zh/content/guides/start.md", "\
                ---\n\
                title: 开始\n\
                ---\n\
                \n\
                ## 安装\n\
                \n\
                打开{% data 变量.产品.名称 %}。{% data reusables.sign-in %}\n"),
        ],
    }
    TRANSLATION_LINK Warning "translation-link" {
        summary: "A link of a translation was broken or leads to an address that was translated.",
        why: "Readers see brackets instead of a link, or the link leads nowhere. It is told by `translations check`.",
        cure: "Write `[text](address)` without spaces between its parts, with the address of the source.",
        example: [
            ("content/guides/tea.md", "Read [how to start](/guides/start) first.\n"),
            ("translations/zh/content/guides/tea.md", "请先阅读[如何开始] (/guides/start)。\n"),
        ],
    }
    TRANSLATION_IMAGE Warning "translation-image" {
        summary: "A picture of a translation was broken or has an address that was translated.",
        why: "Readers see a link or text instead of the picture. It is told by `translations check`.",
        cure: "Write `![text](address)` with the address of the source.",
        example: [
            ("translations/zh/content/guides/start.md", "\
                ---\n\
                title: 开始\n\
                ---\n\
                \n\
                ## 安装\n\
                \n\
                打开{% data variables.product.name %}。{% data reusables.sign-in %} ![水壶](/assets/图像/水壶.png)\n"),
        ],
    }
    TRANSLATION_CODE_BLOCK Warning "translation-code-block" {
        summary: "A code block of a translation is not what the source has.",
        why: "Readers copy code that does not work, or text is shown as code. It is told by `translations check`.",
        cure: "Write the block as in the source: its backticks, its first line, its signs.",
        example: [
            ("content/guides/tea.md", "\
                Start it:\n\
                \n\
                ```shell\n\
                kettle --boil \"water\"\n\
                ```\n"),
            ("translations/zh/content/guides/tea.md", "\
                启动：\n\
                \n\
                ```shell\n\
                kettle –-boil “water”\n\
                ```\n"),
        ],
    }
    TRANSLATION_INLINE_CODE Warning "translation-inline-code" {
        summary: "Code in a line of a translation is damaged.",
        why: "Readers copy code that does not work, or see backticks. It is told by `translations check`.",
        cure: "Write the code as in the source.",
        example: [
            ("content/guides/tea.md", "Run `kettle --boil`.\n"),
            ("translations/zh/content/guides/tea.md", "运行 `kettle — boil`。\n"),
        ],
    }
    TRANSLATION_TABLE Warning "translation-table" {
        summary: "A table of a translation has lost its form.",
        why: "Cells stand in wrong columns, or readers see dashes and pipes. It is told by `translations check`.",
        cure: "Write each row on a line of its own with as many cells as the source has.",
        example: [
            ("content/guides/tea.md", "\
                | Tea | Minutes |\n\
                | --- | --- |\n\
                | green | 2 |\n"),
            ("translations/zh/content/guides/tea.md", "\
                | 茶 | 分钟 |\n\
                | --- | --- |\n\
                | 绿茶 | 2 | | 红茶 | 4 |\n"),
        ],
    }
    TRANSLATION_LIST Warning "translation-list" {
        summary: "Items of a list stand in the text of a translation, with their numbers.",
        why: "Readers get a paragraph in which the steps run into one another. It is told by `translations check`.",
        cure: "Write the items as in the source: no blank line inside one, and one before a list that begins anew.",
        example: [
            ("content/guides/tea.md", "\
                1. Boil the water.\n\
                2. Pour it.\n"),
            ("translations/zh/content/guides/tea.md", "\
                1. 把水\n\
                \n\
                烧开。\n\
                2. 倒水。\n"),
        ],
    }
    TRANSLATION_HEADING Warning "translation-heading" {
        summary: "A heading of a translation has no text or another level, or is shown as text.",
        why: "Sections belong to others than in the source, and links to them fail. It is told by `translations check`.",
        cure: "Write the heading on a line of its own, with the marks of the source and a space behind them.",
        example: [
            ("content/guides/tea.md", "\
                Boil.\n\
                \n\
                ### Pour\n"),
            ("translations/zh/content/guides/tea.md", "\
                烧水。\n\
                \n\
                ###倒茶\n"),
        ],
    }
    TRANSLATION_HTML Warning "translation-html" {
        summary: "A translation has HTML that the source has not, or whose tags do not fit together.",
        why: "Text is bold, small or in a list that nobody meant, as far as the page goes. It is told by `translations check`.",
        cure: "Write the elements as in the source.",
        example: [
            ("translations/zh/content/guides/start.md", "\
                ---\n\
                title: 开始\n\
                ---\n\
                \n\
                ## 安装\n\
                \n\
                打开<b>{% data variables.product.name %}。{% data reusables.sign-in %}\n"),
        ],
    }
    TRANSLATION_EMPHASIS Warning "translation-emphasis" {
        summary: "Asterisks of a translation are shown to readers.",
        why: "Readers see `**` instead of bold text. It is told by `translations check`.",
        cure: "Put no space between the asterisks and the words inside them.",
        example: [
            ("content/guides/tea.md", "Press **Start** now.\n"),
            ("translations/zh/content/guides/tea.md", "现在按 ** 开始 **。\n"),
        ],
    }
    TRANSLATION_PLACEHOLDER Warning "translation-placeholder" {
        summary: "A translation has a placeholder that a machine left behind.",
        why: "Readers see it, or it hides what follows. It is told by `translations check`.",
        cure: "Remove it, or write what it stands for.",
        example: [
            ("translations/zh/content/guides/start.md", "\
                ---\n\
                title: 开始\n\
                ---\n\
                \n\
                ## 安装\n\
                \n\
                打开<0>{% data variables.product.name %}</0>。{% data reusables.sign-in %}\n"),
        ],
    }
    TRANSLATION_HIDDEN_CHARACTER Warning "translation-hidden-character" {
        summary: "A translation has a character that nobody sees and the source has not.",
        why: "It breaks searches, names and code, and nobody finds out why. It is told by `translations check`.",
        cure: "Remove the character, or write a plain blank.",
        example: [
            ("translations/zh/content/guides/start.md", "\
                ---\n\
                title: 开始\n\
                ---\n\
                \n\
                ## 安装\n\
                \n\
                打开\u{200b}{% data variables.product.name %}。{% data reusables.sign-in %}\n"),
        ],
    }
    TRANSLATION_PUNCTUATION Warning "translation-punctuation" {
        summary: "Syntax of a translation is written with wide signs or printed quotes.",
        why: "It is no syntax then: readers see brackets and quotes. It is told by `translations check`.",
        cure: "Write plain brackets, quotes and signs.",
        example: [
            ("content/guides/tea.md", "Read [how to start](/guides/start).\n"),
            ("translations/zh/content/guides/tea.md", "请阅读【如何开始】(/guides/start)。\n"),
        ],
    }
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
