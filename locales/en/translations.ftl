# What the program says to people who translate. Every message is in every language, with the same variables; names
# begin with their area. `tests/messages.rs` holds code and files together.

## severity: how serious a finding is

severity-error = error
severity-warning = warning

## rules: `variorum rules`

rules-heading = { $code }: { $severity }
rules-why = Why it matters
rules-example = For example
rules-cure = How to fix it
rules-count = { $count ->
    [one] { $count } kind of finding
   *[other] { $count } kinds of findings
}
rules-more = `variorum rules CODE` tells more about one of them.
rules-unknown = there is no rule `{ $code }`
rules-near = did you mean `{ $code }`?
rules-list = run `variorum rules` for the list of all
