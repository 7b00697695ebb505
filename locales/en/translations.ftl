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

## translations: what several commands of `variorum translations` say

translations-unknown-language = there is no translation `{ $name }`: known are { $known }
translations-unknown-page = `{ $name }` is no page and no data file of the site
translations-did-you-mean = did you mean `{ $name }`?
translations-no-past = note: { $why }, so only front matter and locks tell what is stale

## status: `variorum translations status`

status-title = Translations
status-total = total
status-translated = translated
status-identical = identical
status-stale = stale
status-incomplete = incomplete
status-missing = missing
status-fallback = fallback
status-damaged = damaged
status-pages = pages
status-strings = strings
status-sections = sections
status-words = words
status-words-open = words to do
status-products = by product
status-versions = by version
status-files = file
status-state = state
status-progress = progress
status-filter = filter files
status-to-do = to do: { $words } words ({ $missing } missing, { $stale } stale, { $fallback } in fallback)
status-orphans-heading = Files without a source
status-orphans = { $count ->
    [one] { $count } file is a translation of nothing: its source is gone
   *[other] { $count } files are translations of nothing: their sources are gone
}

## diff: `variorum translations diff`

diff-untranslated = there is no translation yet
diff-unknown = nothing tells which text of the source it stands for
diff-since-commit = since the commit that its front matter names
diff-since-lock = since it was accepted
diff-since-history = since it was last rewritten
diff-nothing = nothing has changed
diff-sections = { $count ->
    [one] { $count } section has changed
   *[other] { $count } sections have changed
}
diff-not-kept = another text; the lock keeps digests only
diff-no-counterpart = nothing in the translation

## accept: `variorum translations accept`

accept-unknown-section = there is no section `{ $section }`: name the id of a heading, or a key of front matter
accept-untranslated = `{ $file }` has no translation yet
accept-whole-page = `{ $file }` names the commit it stands for: it is accepted as a whole, without --section
accept-uncommitted = the source `{ $file }` is not committed as it is: commit it first, so that the translation can name the commit
accept-told = { $sections ->
    [one] { $sections } section is up to date now
   *[other] { $sections } sections are up to date now
} ({ $files ->
    [one] { $files } file
   *[other] { $files } files
})

## damage: what is wrong with a translated text

damage-mark = `{ $wrong }` is `{ $right }` in the source
damage-mark-hint = write `{ $right }`
damage-lost-mark = `{ $wrong }` is damaged
damage-lost-mark-hint = mend the tag as in the source
damage-not-raw = `{ $output }` is raw in the source
damage-not-raw-hint = wrap it in `{ $begin }` and `{ $end }`
damage-parser = { $message }
damage-parser-hint = mend it as in the source
damage-fence = the code block `{ $wrong }` is `{ $right }` in the source
damage-fence-hint = write the first line of the block as in the source
damage-open-fence = a code block is not closed
damage-open-fence-hint = close it with its backticks on a line of their own
damage-link = `{ $wrong }` leads to `{ $right }` in the source
damage-link-hint = write `]({ $right })`
damage-no-address = `{ $address }` is no address; the link is left out
damage-no-address-hint = take the address from the source
damage-placeholder = `{ $text }` is left over from a machine
damage-placeholder-hint = remove it
damage-hidden = { $character }, which nobody sees, is not in the source
damage-hidden-hint = remove the character, or write a plain blank
damage-loose-end = `</{ $element }>` ends nothing
damage-loose-begin = `<{ $element }>` is not ended
damage-loose-hint = write the elements as in the source
damage-backtick = a backtick begins no code
damage-backtick-hint = write the code as in the source
damage-cycle = `{ $chain }` is a cycle of references
damage-cycle-hint = write the references as in the source
damage-prints = `{ $syntax }` is shown to readers
damage-prints-table = a table is shown as text
damage-prints-strong-hint = put no space between the asterisks and the words inside them
damage-prints-link-hint = write `[text](address)` without spaces between its parts
damage-prints-fence-hint = write the backticks at the beginning of lines of their own
damage-prints-heading-hint = write the heading on a line of its own, with a space behind `#`
damage-prints-table-hint = write the table as in the source, each row on a line of its own
damage-no-target = `{ $address }` is no address
damage-indented = a paragraph is indented so deep that it is shown as code
damage-indented-hint = indent it as in the source
damage-cells = a row has { $cells } cells in a table of { $columns } columns
damage-cells-hint = write the cells as in the source
damage-level = a heading of level { $wrong } has level { $right } in the source
damage-empty-heading = a heading has no text
damage-empty-heading-hint = write its text behind it on the same line
damage-element = the source has no element `{ $element }`
damage-wide = `{ $wrong }` has signs that syntax is not written with
damage-wide-hint = write plain brackets, quotes and signs
damage-key-name = the key `{ $key }` is translated
damage-key-name-hint = write the key as in the source
damage-key-type = `{ $key }` has a value of another form than in the source
damage-key-value = `{ $key }` has `{ $wrong }`, which is translated
damage-key-value-hint = remove the key: structure comes from the source alone
damage-count = { $count ->
    [one] { $count } damaged place
   *[other] { $count } damaged places
}
damage-fixed = repaired { $count } of them in { $files } files
damage-would-fix = would repair { $count } of them in { $files } files
damage-left-alone = left alone: { $why }
