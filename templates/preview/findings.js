// Findings as people read them: what is wrong, where, the line, how it got there, what to do.
import { element, placeLink, placeText, way } from "./elements.js";
import { words } from "./words.js";

/** Findings, errors first. */
export function findingList(findings) {
  const rank = ({ severity }) => (severity === "error" ? 0 : 1);
  const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
  return element("ul", { class: "findings" }, sorted.map(finding));
}

/** How many there are, by severity: `2 errors, 1 warning`. */
export function countText(findings) {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  const parts = [errors && words.errors(errors), warnings && words.warnings(warnings)].filter(Boolean);
  return words.list(parts) || words.noFindings;
}

function finding({ code, severity, message, place, excerpt, trace, hints }) {
  const isError = severity === "error";
  return element(
    "li",
    { class: `finding ${isError ? "error" : "warning"}` },
    element("p", { class: "what" }, element("span", { class: "severity" }, isError ? words.error : words.warning), " ", element("code", { class: "code" }, code)),
    element("p", { class: "message", dir: "auto" }, inCode(message)),
    element("p", { class: "where" }, placeLink(place, placeText(place, true))),
    excerpt && line(excerpt),
    trace.length > 0 && element("p", { class: "trace" }, words.label(words.includedFrom), way(trace)),
    hints.map((hint) => element("p", { class: "hint", dir: "auto" }, element("b", {}, words.label(words.hint)), inCode(hint))),
  );
}

// The line may be long: what is wrong is scrolled into view by `showMarks`.
function line({ before, marked, after }) {
  const wrong = element("mark", { class: marked ? null : "empty" }, marked);
  return element("pre", { class: "line", tabindex: "0", role: "group", "aria-label": words.file, translate: "no" }, element("code", {}, before, wrong, after));
}

/** Brings the marked parts of long lines into view. */
export function showMarks(part) {
  for (const mark of part.querySelectorAll(".line mark")) {
    const box = mark.closest(".line");
    const offset = mark.getBoundingClientRect().left - box.getBoundingClientRect().left;
    if (offset > box.clientWidth - 32) box.scrollLeft = offset - box.clientWidth / 3;
  }
}

// Messages have names of the content in backticks.
function inCode(text) {
  return text.split("`").map((piece, at) => (at % 2 ? element("code", {}, piece) : piece));
}
