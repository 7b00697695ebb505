// What is wrong with the page, over the page: the text below stays readable, and scrolls.
import { element } from "./elements.js";
import { countText, findingList, showMarks } from "./findings.js";
import { words } from "./words.js";

/** The overlay, which `show` fills from what is known of a page and takes away when there is nothing wrong. */
export function createOverlay(dock) {
  const title = element("h2", { id: "faults-title" });
  const note = element("p", { class: "note" });
  const list = element("div", { class: "scroll" });
  const close = element("button", { type: "button", class: "close", click: () => hide() }, words.hideFaults);
  const hint = element("p", { class: "quiet" }, words.hideHint);
  const box = element(
    "section",
    { class: "overlay", role: "dialog", "aria-labelledby": "faults-title", tabindex: "-1", hidden: true },
    element("div", { class: "head" }, title, close),
    note,
    list,
    hint,
  );
  dock.append(box);
  let shown;
  let focused;

  function show({ overlay, is_last_good: isLastGood, findings }) {
    const said = overlay ? JSON.stringify([isLastGood, findings]) : null;
    if (said === shown) return;
    shown = said;
    if (said === null || said === hiddenOf()) return leave();
    title.textContent = words.label(words.faults) + countText(findings);
    note.textContent = isLastGood ? words.lastGood : "";
    list.replaceChildren(findingList(findings));
    enter();
    list.scrollTop = 0;
    showMarks(list);
  }

  // Who is writing into a field is not interrupted.
  function enter() {
    const isNew = box.hidden;
    box.hidden = false;
    if (!isNew) return;
    focused = document.activeElement;
    const isBusy = focused?.matches("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]");
    if (!isBusy) box.focus({ preventScroll: true });
  }

  function leave() {
    if (box.hidden) return;
    const hasFocus = box.contains(box.getRootNode().activeElement);
    box.hidden = true;
    if (!hasFocus) return;
    if (focused?.isConnected && focused !== document.body) focused.focus({ preventScroll: true });
    else box.getRootNode().activeElement?.blur();
  }

  /** Hides it until the findings change; true if it was shown. */
  function hide() {
    if (box.hidden) return false;
    hideUntilChanged(shown);
    leave();
    return true;
  }

  return { show, hide };
}

// Also when the page is loaded again. Browsers can forbid storage.
const key = () => `variorum-preview-hidden ${location.pathname}`;

function hideUntilChanged(said) {
  try {
    sessionStorage.setItem(key(), said);
  } catch {}
}

function hiddenOf() {
  try {
    return sessionStorage.getItem(key());
  } catch {
    return null;
  }
}
