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
status-to-do = 待办：{ $words } 词（未翻译 { $missing }，已过期 { $stale }，显示原文 { $fallback }）
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

## damage：译文中的问题

damage-mark = `{ $wrong }` 在原文中是 `{ $right }`
damage-mark-hint = 请写成 `{ $right }`
damage-lost-mark = `{ $wrong }` 已损坏
damage-lost-mark-hint = 请按原文修正该标记
damage-not-raw = `{ $output }` 在原文中不会求值
damage-not-raw-hint = 请用 `{ $begin }` 和 `{ $end }` 包住它
damage-parser = { $message }
damage-parser-hint = 请按原文修正
damage-fence = 代码块 `{ $wrong }` 在原文中是 `{ $right }`
damage-fence-hint = 请按原文书写代码块的第一行
damage-open-fence = 代码块没有结束
damage-open-fence-hint = 请在单独一行写上反引号来结束它
damage-link = `{ $wrong }` 在原文中指向 `{ $right }`
damage-link-hint = 请写成 `]({ $right })`
damage-no-address = `{ $address }` 不是地址；该链接已省略
damage-no-address-hint = 请使用原文的地址
damage-placeholder = `{ $text }` 是机器翻译留下的
damage-placeholder-hint = 请删除它
damage-hidden = 原文中没有看不见的字符 { $character }
damage-hidden-hint = 请删除该字符，或写成普通空格
damage-loose-end = `</{ $element }>` 没有对应的开始标签
damage-loose-begin = `<{ $element }>` 没有结束标签
damage-loose-hint = 请按原文书写这些元素
damage-backtick = 反引号没有开始任何代码
damage-backtick-hint = 请按原文书写代码
damage-cycle = `{ $chain }` 是循环引用
damage-cycle-hint = 请按原文书写引用
damage-prints = `{ $syntax }` 会显示给读者
damage-prints-table = 表格显示为文字
damage-prints-strong-hint = 请不要在星号与其中的文字之间加空格
damage-prints-link-hint = 请写成 `[文字](地址)`，各部分之间不加空格
damage-prints-fence-hint = 请将反引号写在单独一行的开头
damage-prints-heading-hint = 请将标题单独写成一行，并在 `#` 后加一个空格
damage-prints-table-hint = 请按原文书写表格，每一行单独写成一行
damage-no-target = `{ $address }` 不是地址
damage-indented = 段落缩进过深，显示为代码
damage-indented-hint = 请按原文缩进
damage-cells = 这一行有 { $cells } 个单元格，而表格有 { $columns } 列
damage-cells-hint = 请按原文书写单元格
damage-level = 标题为 { $wrong } 级，在原文中为 { $right } 级
damage-empty-heading = 标题没有文字
damage-empty-heading-hint = 请将文字写在同一行中标记的后面
damage-element = 原文中没有元素 `{ $element }`
damage-wide = `{ $wrong }` 含有语法不使用的符号
damage-wide-hint = 请使用半角的括号、引号和符号
damage-key-name = 键 `{ $key }` 被翻译了
damage-key-name-hint = 请按原文书写该键
damage-key-type = `{ $key }` 的值与原文的形式不同
damage-key-value = `{ $key }` 的值 `{ $wrong }` 被翻译了
damage-key-value-hint = 请删除该键：结构只取自原文
damage-count = 共有 { $count } 处损坏
damage-fixed = 已修复 { $count } 处，涉及 { $files } 个文件
damage-would-fix = 将修复 { $count } 处，涉及 { $files } 个文件
damage-left-alone = 未改动：{ $why }
