// Two variants of a page side by side: from difference to difference, and as the files of both are.
import { createBar } from "./bar.js";
import { createDock } from "./dock.js";
import { ask, listen } from "./events.js";
import { closeWithEscape, connection, reload, restoreScroll } from "./page.js";
import { parse } from "./swap.js";
import { words } from "./words.js";

const ONLY = "variorum-preview-only-differences";
const SAME = ["same", "translated"];

/** Begins, on a page with `?compare=VARIANT`. */
export async function start() {
  restoreScroll();
  const compared = new URLSearchParams(location.search).get("compare");
  const bar = createBar(createDock(), { compared });
  const rows = createRows(bar.say);
  closeWithEscape(() => bar.closeMenus());
  const tell = async () => {
    const told = await ask("page", location.pathname);
    if (told) bar.show(told);
    return told;
  };
  const acts = { renew: () => renew(rows), tell, say: bar.say };
  follow(location.pathname, await tell(), acts);
  // The source of a translation is on the left, whichever of the two the address names.
  const paths = [...document.querySelectorAll(".head h2 a")].map(({ pathname }) => pathname);
  for (const other of paths.filter((path) => path !== location.pathname)) follow(other, await ask("page", other), acts);
}

function follow(path, info, { renew, tell, say }) {
  if (!info) return;
  let { token } = info;
  const change = (act) => async (next) => {
    if (next === token) return;
    token = next;
    await act();
    tell();
  };
  listen(path, () => token, { changed: change(renew), told: change(() => {}), ...connection(say) });
}

/** The parts of the page that are other ones when the files are. */
const PARTS = ["main", ".compare-bar"];

// The place stays, as the window does not move.
async function renew(rows) {
  const response = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  const page = response?.ok && !response.redirected ? parse(await response.text()) : null;
  const pairs = PARTS.map((part) => [document, page].map((side) => side?.querySelector(part)));
  if (pairs.some(([shown, next]) => !shown !== !next)) return reload();
  const { scrollX: left, scrollY: top } = window;
  for (const [shown, next] of pairs) shown?.replaceChildren(...[...next.childNodes].map((node) => document.importNode(node, true)));
  document.title = page.title;
  rows.settle();
  scrollTo({ left, top, behavior: "instant" });
}

function createRows(say) {
  const all = () => [...document.querySelectorAll(".pair[data-status]")];
  const differs = (row) => !SAME.includes(row.dataset.status);
  let isOnly = remembered();

  function settle() {
    const pairs = document.querySelector(".pairs");
    if (pairs) pairs.dataset.only = isOnly ? "differences" : "";
    for (const button of document.querySelectorAll("[data-action=only-differences]")) button.setAttribute("aria-pressed", String(isOnly));
  }

  function toggle() {
    isOnly = !isOnly;
    remember(isOnly);
    settle();
    say(isOnly ? words.onlyDifferences : words.everything);
  }

  // From the row that was gone to last, or from what is seen where the reader has moved on.
  let last = null;
  function step(by) {
    const rows = all().filter(differs);
    if (rows.length === 0) return say(words.noDifferences);
    const from = rows.indexOf(last);
    const middle = innerHeight / 2;
    const tops = rows.map((row) => row.getBoundingClientRect());
    const next = by > 0 ? tops.findIndex(({ top }) => top > middle) : tops.findLastIndex(({ bottom }) => bottom < middle);
    const at = from >= 0 ? (from + by + rows.length) % rows.length : next >= 0 ? next : by > 0 ? 0 : rows.length - 1;
    last = rows[at];
    show(last);
    say(words.difference(at + 1, rows.length));
  }

  const actions = { next: () => step(1), previous: () => step(-1), "only-differences": toggle };
  document.addEventListener("click", ({ target }) => actions[target.closest?.("[data-action]")?.dataset.action]?.());
  document.addEventListener("keydown", (event) => {
    const isTyping = event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select");
    const by = { n: 1, p: -1 }[event.key];
    if (by && !isTyping) step(by);
    else if (/^(Page|Arrow|Home|End)/.test(event.key)) last = null;
  });
  for (const way of ["wheel", "touchmove"]) addEventListener(way, () => (last = null), { passive: true });
  settle();
  return { settle };
}

function show(row) {
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  const { matches: isStill } = matchMedia("(prefers-reduced-motion: reduce)");
  row.scrollIntoView({ block: "center", behavior: isStill ? "instant" : "smooth" });
}

// Browsers can forbid storage.
function remembered() {
  try {
    return localStorage.getItem(ONLY) === "true";
  } catch {
    return false;
  }
}

function remember(isOnly) {
  try {
    localStorage.setItem(ONLY, String(isOnly));
  } catch {}
}
