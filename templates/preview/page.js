// The preview of a page: keeps it as its files are, and says what there is to say about it.
import { createBar } from "./bar.js";
import { createDock } from "./dock.js";
import { ask, listen } from "./events.js";
import { createOrigins } from "./origins.js";
import { createOverlay } from "./overlay.js";
import { isEqual, parse, swap, tokenOf } from "./swap.js";
import { words } from "./words.js";

/** Begins, for the page that was served with `token`. */
export function start(token) {
  restoreScroll();
  const path = location.pathname;
  const content = createContent(token);
  let info = null;
  const dock = createDock();
  const overlay = createOverlay(dock);
  let say = () => {};
  const origins = createOrigins(dock, { ask: () => ask("blocks", path), page: () => info, say: (text) => say(text) });
  let bar = null;

  async function tell() {
    const told = await ask("page", path);
    if (!told) return;
    info = told;
    bar ??= createBar(dock, { origins });
    say = bar.say;
    bar.show(info);
    overlay.show(info);
  }

  closeWithEscape(() => bar?.closeMenus() || origins.toggle(false) || overlay.hide());
  tell();
  listen(path, content.token, {
    async changed(next) {
      await content.renew(next);
      origins.forget();
      tell();
    },
    told(next) {
      content.tell(next);
      origins.forget();
      tell();
    },
    ...connection((...said) => say(...said)),
  });
}

/** What is said while the server is away. */
export function connection(say) {
  let isLost = false;
  return {
    lost() {
      if (!isLost) say(words.stopped, { stays: true });
      isLost = true;
    },
    found() {
      if (isLost) say(words.back);
      isLost = false;
    },
  };
}

/** Calls `close` for Esc, where nothing else of the page is closed by it. */
export function closeWithEscape(close) {
  document.addEventListener("keydown", (event) => {
    const isElse = document.querySelector("dialog[open], .picker[open], :popover-open");
    if (event.key === "Escape" && !event.defaultPrevented && !isElse && close()) event.preventDefault();
  });
}

// What the page shows, and how it becomes what the server has.
function createContent(token) {
  let before = null;
  let running = null;
  let isStale = false;

  // What was served, without what scripts have made of it since. Needed only when something changes.
  const idle = window.requestIdleCallback ?? setTimeout;
  idle(async () => {
    await remember();
    performance.mark("variorum: ready");
  });

  async function remember() {
    const html = await served();
    const page = html && parse(html);
    if (!before && page && tokenOf(page) === token) before = page;
  }

  async function once() {
    const html = await served();
    if (!html || !before) return reload();
    const start = performance.now();
    const page = parse(html);
    const next = tokenOf(page);
    // Nothing else than a picture can have changed where the page is the same: it is loaded anew.
    if (next !== token && (isEqual(before, page) || !swap(before, page))) return reload();
    performance.measure("variorum: new content", { start });
    before = page;
    token = next;
  }

  async function renew(next) {
    if (next === token) return;
    isStale = true;
    running ??= (async () => {
      while (isStale) {
        isStale = false;
        await once();
      }
      running = null;
    })();
    await running;
  }

  // The page looks the same, under another token.
  function tell(next) {
    token = next;
    if (!before) remember();
  }

  return { token: () => token, tell, renew };
}

async function served() {
  try {
    const response = await fetch(location.href, { cache: "no-store" });
    const isPage = !response.redirected && /html/.test(response.headers.get("Content-Type"));
    return isPage ? await response.text() : null;
  } catch {
    return null;
  }
}

const SCROLL = "variorum-preview-scroll";

/** Loads the page anew, at the same place. Browsers can forbid storage; most keep the place themselves. */
export function reload() {
  try {
    sessionStorage.setItem(SCROLL, JSON.stringify([location.href, scrollX, scrollY]));
  } catch {}
  location.reload();
  // Nothing comes after it.
  return new Promise(() => {});
}

/** The place that the page was at before it was loaded anew. */
export function restoreScroll() {
  try {
    const [address, left, top] = JSON.parse(sessionStorage.getItem(SCROLL)) ?? [];
    sessionStorage.removeItem(SCROLL);
    if (address === location.href) scrollTo({ left, top, behavior: "instant" });
  } catch {}
}
