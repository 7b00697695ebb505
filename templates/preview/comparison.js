// Two variants of a page side by side, as the files of both are. `rows.js` goes from difference to difference.
import { createBar } from "./bar.js";
import { createDock } from "./dock.js";
import { ask, listen } from "./events.js";
import { closeWithEscape, connection, reload, restoreScroll } from "./page.js";
import { parse } from "./swap.js";

/** Begins, on a page with `?compare=VARIANT`. */
export async function start() {
  restoreScroll();
  const compared = new URLSearchParams(location.search).get("compare");
  const bar = createBar(createDock(), { compared });
  closeWithEscape(() => bar.closeMenus());
  const tell = async () => {
    const told = await ask("page", location.pathname);
    if (told) bar.show(told);
    return told;
  };
  // What the comparison shows is told by its own address, as it is made of more than the two pages.
  const { documentElement } = document;
  const token = () => documentElement.dataset.token;
  listen(location.pathname + location.search, token, { changed: () => renew().then(tell), told: tell, ...connection(bar.say) });
  const info = await tell();
  if (!info) return;
  let known = info.token;
  const news = (next) => {
    known = next;
    tell();
  };
  listen(location.pathname, () => known, { changed: news, told: news, ...connection(bar.say) });
}

/** The parts of the page that are other ones when the files are. */
const PARTS = ["main", ".compare-bar"];

// The place stays, as the window does not move.
async function renew() {
  const response = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  const page = response?.ok && !response.redirected ? parse(await response.text()) : null;
  const pairs = PARTS.map((part) => [document, page].map((side) => side?.querySelector(part)));
  if (pairs.some(([shown, next]) => !shown !== !next)) return reload();
  const { scrollX: left, scrollY: top } = window;
  for (const [shown, next] of pairs) shown?.replaceChildren(...[...next.childNodes].map((node) => document.importNode(node, true)));
  document.title = page.title;
  document.documentElement.dataset.token = page.documentElement.dataset.token;
  document.dispatchEvent(new Event("variorum-rows"));
  scrollTo({ left, top, behavior: "instant" });
}
