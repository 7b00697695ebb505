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
translations-no-repository = 站点不在 git 仓库中
translations-shallow = 仓库是浅克隆
translations-unreadable = 仓库无法读取：{ $why }
translations-no-past = 注意：{ $why }，因此只能从 front matter 和锁文件判断哪些译文已过期
compare-ignored = 此页面无需翻译：variorum.yml 中该语言的 `ignore` 列出了它

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
status-interface = 界面中有 { $count } 处文字以英文显示：请写入 `{ $file }`
status-orphans-heading = 原文已不存在的译文
status-orphans = { $count } 个译文文件没有对应的原文：原文已不存在
status-orphan-strings = { $count } 个字符串的译文没有对应的原文：原文已不存在

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
damage-parser = { $rule }（{ $message }）
damage-parser-cure = { $cure }（{ $hint }）
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
damage-prints-item = 列表项显示为文字
damage-prints-strong-hint = 请不要在星号与其中的文字之间加空格
damage-prints-link-hint = 请写成 `[文字](地址)`，各部分之间不加空格
damage-prints-fence-hint = 请将反引号写在单独一行的开头
damage-prints-heading-hint = 请将标题单独写成一行，并在 `#` 后加一个空格
damage-prints-item-hint = 请不要在一项之内留空行，并在重新开始的列表之前留一个空行
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
damage-known = ，已知 { $count } 处
damage-fixed = 已修复 { $count } 处，涉及 { $files } 个文件
damage-would-fix = 将修复 { $count } 处，涉及 { $files } 个文件
damage-left-alone = 未改动：{ $why }

## import and export: `variorum translations import`, `variorum translations export`

import-malformed-hint = 请交还给写出该文件的程序，或在那里修正
import-take-out-hint = 请删除它
import-keep-hint = 请重新导出，并保留编号、名称、上下文和原文
import-again-hint = 请重新导出：已经翻译的内容会保留
import-by-hand-hint = 请手动放到原文所在的位置
import-xml-malformed = XML 格式错误：{ $why }
import-xml-ends = 文件在元素内部结束
import-xml-doctype = 存在文档类型声明，而 XLIFF 没有这种声明
import-xml-entity = 没有实体 `&{ $name };`
import-xml-entity-hint = 请直接写出该字符
import-xml-deep = 元素嵌套超过 { $most } 层
import-xml-attribute = 属性格式错误：{ $why }
import-xml-missing = `<{ $element }>` 没有可读取的属性 `{ $attribute }`
import-xliff-hint = 请重新导出；可以读取 XLIFF 2.0、2.1 和 2.2
import-xliff-other = 这不是 XLIFF 2 文档
import-xliff-version = XLIFF 的版本是 `{ $version }`
import-xliff-segments = 单元 `{ $id }` 被分成了几段
import-xliff-segments-hint = 请把该单元的各段重新合并
import-xliff-inline = `<{ $element }>` 不能出现在文本中
import-po-hint = 请用 `msgfmt --check` 检查该文件，或重新导出
import-po-string = 字符串不属于任何条目
import-po-plural = 条目带有复数形式，而站点的文本没有这种形式
import-po-keyword = `{ $word }` 不是关键字
import-po-twice = 一个条目中有两个 `{ $word }`
import-po-incomplete = 条目缺少 `msgid` 或 `msgstr`
import-po-context = 上下文没有指明文本：其中没有 `{ $sign }`
import-po-quote = 字符串必须在此处以 `"` 开头
import-po-open = 字符串没有在本行结束
import-po-behind = 字符串后面还有内容
import-po-escape = 没有这种转义
import-csv-hint = 请重新导出，并保留第一行
import-csv-open = 单元格的引号没有结束
import-csv-open-hint = 请在单元格末尾加上引号；单元格内的引号要写两次
import-csv-empty = 表格是空的
import-csv-column = 表格没有列 `{ $column }`
import-csv-row = 无法读取该行：{ $why }
import-no-file = 站点在 `{ $file }` 中没有文本
import-no-file-hint = 请查看页面是否已移动，然后重新导出
import-changed-source = `{ $id }` 的原文在导出之后已更改
import-unknown-text = `{ $file }` 中没有文本 `{ $id }`
import-other-source = `{ $id }` 的原文与站点的不同
import-unknown-mark = 占位符 `{ $id }` 在原文中没有对应内容
import-other-translation = 导出之后，站点中该文本已有另一译文
import-other-translation-hint = 请比较两者，然后重新导出，以站点的译文为基础继续
import-twice = 该文本在 { $place } 有不同的译文
import-twice-hint = 请删除其中之一
import-thing-changed = `{ $lost }` 被改成了 `{ $added }`
import-thing-changed-hint = 请按原文写作 `{ $lost }`
import-thing-lost = 缺少 `{ $lost }`
import-thing-lost-hint = 请放到译文中应在的位置
import-thing-added = 原文中没有 `{ $added }`
import-thing-doubled = `{ $thing }` 出现了 { $here } 次，原文中为 { $there } 次
import-line-break = 其中有换行
import-line-break-hint = 请写在一行内
import-empty-line = 其中有空行
import-other-block = 它会成为与原文不同的块
import-other-block-hint = 请让各行以文字开头，而不是以 Markdown 的符号开头
import-tags-swapped = 标签的顺序不成立
import-elements-swapped = HTML 元素的顺序不成立
import-swapped-hint = 请像原文那样，先开后闭
import-unreadable = 无法读取 `{ $file }`，因此不能写入任何内容
import-unreadable-source = 无法读取 `{ $file }` 的原文
import-unreadable-hint = 请先修正该文件：`variorum check` 会说明问题
import-no-place = `{ $file }` 中没有它的位置：那里是其他块
import-no-key = `{ $file }` 的写法没有它的位置
import-no-front-matter = `{ $file }` 没有前置元数据
import-no-front-matter-hint = 请让文件以两行 `---` 开头
import-no-new-file = 无法根据原文创建 `{ $file }`
import-told = 已写入 { $count } 条文本，{ $unchanged } 条没有变化
import-refused = 已拒绝 { $count } 条文本
import-empty = { $count } 条文本还没有译文
import-open = { $count } 条文本标为待查，未采用
import-unknown-format = 从名称看，`{ $file }` 不是 XLIFF、PO 或 CSV：请以 .xliff、.po 或 .csv 结尾
import-too-large = `{ $file }` 超过 { $most } 字节：请分批交付
import-not-text = 文件不是 UTF-8 编码
import-not-text-hint = 请保存为 UTF-8
import-error = 错误：{ $place }: { $message }
import-help = 帮助：{ $hint }
export-told = { $files } 个文件的 { $count } 条文本

## review: `variorum translations review`

review-title = 译文审阅
review-page = 页面
review-places = 待处理处数
review-search = 搜索页面
review-help = 打开页面即可对照原文与译文；按 n 键和 p 键跳到下一处和上一处。
review-to-do = { $pages } 个页面；待处理 { $places } 处；待译 { $words } 词
review-told = 已写入 { $count } 个页面：请打开 `{ $folder }/index.html`
review-unknown-version = 没有版本 `{ $name }`：已知版本有 { $known }
review-of-a-build = `{ $folder }` 中是构建好的站点：请为审阅另选一个文件夹
