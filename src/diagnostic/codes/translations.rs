//! Translations, and words of the interface.

use crate::diagnostic::{Code, Severity};

codes! {
    ORPHAN_TRANSLATION Warning "orphan-translation" {
        summary: "A translated file, or a value in one, has no source any more.",
        why: "It is translated for nobody, and stays behind when the page was moved or the value was renamed.",
        cure: "Delete it, or move it to where its source is now.",
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
}
