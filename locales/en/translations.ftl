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
status-to-do = words to do: { $words } ({ $missing } missing, { $stale } stale, { $fallback } in fallback)
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
