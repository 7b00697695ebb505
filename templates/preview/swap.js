// New content in place of the old, without loading the page again: only what differs is replaced. Pages are compared as
// they were served, since scripts have altered the one that is shown.

/** What can be replaced; everything around it has to be the same. */
const REGIONS = "main, #theme-navigation, .pickers, body > footer";

/** What is compared piece by piece inside a region. */
const PIECES = "[data-block], h1, h2, h3, h4, h5, h6, p, li, dt, dd, tr, pre";

/** The preview's own elements in a page. */
const OWN = "script[src^='/_variorum/']";

/** A page as it was served. */
export function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/** The token of a page as it was served. */
export function tokenOf(page) {
  return page.querySelector(OWN)?.dataset.token;
}

/**
 * Shows `next` in place of `before`. False where that is not possible: where more differs than content and styles, or
 * where a script of the page does not say that it has set up the new content.
 */
export function swap(before, next) {
  const regions = [];
  const isSame = sameScripts(before, next) && sameStyles(before, next) && sameAttributes(before.documentElement, next.documentElement);
  if (!isSame || !sameFrame(before.body, next.body, regions)) return false;
  const shown = [...document.querySelectorAll(REGIONS)];
  const all = [...next.querySelectorAll(REGIONS)];
  if (shown.length !== all.length) return false;
  if (regions.some(([, after]) => scripts(after).length)) return false;
  swapHead(before, next);
  return regions.every(([old, after]) => swapRegion(shown[all.indexOf(after)], old, after));
}

/** Whether two pages differ in nothing that a reader sees. */
export function isEqual(before, next) {
  const own = [before, next].map((page) => [...page.querySelectorAll(OWN)]);
  const tokens = own.map((list) => list.map((script) => script.dataset.token));
  own.flat().forEach((script) => script.removeAttribute("data-token"));
  const equal = before.documentElement.isEqualNode(next.documentElement);
  own.forEach((list, page) => list.forEach((script, at) => (script.dataset.token = tokens[page][at])));
  return equal;
}

// Regions that differ are put into `regions`; false where anything else does.
function sameFrame(before, next, regions) {
  if (before.isEqualNode(next)) return true;
  if (before.nodeName !== next.nodeName) return false;
  if (before.nodeType !== Node.ELEMENT_NODE) return false;
  if (before.matches(OWN) && next.matches(OWN)) return true;
  if (!sameAttributes(before, next)) return false;
  if (before.matches(REGIONS)) return regions.push([before, next]) > 0;
  const { length } = before.childNodes;
  if (length !== next.childNodes.length) return false;
  return [...before.childNodes].every((child, at) => sameFrame(child, next.childNodes[at], regions));
}

function sameAttributes(before, next) {
  return before.cloneNode().isEqualNode(next.cloneNode());
}

function scripts(part) {
  return [...part.querySelectorAll("script")].filter((script) => !script.matches(OWN) && !/json/.test(script.type));
}

function sameScripts(before, next) {
  const [a, b] = [scripts(before), scripts(next)];
  return a.length === b.length && a.every((script, at) => script.isEqualNode(b[at]));
}

const styles = (page) => [...page.querySelectorAll("style, link[rel=stylesheet]")];
const pathOf = (address) => address.split("?")[0];

// A stylesheet may have another mark of its content behind the question mark.
function sameStyles(before, next) {
  const plain = (style) => (style.localName === "link" ? pathOf(style.getAttribute("href")) : style.outerHTML);
  return styles(before).map(plain).join("\n") === styles(next).map(plain).join("\n");
}

function swapHead(before, next) {
  if (before.title !== next.title) document.title = next.title;
  const old = styles(before);
  styles(next).forEach((style, at) => {
    const address = style.getAttribute("href");
    if (address !== old[at].getAttribute("href")) swapStyle(old[at].getAttribute("href"), style);
  });
  const inert = (page) => [...page.head.querySelectorAll("meta, link:not([rel=stylesheet]), script[type*=json]")];
  const gone = inert(before).filter((node) => !inert(next).some((other) => other.isEqualNode(node)));
  const come = inert(next).filter((node) => !inert(before).some((other) => other.isEqualNode(node)));
  for (const node of gone) [...document.head.children].find((shown) => shown.isEqualNode(node))?.remove();
  document.head.append(...come.map((node) => document.importNode(node, true)));
}

// The old style stays until the new one is there, or everything would be bare for a moment.
function swapStyle(address, style) {
  const shown = [...document.querySelectorAll("link[rel=stylesheet]")].find((link) => link.getAttribute("href") === address);
  const fresh = document.importNode(style, true);
  fresh.addEventListener("load", () => shown?.remove(), { once: true });
  if (shown) shown.after(fresh);
  else document.head.append(fresh);
}

// False where a script of the page has not set up the new content.
function swapRegion(shown, before, next) {
  const names = [before, next].map((part) => (part.localName === "main" ? numbered(sayings(part)) : []));
  const kept = [keepDetails(shown), keepFocus(shown), keepPlace(shown, ...names)];
  shown.replaceChildren(...[...next.childNodes].map((node) => document.importNode(node, true)));
  const changed = changedPieces(pieces(shown), ...names);
  const waiting = new Set(scripts(document).filter((script) => script.src).map(({ src }) => new URL(src).pathname));
  shown.dispatchEvent(new CustomEvent("variorum:content", { bubbles: true, detail: waiting }));
  if (waiting.size) return false;
  for (const restore of kept) restore();
  mark(changed);
  return true;
}

const pieces = (part) => [...part.querySelectorAll(PIECES)];

// What a piece says, without the pieces in it and without the numbers of blocks.
function sayings(part) {
  const say = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeType === Node.TEXT_NODE ? node.data : "";
    if (node.matches(PIECES)) return "";
    if (!node.querySelector(PIECES)) return node.outerHTML;
    return node.cloneNode().outerHTML + [...node.childNodes].map(say).join("");
  };
  return pieces(part).map((piece) => {
    const own = piece.firstElementChild ? [...piece.childNodes].map(say).join("") : piece.textContent;
    return `${piece.cloneNode().outerHTML}${own}`.replace(/ data-block="\d+"/g, "");
  });
}

// Each saying with how often it was said before, so that equal ones are told apart.
function numbered(list) {
  const counts = new Map();
  return list.map((saying) => {
    const count = counts.get(saying) ?? 0;
    counts.set(saying, count + 1);
    return `${count} ${saying}`;
  });
}

function changedPieces(shown, before, next) {
  const known = new Set(before);
  return shown.filter((piece, at) => next[at] !== undefined && !known.has(next[at]));
}

// What the reader looks at stays where it is in the window, also when something above it has grown.
function keepPlace(shown, before, next) {
  const { scrollX: left, scrollY: top } = window;
  const places = new Map(next.map((name, at) => [name, at]));
  const old = pieces(shown);
  // The contents list may stand still beside the text.
  const isSeen = (piece) => !piece.closest("nav") && piece.getClientRects().length > 0 && piece.getBoundingClientRect().top >= 0;
  const found = top > 0 && old.length === before.length ? old.findIndex((piece, at) => places.has(before[at]) && isSeen(piece)) : -1;
  const offset = found < 0 ? 0 : old[found].getBoundingClientRect().top;
  return () => {
    const piece = found < 0 ? undefined : pieces(shown)[places.get(before[found])];
    const moved = piece?.getClientRects().length ? piece.getBoundingClientRect().top - offset + window.scrollY - top : 0;
    scrollTo({ left, top: top + moved, behavior: "instant" });
  };
}

function keepDetails(shown) {
  const list = (part) => [...part.querySelectorAll("details")];
  const name = (details) => details.querySelector("summary")?.textContent;
  const states = list(shown).map((details) => [name(details), details.open]);
  return () => {
    list(shown).forEach((details, at) => {
      const state = states[at]?.[0] === name(details) ? states[at] : states.find(([other]) => other === name(details));
      if (state) details.open = state[1];
    });
  };
}

function keepFocus(shown) {
  const { activeElement } = document;
  if (!activeElement || activeElement === shown || !shown.contains(activeElement)) return () => {};
  const isLike = (other) => ["href", "id", "name"].every((key) => other.getAttribute(key) === activeElement.getAttribute(key));
  const alike = () => [...shown.querySelectorAll(activeElement.localName)].filter((other) => isLike(other) && other.textContent === activeElement.textContent);
  const at = alike().indexOf(activeElement);
  return () => alike()[at]?.focus({ preventScroll: true });
}

function mark(changed) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const from = { outline: "2px solid rgb(46 160 67 / 90%)", outlineOffset: "4px" };
  for (const piece of changed.slice(0, 100)) {
    piece.animate([from, { ...from, offset: 0.3 }, { ...from, outlineColor: "rgb(46 160 67 / 0%)" }], { duration: 1600 });
  }
}
