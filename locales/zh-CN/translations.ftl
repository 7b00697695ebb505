# 程序对译者说的话。每条消息在每种语言中都有，变量相同；名称以所属范围开头。

## severity：问题的严重程度

severity-error = 错误
severity-warning = 警告

## rules：`variorum rules`

rules-heading = { $code }：{ $severity }
rules-why = 为什么重要
rules-example = 示例
rules-cure = 如何修复
rules-count = 共有 { $count } 种问题类型
rules-more = 运行 `variorum rules CODE` 可查看其中一种的详细说明。
rules-unknown = 没有规则 `{ $code }`
rules-near = 您要找的是 `{ $code }` 吗？
rules-list = 运行 `variorum rules` 可列出所有规则

## translations: what several commands of `variorum translations` say

translations-unknown-language = 没有译文 `{ $name }`：已知的有 { $known }
translations-unknown-page = `{ $name }` 不是本站点的页面，也不是数据文件
translations-did-you-mean = 您是想写 `{ $name }` 吗？
translations-no-past = 注意：{ $why }，因此只能从 front matter 和锁文件判断哪些译文已过期

## status: `variorum translations status`

status-title = 翻译进度
status-total = 总数
status-translated = 已翻译
status-identical = 与原文相同
status-stale = 已过期
status-incomplete = 不完整
status-missing = 未翻译
status-fallback = 显示原文
status-damaged = 有损坏
status-pages = 页面
status-strings = 字符串
status-sections = 小节
status-words = 词
status-words-open = 待译词数
status-products = 按产品
status-versions = 按版本
status-files = 文件
status-state = 状态
status-progress = 进度
status-filter = 筛选文件
status-to-do = 待译词数：{ $words }（未翻译 { $missing }，已过期 { $stale }，显示原文 { $fallback }）
status-orphans-heading = 原文已不存在的文件
status-orphans = { $count } 个译文文件没有对应的原文：原文已不存在

## diff: `variorum translations diff`

diff-untranslated = 还没有译文
diff-unknown = 无法得知译文对应原文的哪个版本
diff-since-commit = 自 front matter 所写的提交以来
diff-since-lock = 自上次确认以来
diff-since-history = 自上次改写以来
diff-nothing = 没有变化
diff-sections = { $count } 个小节有变化
diff-not-kept = 另一段文字；锁文件只保存摘要
diff-no-counterpart = 译文中没有对应内容

## accept: `variorum translations accept`

accept-unknown-section = 没有小节 `{ $section }`：请写标题的 id，或 front matter 的键
accept-untranslated = `{ $file }` 还没有译文
accept-whole-page = `{ $file }` 写明了所对应的提交：只能整页确认，不能使用 --section
accept-uncommitted = 原文 `{ $file }` 的当前内容尚未提交：请先提交，译文才能写明对应的提交
accept-told = { $sections } 个小节现已是最新（{ $files } 个文件）
