// The rules that pages are held to.

/** All that html-validate has as standard, recommends, and asks of whole documents. */
export const CONFIG = {
  root: true,
  extends: ["html-validate:standard", "html-validate:recommended", "html-validate:document"],
  rules: {
    // Of style alone: `<!doctype html>` is as right in small letters.
    "doctype-style": "off",
    // Of style alone: spaces at the end of a line are the author's, and change nothing.
    "no-trailing-whitespace": "off",
    // Advice for search engines: titles are the author's, and are shown as they are.
    "long-title": "off",
    // Advice on looks: numbers of telephones are text as well.
    "tel-non-breaking": "off",
    // Styles and scripts come from the same host as the page.
    "require-sri": "off",
    // ARIA lets all be named that has a role, lists too.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // The results of the search are links in groups below a field, which no element of HTML is. Nor did all browsers know
    // `<search>` a few years ago.
    "prefer-native-element": ["error", { exclude: ["listbox", "search"] }],
    // An id may begin with any letter or digit: those of headings are made of their text, and links lead to them.
    "valid-id": ["error", { relaxed: true }],
    // The results of the search are a list below a field, which no native element is.
    "prefer-native-element": ["error", { exclude: ["listbox"] }],
  },
};

/**
 * The same for texts of authors, whose headings may leave levels out: a page is no better if the program moves them. Link
 * tags make headings of the fourth level wherever they stand, as this content model has them.
 */
export const LENIENT = { ...CONFIG, rules: { ...CONFIG.rules, "heading-level": "off" } };
