//! The words of the page that compares two others.

use serde::Serialize;

/// What the page says.
#[derive(Debug, Serialize)]
pub(super) struct Labels {
    pub(super) tag: &'static str,
    title: &'static str,
    previous: &'static str,
    next: &'static str,
    only_differences: &'static str,
    no_differences: &'static str,
    open_page: &'static str,
    open_editor: &'static str,
    /// By [`super::Status`].
    status: Statuses,
    /// What stands in a gap.
    gap: Gaps,
    remarks: Remarks,
    only_left: &'static str,
    only_right: &'static str,
    fallback: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Statuses {
    same: &'static str,
    changed: &'static str,
    added: &'static str,
    removed: &'static str,
    translated: &'static str,
    missing: &'static str,
    fallback: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Gaps {
    added: &'static str,
    removed: &'static str,
    missing: &'static str,
    fallback: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Remarks {
    moved: &'static str,
    target: &'static str,
    partial: &'static str,
}

/// The words for a language: Chinese, or else English.
pub(super) fn labels(tag: &str) -> &'static Labels {
    if tag.split('-').next() == Some("zh") { &CHINESE } else { &ENGLISH }
}

const ENGLISH: Labels = Labels {
    tag: "en",
    title: "Side by side",
    previous: "Previous difference",
    next: "Next difference",
    only_differences: "Only differences",
    no_differences: "No differences",
    open_page: "Open the page",
    open_editor: "Open in the editor",
    status: Statuses {
        same: "same",
        changed: "changed",
        added: "added",
        removed: "removed",
        translated: "translated",
        missing: "missing",
        fallback: "not translated",
    },
    gap: Gaps {
        added: "Nothing here",
        removed: "Nothing here",
        missing: "No translation",
        fallback: "Nothing here",
    },
    remarks: Remarks {
        moved: "stands elsewhere on the right",
        target: "a link, a picture or code differs",
        partial: "something in it has nothing beside it",
    },
    only_left: "only left",
    only_right: "only right",
    fallback: "All of it is in the default language",
};

const CHINESE: Labels = Labels {
    tag: "zh-Hans",
    title: "并排对照",
    previous: "上一处差异",
    next: "下一处差异",
    only_differences: "只看差异",
    no_differences: "没有差异",
    open_page: "打开页面",
    open_editor: "在编辑器中打开",
    status: Statuses {
        same: "相同",
        changed: "有改动",
        added: "新增",
        removed: "已删除",
        translated: "已翻译",
        missing: "缺译文",
        fallback: "未翻译",
    },
    gap: Gaps {
        added: "此处无内容",
        removed: "此处无内容",
        missing: "没有译文",
        fallback: "此处无内容",
    },
    remarks: Remarks {
        moved: "在右侧位于别处",
        target: "链接、图片或代码不同",
        partial: "其中有内容没有对应部分",
    },
    only_left: "仅左侧",
    only_right: "仅右侧",
    fallback: "全文为默认语言",
};
