// The rows of two pages side by side: from difference to difference, and only those that are asked for. It needs
// nothing but the page, so that it works in the preview and in a folder that was sent to somebody.
"use strict";

(() => {
  const ONLY = "variorum-preview-only-differences";
  const all = () => [...document.querySelectorAll(".pair[data-status]")];
  const isShown = (row) => row.getClientRects().length > 0;
  const filters = new Set();
  let isOnly = remembered();
  let last = null;

  function settle() {
    const known = new Set([...document.querySelectorAll("[data-filter]")].map(({ dataset }) => dataset.filter));
    for (const filter of filters) if (!known.has(filter)) filters.delete(filter);
    for (const row of all()) row.hidden = filters.size > 0 && !filters.has(row.dataset.status);
    const pairs = document.querySelector(".pairs");
    if (pairs) pairs.dataset.only = isOnly ? "differences" : "";
    press("[data-action=only-differences]", () => isOnly);
    press("[data-filter]", ({ dataset }) => filters.has(dataset.filter));
  }

  function press(buttons, isPressed) {
    for (const button of document.querySelectorAll(buttons)) button.setAttribute("aria-pressed", String(isPressed(button)));
  }

  function say(text) {
    const place = document.querySelector(".step");
    if (place) place.textContent = text;
  }

  const word = (name) => document.querySelector(".step")?.dataset[name] ?? "";

  function toggle() {
    isOnly = !isOnly;
    remember(isOnly);
    settle();
    say(word(isOnly ? "only" : "everything"));
  }

  function filter(status) {
    if (!filters.delete(status)) filters.add(status);
    settle();
  }

  // From the row that was gone to last, or from what is seen where the reader has moved on.
  function step(by) {
    const rows = all().filter((row) => "differs" in row.dataset && isShown(row));
    if (rows.length === 0) return say("");
    const from = rows.indexOf(last);
    const middle = innerHeight / 2;
    const boxes = rows.map((row) => row.getBoundingClientRect());
    // Nothing was passed by before the page was moved.
    const next = by > 0 ? boxes.findIndex(({ top }) => top > middle || scrollY === 0) : boxes.findLastIndex(({ bottom }) => bottom < middle);
    const at = from >= 0 ? (from + by + rows.length) % rows.length : next >= 0 ? next : by > 0 ? 0 : rows.length - 1;
    last = rows[at];
    show(last);
    say(word("step").replace("{at}", String(at + 1)).replace("{all}", String(rows.length)));
  }

  function show(row) {
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    const { matches: isStill } = matchMedia("(prefers-reduced-motion: reduce)");
    const isTall = row.offsetHeight > innerHeight / 2;
    row.scrollIntoView({ block: isTall ? "start" : "center", behavior: isStill ? "instant" : "smooth" });
  }

  // Browsers can forbid storage.
  function remembered() {
    try {
      return localStorage.getItem(ONLY) === "true";
    } catch {
      return false;
    }
  }

  function remember(value) {
    try {
      localStorage.setItem(ONLY, String(value));
    } catch {}
  }

  const actions = { next: () => step(1), previous: () => step(-1), "only-differences": toggle };
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-action], [data-filter]");
    if (button?.dataset.filter) filter(button.dataset.filter);
    else actions[button?.dataset.action]?.();
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select");
    const by = { n: 1, p: -1 }[event.key];
    if (by && !isTyping) step(by);
    else if (/^(Page|Arrow|Home|End)/.test(event.key)) last = null;
  });
  for (const way of ["wheel", "touchmove"]) addEventListener(way, () => (last = null), { passive: true });
  // Rows that were put in anew are shown as those before.
  document.addEventListener("variorum-rows", settle);
  settle();
})();
