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
