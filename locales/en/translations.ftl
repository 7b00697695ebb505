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
translations-no-repository = the site does not lie in a git repository
translations-shallow = the repository is a shallow clone
translations-unreadable = the repository cannot be read: { $why }
translations-no-past = note: { $why }, so only front matter and locks tell what is stale
compare-ignored = this page is not to be translated: `ignore` of the language in variorum.yml names it

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
status-interface = { $count ->
    [one] { $count } word of the interface is shown in English: write it into `{ $file }`
   *[other] { $count } words of the interface are shown in English: write them into `{ $file }`
}
status-orphans-heading = Translations without a source
status-orphans = { $count ->
    [one] { $count } file is a translation of nothing: its source is gone
   *[other] { $count } files are translations of nothing: their sources are gone
}
status-orphan-strings = { $count ->
    [one] { $count } string is a translation of nothing: its source is gone
   *[other] { $count } strings are translations of nothing: their sources are gone
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
# The kind of finding is for languages that the parser does not speak.
damage-parser = { $rule ->
   *[other] { $message }
}
damage-parser-cure = { $cure ->
   *[other] { $hint }
}
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
damage-prints-item = an item of a list is shown as text
damage-prints-strong-hint = put no space between the asterisks and the words inside them
damage-prints-link-hint = write `[text](address)` without spaces between its parts
damage-prints-fence-hint = write the backticks at the beginning of lines of their own
damage-prints-heading-hint = write the heading on a line of its own, with a space behind `#`
damage-prints-item-hint = leave no blank line inside an item, and one before a list that begins anew
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
# Behind `damage-count`, where a baseline says what is known.
damage-known = , { $count } known
damage-fixed = repaired { $count } of them in { $files } files
damage-would-fix = would repair { $count } of them in { $files } files
damage-left-alone = left alone: { $why }

## import and export: `variorum translations import`, `variorum translations export`

import-malformed-hint = give the file back to the program that wrote it, or mend it there
import-take-out-hint = take it out
import-keep-hint = export the texts again, and keep ids, names, contexts and sources
import-again-hint = export the texts again: what is translated already stays
import-by-hand-hint = put it in by hand, where the source has it
import-xml-malformed = the XML is malformed: { $why }
import-xml-ends = the file ends inside an element
import-xml-doctype = there is a document type, which XLIFF does not have
import-xml-entity = there is no entity `&{ $name };`
import-xml-entity-hint = write the character itself
import-xml-deep = more than { $most } elements stand in one another
import-xml-attribute = an attribute is malformed: { $why }
import-xml-missing = `<{ $element }>` has no attribute `{ $attribute }` that can be read
import-xliff-hint = export the texts again; XLIFF 2.0, 2.1 and 2.2 can be read
import-xliff-other = this is no XLIFF 2 document
import-xliff-version = the version of XLIFF is `{ $version }`
import-xliff-segments = the unit `{ $id }` is in several segments
import-xliff-segments-hint = put the segments of the unit together again
import-xliff-inline = `<{ $element }>` cannot stand in a text
import-po-hint = look at the file with `msgfmt --check`, or export the texts again
import-po-string = a string belongs to nothing
import-po-plural = the entry has forms for numbers, which no text of a site has
import-po-keyword = `{ $word }` is no keyword
import-po-twice = there are two `{ $word }` in an entry
import-po-incomplete = the entry has no `msgid` or no `msgstr`
import-po-context = the context names no text: there is no `{ $sign }` in it
import-po-quote = a string has to begin here with `"`
import-po-open = the string does not end on its line
import-po-behind = something stands behind the string
import-po-escape = there is no such escape
import-csv-hint = export the texts again, and keep the first row
import-csv-open = the quotes of a cell do not end
import-csv-open-hint = put a quote behind the cell; a quote inside it is written twice
import-csv-empty = the table is empty
import-csv-column = the table has no column `{ $column }`
import-csv-row = the row cannot be read: { $why }
import-no-file = the site has no texts in `{ $file }`
import-no-file-hint = look whether the page was moved, and export the texts again
import-changed-source = the source of `{ $id }` has changed since the export
import-unknown-text = there is no text `{ $id }` in `{ $file }`
import-other-source = the source of `{ $id }` is not that of the site
import-unknown-mark = the place `{ $id }` stands for nothing in the source
import-other-translation = the site has another translation of this text since the export
import-other-translation-hint = compare the two, and export again to go on from the one of the site
import-twice = the text is translated otherwise at { $place }
import-twice-hint = leave one of the two out
import-thing-changed = `{ $lost }` was changed into `{ $added }`
import-thing-changed-hint = write `{ $lost }` as the source has it
import-thing-lost = `{ $lost }` is missing
import-thing-lost-hint = put it where it belongs in the translation
import-thing-added = `{ $added }` is not in the source
import-thing-doubled = `{ $thing }` is there { $here } times, and { $there } in the source
import-line-break = there is a line break in it
import-line-break-hint = write it on one line
import-empty-line = there is an empty line in it
import-other-block = it would be another kind of block than the source
import-other-block-hint = begin its lines with words, not with signs that Markdown knows
import-tags-swapped = the tags are in an order that makes no sense
import-elements-swapped = the HTML elements are in an order that makes no sense
import-swapped-hint = put what opens before what closes, as in the source
import-unreadable = `{ $file }` cannot be read, so that nothing can be put into it
import-unreadable-source = the source of `{ $file }` cannot be read
import-unreadable-hint = mend the file first: `variorum check` tells what is wrong
import-no-place = `{ $file }` has no place for it: other blocks stand there
import-no-key = `{ $file }` is written in a way that has no place for it
import-no-front-matter = `{ $file }` has no front matter
import-no-front-matter-hint = begin the file with two lines `---`
import-no-new-file = `{ $file }` cannot be made from its source
import-told = { $count ->
    [one] { $count } text is written
   *[other] { $count } texts are written
}, { $unchanged } unchanged
import-refused = { $count ->
    [one] { $count } text is refused
   *[other] { $count } texts are refused
}
import-empty = { $count ->
    [one] { $count } text has no translation yet
   *[other] { $count } texts have no translation yet
}
import-open = { $count ->
    [one] { $count } text is marked to be looked at again, and is not taken
   *[other] { $count } texts are marked to be looked at again, and are not taken
}
import-unknown-format = `{ $file }` is no XLIFF, PO or CSV by its name: end it with .xliff, .po or .csv
import-too-large = `{ $file }` has more than { $most } bytes: hand it over in parts
import-not-text = the file is not in UTF-8
import-not-text-hint = save it in UTF-8
import-error = error: { $place }: { $message }
import-help = help: { $hint }
export-told = { $count ->
    [one] { $count } text of
   *[other] { $count } texts of
} { $files ->
    [one] { $files } file
   *[other] { $files } files
}

## review: `variorum translations review`

review-title = Review of a translation
review-page = page
review-places = places to do
review-search = search pages
review-help = Open a page to see the source beside its translation; the keys n and p go to the next and the previous place.
review-to-do = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}; places to do: { $places }; words to do: { $words }
review-told = { $count ->
    [one] { $count } page is written: open `{ $folder }/index.html`
   *[other] { $count } pages are written: open `{ $folder }/index.html`
}
review-unknown-version = there is no version `{ $name }`: known are { $known }
review-of-a-build = `{ $folder }` holds a site that was built: name another folder for the review
