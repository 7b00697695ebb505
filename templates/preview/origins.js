// "Where does this come from?": which file and line a block of the page was written in, and what let it in.
import { element, isSafe, placeText } from "./elements.js";
import { words } from "./words.js";

/**
 * Shows where the block is from that the reader points at, while it is switched on or Alt is held. `ask` gives what is
 * known of the blocks, `page` what is known of the page; `say` shows a few words.
 */
export function createOrigins(dock, { ask, page, say }) {
  const frame = element("div", { class: "frame", hidden: true });
  const tip = element("div", { class: "tip", role: "status", hidden: true });
  dock.append(frame, tip);
  const watchers = [];
  let isOn = false;
  let isHeld = false;
  let blocks = null;
  let pointed = null;
  let current = null;
  let isByKey = false;

  function settle() {
    document.documentElement.style.cursor = isOn || isHeld ? "help" : "";
    if (!isOn && !isHeld) {
      // Lines may move without a block that looks otherwise.
      blocks = null;
      return point(null);
    }
    blocks ??= ask();
    if (pointed?.isConnected) point(pointed);
  }

  function toggle(on = !isOn) {
    if (on === isOn) return false;
    isOn = on;
    for (const watcher of watchers) watcher(isOn);
    say(isOn ? words.originsOn : "");
    settle();
    return true;
  }

  async function point(block) {
    current = block;
    frame.hidden = tip.hidden = !block;
    if (!block) return;
    place(block);
    const origin = await originOf(block);
    if (current !== block) return;
    tip.replaceChildren(...describe(origin, page()));
    place(block);
  }

  async function originOf(block) {
    const known = await blocks;
    return known?.blocks[Number(block.dataset.block)];
  }

  // Above the block where there is room, else below, else inside.
  function place(block) {
    const box = block.getBoundingClientRect();
    Object.assign(frame.style, { left: `${box.left - 4}px`, top: `${box.top - 4}px`, width: `${box.width + 8}px`, height: `${box.height + 8}px` });
    const { offsetHeight: height, offsetWidth: width } = tip;
    const above = box.top - height - 8;
    const below = box.bottom + 8;
    const top = above >= 8 ? above : below + height < innerHeight - 48 ? below : Math.max(8, Math.min(box.top, innerHeight - height - 56));
    Object.assign(tip.style, { left: `${Math.max(8, Math.min(box.left - 4, innerWidth - width - 8))}px`, top: `${top}px` });
  }

  async function open(block) {
    const origin = await originOf(block);
    if (!origin) return say(words.unknown);
    const { edit } = origin.place;
    if (edit && isSafe(edit)) return followLink(edit);
    const text = placeText(origin.place);
    await navigator.clipboard?.writeText(text);
    say(words.copied(text));
  }

  function step(by) {
    const all = [...document.querySelectorAll("[data-block]")].filter((block) => block.getClientRects().length);
    const at = current ? all.indexOf(current) + by : all.findIndex((block) => block.getBoundingClientRect().top > 0);
    const block = all[Math.max(0, Math.min(at, all.length - 1))];
    if (!block) return;
    block.scrollIntoView({ block: "nearest", behavior: "instant" });
    // Enter is for the block then, and no longer for the button that had the focus.
    if (!block.hasAttribute("tabindex")) block.tabIndex = -1;
    block.focus({ preventScroll: true });
    isByKey = true;
    point(block);
  }

  const blockAt = (event) => (event.target instanceof Element ? event.target.closest("[data-block]") : null);
  const isActive = () => isOn || isHeld;

  // A block that the keys went to stays until the pointer moves: the page may have moved below it.
  document.addEventListener("pointerover", (event) => {
    pointed = blockAt(event);
    if (isActive() && !isByKey && pointed !== current) point(pointed);
  });
  document.addEventListener("pointermove", () => {
    if (!isByKey) return;
    isByKey = false;
    if (isActive()) point(pointed);
  });
  addEventListener("scroll", () => current && place(current), { passive: true, capture: true });
  addEventListener("resize", () => current && place(current));
  document.addEventListener(
    "click",
    (event) => {
      const block = isActive() && blockAt(event);
      if (!block) return;
      event.preventDefault();
      event.stopPropagation();
      open(block);
    },
    { capture: true },
  );
  addEventListener("blur", () => hold(false));
  document.addEventListener("keyup", ({ key }) => key === "Alt" && hold(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Alt") hold(true);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isTyping = event.target.matches("input, textarea, select, [role=tab]") || document.querySelector("dialog[open]");
    if (!isOn || isTyping) return;
    if (by) step(by);
    else if (event.key === "Enter" && current && !isControl(event)) open(current);
    else return;
    event.preventDefault();
  });

  function hold(on) {
    if (on === isHeld) return;
    isHeld = on;
    settle();
  }

  return {
    toggle,
    watch: (watcher) => watchers.push(watcher),
    /** What is known of the blocks is no longer true. */
    forget() {
      blocks = null;
      if (isActive()) settle();
      if (!current?.isConnected) point(null);
    },
  };
}

// Enter on a button or link does what it always does.
function isControl(event) {
  return event.composedPath()[0].matches?.("a, button, summary");
}

// As if the reader had clicked a link: some editors open by a scheme of their own.
function followLink(address) {
  const link = element("a", { href: address });
  document.body.append(link);
  link.click();
  link.remove();
}

function describe(origin, info) {
  if (!origin) return [element("p", {}, words.unknown)];
  const { place, trace, language, conditions } = origin;
  const languages = info?.languages ?? [];
  const own = languages.find((choice) => choice.is_current)?.id;
  const title = languages.find(({ id }) => id === language)?.title ?? language;
  const plain = (place) => element("span", { class: "place", dir: "ltr" }, placeText(place));
  const condition = ({ text, place }) => element("li", {}, element("code", {}, text), " ", plain(place));
  return [
    element("p", { class: "where" }, plain(place)),
    own && language !== own && element("p", { class: "mark" }, words.writtenIn(title)),
    trace.length > 0 && element("p", {}, words.label(words.includedFrom), trace.flatMap((place, at) => (at ? [" → ", plain(place)] : [plain(place)]))),
    conditions.length > 0 && element("p", {}, words.label(words.because)),
    conditions.length > 0 && element("ul", {}, conditions.map(condition)),
    element("p", { class: "quiet" }, place.edit && isSafe(place.edit) ? words.opens : words.copies),
  ].filter(Boolean);
}
