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
    /// The same where one is a translation of the other.
    previous_to_do: &'static str,
    next_to_do: &'static str,
    only_to_do: &'static str,
    nothing_to_do: &'static str,
    /// Where a reader is among the differences, or among what is to do: `{at}` of `{all}`.
    step: &'static str,
    step_to_do: &'static str,
    everything: &'static str,
    show_only: &'static str,
    contents: &'static str,
    before: &'static str,
    now: &'static str,
    open_page: &'static str,
    open_editor: &'static str,
    /// What opens the place of the source, and that of the translation.
    edit_source: &'static str,
    edit_translation: &'static str,
    /// By [`super::Status`].
    status: Statuses,
    /// What stands in a gap.
    gap: Gaps,
    remarks: Remarks,
    only_left: &'static str,
    only_right: &'static str,
    fallback: &'static str,
    /// By [`super::Reason`].
    reasons: Reasons,
    /// By [`super::ChangeKind`].
    changes: Changes,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Statuses {
    same: &'static str,
    changed: &'static str,
    added: &'static str,
    removed: &'static str,
    translated: &'static str,
    stale: &'static str,
    incomplete: &'static str,
    damaged: &'static str,
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

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Reasons {
    untranslated: &'static str,
    empty: &'static str,
    damaged: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Changes {
    words: &'static str,
    conditions: &'static str,
    unknown: &'static str,
    new: &'static str,
    gone: &'static str,
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
    previous_to_do: "Previous thing to do",
    next_to_do: "Next thing to do",
    only_to_do: "Only what is to do",
    nothing_to_do: "Nothing to do",
    step: "Difference {at} of {all}",
    step_to_do: "To do: {at} of {all}",
    everything: "Everything is shown",
    show_only: "Show only",
    contents: "All pages",
    before: "before",
    now: "now",
    open_page: "Open the page",
    open_editor: "Open in the editor",
    edit_source: "Edit the source",
    edit_translation: "Edit the translation",
    status: Statuses {
        same: "same",
        changed: "changed",
        added: "added",
        removed: "removed",
        translated: "translated",
        stale: "stale",
        incomplete: "incomplete",
        damaged: "damaged",
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
    reasons: Reasons {
        untranslated: "there is no translation of it",
        empty: "its translation is empty",
        damaged: "its translation is so damaged that readers get the source",
    },
    changes: Changes {
        words: "the source has changed since it was translated",
        conditions: "the conditions around it have changed since it was translated",
        unknown: "the source has changed since it was translated; nobody knows what it said before",
        new: "this is new in the source",
        gone: "this is gone from the source",
    },
};

const CHINESE: Labels = Labels {
    tag: "zh-Hans",
    title: "并排对照",
    previous: "上一处差异",
    next: "下一处差异",
    only_differences: "只看差异",
    no_differences: "没有差异",
    previous_to_do: "上一处待办",
    next_to_do: "下一处待办",
    only_to_do: "只看待办",
    nothing_to_do: "没有待办",
    step: "第 {at} 处差异，共 {all} 处",
    step_to_do: "待办：第 {at} 处，共 {all} 处",
    everything: "显示全部内容",
    show_only: "只看",
    contents: "所有页面",
    before: "之前",
    now: "现在",
    open_page: "打开页面",
    open_editor: "在编辑器中打开",
    edit_source: "编辑原文",
    edit_translation: "编辑译文",
    status: Statuses {
        same: "相同",
        changed: "有改动",
        added: "新增",
        removed: "已删除",
        translated: "已翻译",
        stale: "已过期",
        incomplete: "不完整",
        damaged: "有损坏",
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
    reasons: Reasons {
        untranslated: "没有译文",
        empty: "译文为空",
        damaged: "译文损坏严重，读者看到的是原文",
    },
    changes: Changes {
        words: "翻译之后原文有改动",
        conditions: "翻译之后原文的条件有改动",
        unknown: "翻译之后原文有改动；之前的内容已无从得知",
        new: "原文新增的内容",
        gone: "原文已删除的内容",
    },
};
