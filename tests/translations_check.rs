//! What `variorum translations check` finds in a translation, and what `fix` makes of it.

use std::path::Path;
use std::sync::Arc;

use variorum::discover::Inventory;
use variorum::edit::ChangeSet;
use variorum::load::Shelf;
use variorum::messages::{Catalog, MessageLanguage};
use variorum::model::Site;
use variorum::translation::damage;

#[path = "support/folder.rs"]
mod folder;
#[path = "support/pipeline.rs"]
mod pipeline;
#[path = "support/shared.rs"]
mod shared;

const FRONT: &str = "---\ntitle: Tea\nversions: '*'\n---\n";
const OWN_FRONT: &str = "---\ntitle: 茶\n---\n";
const OWN: &str = "translations/zh/content/tea.md";

/// What every site has besides.
const AROUND: &[(&str, &str)] = &[
    ("data/variables/product.yml", "name: Kettle\nold_name: Pot\n"),
    ("data/reusables/sign-in.md", "Sign in.\n"),
    ("assets/images/kettle.png", "a picture\n"),
];

fn site(root: &Path) -> Arc<Site> {
    pipeline::stages::read(root, &root.join("variorum.yml")).value
}

fn written(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = folder::tempdir().expect("a folder");
    let files = AROUND.iter().chain(files);
    pipeline::write(folder.path(), files.map(|(path, text)| (*path, text.as_bytes())));
    folder
}

/// The faults of a site, a line each: place, code, message, place in the source.
fn faults(site: &Site) -> Vec<String> {
    let catalog = Catalog::of(MessageLanguage::English);
    let languages = site.languages().filter(|language| !language.is_default());
    let faults = languages.flat_map(|language| damage::check(site, language));
    let shown = faults.map(|fault| {
        let found = fault.diagnostic(&catalog);
        let at = site.sources.locate(found.span);
        let place = if at.path == OWN { String::new() } else { format!("{} ", at.path) };
        let source = found.counterpart.map(|span| site.sources.locate(*span));
        let source = source.map(|at| format!(" < {}:{}", at.line, at.column)).unwrap_or_default();
        let fix = if found.fix.is_some() { " +" } else { "" };
        let code = found.code.name.trim_start_matches("translation-");
        format!("{place}{}:{} {code}: {}{source}{fix}", at.line, at.column, found.message)
    });
    shown.collect()
}

/// Mends what can be mended.
fn fix(root: &Path) {
    let site = site(root);
    let catalog = Catalog::of(MessageLanguage::English);
    let mut changes = ChangeSet::new(&site.sources);
    for language in site.languages().filter(|language| !language.is_default()) {
        for fault in damage::check(&site, language) {
            if let Some(fix) = fault.diagnostic(&catalog).fix {
                changes.fix(&fix).expect("the fix can be made");
            }
        }
    }
    changes.rewrite(root).expect("files can be read").apply().expect("files can be written");
}

/// What is found in a body beside that of its source; lines of front matter do not count.
#[track_caller]
fn check(source: &str, own: &str, expected: &[&str]) {
    let (source, own) = (format!("{FRONT}{source}\n"), format!("{OWN_FRONT}{own}\n"));
    let folder = written(&[("content/tea.md", &source), (OWN, &own)]);
    assert_eq!(faults(&site(folder.path())), expected);
}

/// What is found, and what the body is after it was mended; then nothing is found that can be mended.
#[track_caller]
fn check_fix(source: &str, own: &str, expected: &[&str], fixed: &str) {
    check(source, own, expected);
    let (source, own) = (format!("{FRONT}{source}\n"), format!("{OWN_FRONT}{own}\n"));
    let folder = written(&[("content/tea.md", &source), (OWN, &own)]);
    fix(folder.path());
    let read = || std::fs::read_to_string(folder.path().join(OWN)).expect("the file is there");
    assert_eq!(read(), format!("{OWN_FRONT}{fixed}\n"));
    let left = faults(&site(folder.path()));
    assert!(left.iter().all(|fault| !fault.ends_with('+')), "{left:#?}");
    fix(folder.path());
    assert_eq!(read(), format!("{OWN_FRONT}{fixed}\n"));
}

#[test]
fn a_sound_translation_has_no_fault() {
    check(
        "Open {% data variables.product.name %} `now`, **please**: [start](/tea \"T\").\n\n## Head\n\n| a | b |\n| - | - |\n| c | d |",
        "请 `now` 打开{% data variables.product.name %}，**谢谢**：[开始](/tea)。\n\n## 标题\n\n| 甲 | 乙 |\n| - | - |\n| 丙 | 丁 |",
        &[],
    );
}

#[test]
fn what_is_only_old_is_no_damage() {
    check(
        "{% if currentVersion ver_gt \"product@1.0\" %}New.{% endif %} [a](/tea/new) {% data variables.product.name %}\n\n#### A\n\n#### B",
        "{% if currentVersion ver_gt \"product@0.9\" %}新。{% endif %} [甲](/tea/old) {% data variables.product.gone %} `旧` [乙](/x)\n\n### 甲\n\n### 乙\n\n```\nold\n```",
        &[],
    );
}

#[test]
fn damaged_tags_are_written_as_in_the_source() {
    check_fix(
        "{% note %}\n\nOpen {% data variables.product.name %}.\n\n{% endnote %}",
        "{ % note %}\n\n打开 {% datos variables.product.name %}。\n\n{% endnote %}",
        &[
            "4:1 tag: `{ % note %}` is `{% note %}` in the source < 5:1 +",
            "6:4 tag: `{% datos variables.product.name %}` is `{% data variables.product.name %}` in the source < 7:6 +",
        ],
        "{% note %}\n\n打开 {% data variables.product.name %}。\n\n{% endnote %}",
    );
}

#[test]
fn damaged_conditions_are_written_as_in_the_source() {
    check_fix(
        "{% if currentVersion == \"product@1.0\" or currentVersion ver_gt \"product@1.0\" %}a{% endif %}",
        "{% if currentversion == \"product@1.0\" 或 currentVersion ver_gt \"product@1. 0\" %}甲{% endif %}",
        &[
            "4:1 condition: `{% if currentversion == \"product@1.0\" 或 currentVersion ver_gt \"product@1. 0\" %}` is `{% if currentVersion == \"product@1.0\" or currentVersion ver_gt \"product@1.0\" %}` in the source < 5:1 +",
        ],
        "{% if currentVersion == \"product@1.0\" or currentVersion ver_gt \"product@1.0\" %}甲{% endif %}",
    );
}

#[test]
fn printed_quotes_in_a_tag_are_damage() {
    check_fix(
        "{% if currentVersion == 'product@1.0' %}a{% endif %}",
        "{% if currentVersion == ‘product@1.0’ %}甲{% endif %}",
        &[
            "4:1 condition: `{% if currentVersion == ‘product@1.0’ %}` is `{% if currentVersion == 'product@1.0' %}` in the source < 5:1 +",
        ],
        "{% if currentVersion == 'product@1.0' %}甲{% endif %}",
    );
}

#[test]
fn a_block_that_is_not_closed_is_told_with_all_that_is_damaged_besides() {
    check(
        "{% note %}\n\na\n\n{% endnote %}\n\n`x`",
        "{% note %}\n\n甲\n\n`x\n\n<0>",
        &[
            "4:1 tag: `note` is not closed by `endnote` < 5:1",
            "8:1 inline-code: a backtick begins no code < 11:1",
            "10:1 placeholder: `<0>` is left over from a machine < 11:1 +",
        ],
    );
}

#[test]
fn a_reference_that_was_translated_is_written_as_in_the_source() {
    check_fix(
        "Open {% data variables.product.name %} and {% data reusables.sign-in %}",
        "打开{% data 变量.产品.名称 %}和{% data reusables.sign-in %}",
        &[
            "4:3 reference: `{% data 变量.产品.名称 %}` is `{% data variables.product.name %}` in the source < 5:6 +",
        ],
        "打开{% data variables.product.name %}和{% data reusables.sign-in %}",
    );
}

#[test]
fn an_output_that_is_raw_in_the_source_is_made_raw() {
    check_fix(
        "Write `{% raw %}${{ matrix.os }}{% endraw %}`.",
        "请写 `${{ matrix.os }}`。",
        &["4:6 tag: `{{ matrix.os }}` is raw in the source < 5:8 +"],
        "请写 `${% raw %}{{ matrix.os }}{% endraw %}`。",
    );
}

#[test]
fn links_that_were_torn_or_translated_are_mended() {
    check_fix(
        "See [a](/tea/one), [b](/tea/two) and [c](/tea/three).",
        "参见[甲] (/tea/one)、[乙]（/tea/two）和[丙](/茶/三)。",
        &[
            "4:5 link: `] (/tea/one)` leads to `/tea/one` in the source < 5:7 +",
            "4:20 link: `]（/tea/two）` leads to `/tea/two` in the source < 5:22 +",
            "4:34 link: `](/茶/三)` leads to `/tea/three` in the source < 5:40 +",
        ],
        "参见[甲](/tea/one)、[乙](/tea/two)和[丙](/tea/three)。",
    );
}

#[test]
fn links_that_readers_see_as_text_are_damage() {
    check(
        "Read on.",
        "继续阅读[甲] (/tea/one)。\n\n“乙](/tea/two)”，[丙] (说明)。",
        &["4:7 link: `](` is shown to readers < 5:1", "6:3 link: `](` is shown to readers < 5:1"],
    );
}

#[test]
fn an_address_that_swallowed_a_wide_sign_is_mended() {
    check_fix(
        "See [a](https://example.com/one). And [b](/tea/two).",
        "参见[甲](https://example.com/one。)[乙](/tea/Two)。",
        &[
            "4:7 link: `https://example.com/one。` is `https://example.com/one` in the source < 5:9 +",
            "4:36 link: `/tea/Two` is `/tea/two` in the source < 5:43 +",
        ],
        "参见[甲](https://example.com/one)[乙](/tea/two)。",
    );
}

#[test]
fn a_link_to_the_same_page_of_another_language_is_no_damage() {
    check(
        "See [a](https://en.example.org/wiki/Kettle).",
        "参见[甲](https://zh.example.org/wiki/水壶)。",
        &[],
    );
}

#[test]
fn a_gloss_behind_brackets_is_no_link() {
    check("Enter the **[password]**.", "输入 **[password]（密码）**。", &[]);
}

#[test]
fn wide_brackets_of_links_and_pictures_are_made_plain() {
    check_fix(
        "See [a](/tea/one) and ![b](/assets/images/kettle.png).",
        "参见【甲】(/tea/one)和！[乙](/assets/images/kettle.png)。",
        &[
            "4:3 punctuation: `【甲】` has signs that syntax is not written with < 5:1 +",
            "4:17 punctuation: `！` has signs that syntax is not written with < 5:1 +",
        ],
        "参见[甲](/tea/one)和![乙](/assets/images/kettle.png)。",
    );
}

#[test]
fn a_picture_with_a_translated_address_is_damage() {
    check(
        "![a](/assets/images/kettle.png) ![b](/assets/images/pot.png)",
        "![甲](/assets/图像/水壶.png)",
        &["4:6 image: `/assets/图像/水壶.png` is no address < 5:1"],
    );
}

#[test]
fn code_that_a_machine_has_changed_is_written_as_in_the_source() {
    check_fix(
        "Run `tea --boil \"now\"` and `owner/repo`.\n\n```shell\ntea --boil \"x\"\ntea pour # a\n```",
        "运行 `tea –-boil “now”` 和 `owner / repo`。\n\n```shell\ntea --boil “x”\ntea pour # 甲\n```",
        &[
            "4:4 inline-code: `tea –-boil “now”` is `tea --boil \"now\"` in the source < 5:5 +",
            "4:25 inline-code: `owner / repo` is `owner/repo` in the source < 5:28 +",
            "7:1 code-block: `tea --boil “x”` is `tea --boil \"x\"` in the source < 8:1 +",
        ],
        "运行 `tea --boil \"now\"` 和 `owner/repo`。\n\n```shell\ntea --boil \"x\"\ntea pour # 甲\n```",
    );
}

#[test]
fn a_pattern_of_paths_has_the_words_of_the_source() {
    check_fix(
        "Use `my-docs/**` or `'!pot/*.md'`, not `tea`, `owner/pot`, `**bold**` or `a/*`, `b/*`.",
        "使用 `文档/**` 或 `'!壶/*.md'`，而不是 `茶`、`所有者/壶`、`**粗体**` 或 `甲/*`、`乙/*`。",
        &[
            "4:4 inline-code: `文档/**` is `my-docs/**` in the source < 5:5 +",
            "4:14 inline-code: `'!壶/*.md'` is `'!pot/*.md'` in the source < 5:21 +",
        ],
        "使用 `my-docs/**` 或 `'!pot/*.md'`，而不是 `茶`、`所有者/壶`、`**粗体**` 或 `甲/*`、`乙/*`。",
    );
    check("Use `docs/**`.", "使用 `docs/**`（`文档/**`）。", &[]);
}

#[test]
fn code_blocks_whose_first_line_is_damaged_are_taken_from_the_source() {
    check_fix(
        "Do:\n\n```shell\n$ tea\n```",
        "请：\n\n```shell $ tea\n```",
        &["6:4 code-block: the code block `shell $ tea` is `shell` in the source < 7:1 +"],
        "请：\n\n```shell\n$ tea\n```",
    );
}

#[test]
fn a_code_block_without_an_end_is_damage() {
    check(
        "```shell\ntea\n```\n\nNow.",
        "```shell\ntea\n\n现在。",
        &["4:1 code-block: a code block is not closed < 5:1"],
    );
}

#[test]
fn code_that_breaks_across_markup_is_damage() {
    check(
        "Send `SIGINT` to the `node` process.",
        "发送 <code>SIGINT` 到 `node` 进程。",
        &[
            "4:4 html: the source has no element `code` < 5:1",
            "4:25 inline-code: a backtick begins no code < 5:1",
        ],
    );
}

#[test]
fn text_that_is_indented_like_code_is_damage() {
    check(
        "1. One\n\n   Two [a](/b).",
        "1. 一\n\n        二 [甲](/b)。",
        &["6:9 code-block: a paragraph is indented so deep that it is shown as code < 5:4"],
    );
}

#[test]
fn rows_with_other_cells_than_their_table_are_damage() {
    check(
        "| a | b |\n| - | - |\n| c | d |\n| e \\| f | `g` |",
        "| 甲 | 乙 |\n| - | - |\n| 丙 | 丁 | | 戊 | 己 |\n| 庚 \\| 辛 | `g` |",
        &["6:1 table: a row has 5 cells in a table of 2 columns < 7:1"],
    );
}

#[test]
fn a_table_that_is_shown_as_text_is_damage() {
    check(
        "Text.\n\n| a | b |\n| --- | --- |\n| c | d |",
        "文字。| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |",
        &["5:1 table: a table is shown as text < 5:1"],
    );
}

#[test]
fn headings_of_another_level_or_without_text_are_damage() {
    check(
        "## A\n\n### B\n\n### C\n\n### D\n\na",
        "## 甲\n\n### 乙\n\n#### 丙\n\n### 丁\n\n甲",
        &["8:6 heading: a heading of level 4 has level 3 in the source < 9:5"],
    );
    check("## A\n\na", "##\n\n甲", &["4:1 heading: a heading has no text < 5:1"]);
}

#[test]
fn headings_without_a_space_or_with_wide_signs_are_damage() {
    check(
        "a\n\n## B\n\nc\n\n## D",
        "甲\n\n##乙\n\n丙\n\n＃＃ 丁",
        &[
            "6:1 heading: `##` is shown to readers < 5:1",
            "10:1 punctuation: `＃＃` has signs that syntax is not written with < 9:1 +",
        ],
    );
}

#[test]
fn html_that_the_source_has_not_is_damage() {
    check(
        "- a\n- b **c**\n\n<br/>d",
        "- 甲\n<li>乙 <b>丙</b></li>\n\n<br/>丁",
        &[
            "5:1 html: the source has no element `li` < 6:3",
            "5:7 html: the source has no element `b` < 6:3",
        ],
    );
}

#[test]
fn printed_quotes_in_html_are_made_plain() {
    check_fix(
        "<a href=\"/tea\" class='x'>a</a>",
        "<a href=“/tea” class=‘x’>甲</a>",
        &[
            "4:1 punctuation: `<a href=“/tea” class=‘x’>` has signs that syntax is not written with < 5:1 +",
        ],
        "<a href=\"/tea\" class='x'>甲</a>",
    );
}

#[test]
fn asterisks_that_readers_see_are_damage() {
    check(
        "Press **Start** and **Stop**, 2 ** 3.\n\nPress **One**.",
        "按 ** 开始 ** 和**停止**，2 ** 3。\n\n按**“一”**键。",
        &["4:3 emphasis: `**` is shown to readers < 5:1"],
    );
}

#[test]
fn placeholders_and_hidden_characters_are_removed() {
    check_fix(
        "Open {% data variables.product.name %} and `code`.",
        "打开<0>{% data variables.product.name %}</0>\u{200b}和`code`。",
        &[
            "4:3 placeholder: `<0>` is left over from a machine < 5:1 +",
            "4:39 placeholder: `</0>` is left over from a machine < 5:1 +",
            "4:43 hidden-character: U+200B, which nobody sees, is not in the source < 5:1 +",
        ],
        "打开{% data variables.product.name %}和`code`。",
    );
}

/// What is found in front matter beside that of its source, and what it is after it was mended.
#[track_caller]
fn check_front(source: &str, own: &str, expected: &[&str], fixed: &str) {
    let page = |front: &str| format!("---\n{front}---\nText.\n");
    let folder = written(&[
        ("content/tea.md", &page(&format!("title: Tea\nversions: '*'\n{source}"))),
        (OWN, &page(&format!("title: 茶\n{own}"))),
    ]);
    assert_eq!(faults(&site(folder.path())), expected);
    fix(folder.path());
    let text = std::fs::read_to_string(folder.path().join(OWN)).expect("the file is there");
    assert_eq!(text, page(&format!("title: 茶\n{fixed}")));
}

#[test]
fn keys_and_values_for_the_program_are_not_translated() {
    check_front(
        "redirect_from:\n  - /pot\n  - /kettle\nhidden: true\ntype: tutorial\n",
        "redirect_from:\n  - /锅\n  - /kettle\nhidden: 真\ntype: 教程\n标题: 茶\n",
        &[
            "4:5 key: `redirect_from` has `/锅`, which is translated < 5:5 +",
            "6:9 key: `hidden` has `真`, which is translated < 7:9 +",
            "7:7 key: `type` has `教程`, which is translated < 8:7 +",
            "8:1 key: the key `标题` is translated < 1:1",
        ],
        "redirect_from:\n  - /pot\n  - /kettle\nhidden: true\ntype: tutorial\n标题: 茶\n",
    );
}

#[test]
fn older_values_for_the_program_are_no_damage() {
    check_front(
        "redirect_from: /pot\ntype: tutorial\n",
        "redirect_from: /older\ntype: how_to\n",
        &[],
        "redirect_from: /older\ntype: how_to\n",
    );
}

#[test]
fn data_is_checked_like_pages() {
    let folder = written(&[
        ("content/tea.md", &format!("{FRONT}a\n")),
        ("data/variables/tea.yml", "boil: 'Boil `x --now`'\n"),
        ("translations/zh/data/variables/tea.yml", "boil: '煮 `x —now` <0>'\n煮: 煮\n"),
        ("data/reusables/pour.md", "Pour **slowly**.\n"),
        ("translations/zh/data/reusables/pour.md", "**慢慢 **倒 {% 如果 %}。\n"),
    ]);
    assert_eq!(
        faults(&site(folder.path())),
        [
            "translations/zh/data/reusables/pour.md 1:10 tag: `{% 如果 %}` is damaged < 1:1",
            "translations/zh/data/variables/tea.yml 1:10 inline-code: `x —now` is `x --now` in the source < 1:13 +",
            "translations/zh/data/variables/tea.yml 1:19 placeholder: `<0>` is left over from a machine < 1:8 +",
            "translations/zh/data/variables/tea.yml 2:1 key: the key `煮` is translated < 1:1"
        ]
    );
}

#[test]
fn a_file_that_does_not_parse_is_told_once() {
    let folder = written(&[
        ("content/tea.md", &format!("{FRONT}a\n")),
        (OWN, "---\ntitle: '茶\n---\n\n<0>\n"),
        ("data/variables/tea.yml", "boil: Boil\n"),
        ("translations/zh/data/variables/tea.yml", "boil: '煮\n"),
    ]);
    assert_eq!(
        faults(&site(folder.path())),
        [
            "2:8 file: a quote is opened here and not closed < 1:1",
            "translations/zh/data/variables/tea.yml 1:7 file: a quote is opened here and not closed < 1:1"
        ]
    );
}

#[test]
fn a_language_that_equals_its_source_has_no_damage() {
    let odd = format!("{FRONT}{{% note %}} ** a ** [b] (/c) `d <0> <b> \u{200b}\n\n##e\n");
    let folder = written(&[
        ("content/tea.md", &odd),
        (OWN, &odd),
        ("translations/zh/data/variables/product.yml", "name: Kettle\nold_name: Pot\n"),
    ]);
    assert_eq!(faults(&site(folder.path())), Vec::<String>::new());
}

/// The corpus with what `own` makes of the texts of the default language in the place of the Chinese ones.
fn corpus(own: impl Fn(&str, String) -> String) -> Option<Arc<Site>> {
    let (root, config) = shared::corpus_for_long()?;
    let hold = |inventory: &Inventory, shelf: &mut Shelf| {
        for input in &inventory.inputs {
            let Some(path) = input.path.strip_prefix("translations/zh-CN/") else { continue };
            if let Ok(text) = std::fs::read_to_string(root.join(path)) {
                shelf.hold(&input.path, &own(path, text));
            }
        }
    };
    Some(pipeline::stages::read_with(&root, &config, hold).value)
}

#[test]
fn the_corpus_beside_itself_has_no_damage() {
    let Some(same) = corpus(|_, text| text) else { return };
    assert_eq!(faults(&same), Vec::<String>::new());
    // Texts that are equal are not looked at; these are equal but for a last line.
    let longer = |path: &str, text: String| match path.ends_with(".md") {
        true => format!("{}\n\nMore.\n", text.trim_end()),
        false => text,
    };
    let longer = corpus(longer).expect("it was there");
    assert_eq!(faults(&longer), Vec::<String>::new());
}
