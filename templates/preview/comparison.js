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
  const acts = { renew, tell, say: bar.say };
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
async function renew() {
  const response = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  const page = response?.ok && !response.redirected ? parse(await response.text()) : null;
  const pairs = PARTS.map((part) => [document, page].map((side) => side?.querySelector(part)));
  if (pairs.some(([shown, next]) => !shown !== !next)) return reload();
  const { scrollX: left, scrollY: top } = window;
  for (const [shown, next] of pairs) shown?.replaceChildren(...[...next.childNodes].map((node) => document.importNode(node, true)));
  document.title = page.title;
  document.dispatchEvent(new Event("variorum-rows"));
  scrollTo({ left, top, behavior: "instant" });
}
