// What the pages can do better with a script. All of it works without, except copying.
const words = document.body.dataset;
const root = document.documentElement;

// What is set up for the contents of the page, once more where they are replaced by new ones.
function setUp(part) {
  const article = part.querySelector("#article-contents");
  if (article) {
    leaving.abort();
    leaving = new AbortController();
    widths.disconnect();
    if (navigator.clipboard) for (const block of article.querySelectorAll("pre")) offerCopy(block);
    for (const box of article.querySelectorAll(".table-wrapper, pre")) widths.observe(box);
    offerZooms(article);
  }
  followOutline(part.querySelector(".toc details"));
  settleNotices(part.querySelectorAll(".notice:is([data-from], [data-until])"));
  keepTrack([...part.querySelectorAll("[data-track]")]);
  if (article) for (const kind of ["platform", "tool"]) switcher(article, kind);
  centreCurrent();
}

// Ends what listens for contents that are no longer shown.
let leaving = new AbortController();

// The preview brings in new contents. It waits for every script to say that it has set them up.
document.addEventListener("variorum:content", ({ target, detail }) => {
  setUp(target);
  for (const name of ["before.js", "search.js", "theme.js"]) detail.delete(new URL(name, import.meta.url).pathname);
});

// Browsers give pages the clipboard only over a safe connection.
if (navigator.clipboard) root.classList.add("can-copy");

// Blocks without a header get a button in their corner.
function offerCopy(block) {
  if (block.closest(".annotated") || block.parentElement.querySelector("button.copy")) return;
  let frame = block.closest(".code-block");
  if (!frame) {
    frame = document.createElement("div");
    frame.className = "code-block";
    block.replaceWith(frame);
    frame.append(block);
  }
  frame.append(newButton("copy", words.copy));
}

function newButton(className, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.setAttribute("aria-label", label);
  return button;
}

// Copies the code of the block that the button stands in, and says so in place of the button's name.
async function copyCode(button) {
  // Code with annotations is in several pieces.
  const pieces = [...(button.closest(".code-block")?.querySelectorAll("pre > code") ?? [])];
  const code = pieces.map((piece) => piece.textContent).join("");
  if (!code) return;
  await navigator.clipboard.writeText(code.replace(/\n$/, ""));
  button.dataset.name ??= button.getAttribute("aria-label");
  button.setAttribute("aria-label", words.copied);
  say(words.copied);
  setTimeout(() => button.setAttribute("aria-label", button.dataset.name), 2000);
}

// A heading leads to itself: its address is copied too, for others to follow.
async function copyAddress(anchor) {
  await navigator.clipboard?.writeText(anchor.href);
  if (navigator.clipboard) say(words.linkCopied);
}

// Shows a few words for a moment, and reads them to those who cannot see them.
const announcer = document.createElement("p");
announcer.className = "status";
announcer.setAttribute("role", "status");
document.body.append(announcer);
let silence;
function say(text) {
  announcer.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => (announcer.textContent = ""), 2000);
}

// Pickers and notices lead to the same place of the page in another version or language.
function keepPlace(link) {
  if (!location.hash || link.hash || !link.closest(".picker, .notice")) return;
  const elsewhere = [...document.querySelectorAll(".picker a")];
  if (elsewhere.some(({ pathname }) => pathname === link.pathname)) link.hash = location.hash;
}

function closePickers(except) {
  for (const picker of document.querySelectorAll(".picker[open]")) {
    if (picker !== except) picker.open = false;
  }
}

document.addEventListener("click", (event) => {
  const { target } = event;
  const button = target.closest("button.copy");
  if (button) copyCode(button);
  const anchor = target.closest(".anchor-link");
  if (anchor) copyAddress(anchor);
  const zoom = target.closest(".zoom");
  if (zoom) enlarge(zoom.querySelector("img"));
  if (target.closest(".theme-switch")) changeTheme();
  const link = target.closest("a[href]");
  if (link) keepPlace(link);
  closePickers(target.closest(".picker"));
});

document.addEventListener("keydown", (event) => {
  const picker = event.key === "Escape" && document.querySelector(".picker[open]");
  if (!picker) return;
  picker.open = false;
  picker.querySelector("summary").focus();
});

// Colours follow the system until the reader chooses; the third choice is the system again.
const themes = ["system", "light", "dark"];
const themeSwitch = document.querySelector(".theme-switch");
nameTheme();

function changeTheme() {
  const next = themes[(themes.indexOf(root.dataset.theme ?? "system") + 1) % themes.length];
  if (next === "system") delete root.dataset.theme;
  else root.dataset.theme = next;
  remember("theme", next);
  nameTheme();
  say(themeSwitch.title);
}

function nameTheme() {
  if (!themeSwitch) return;
  const { label, ...names } = themeSwitch.dataset;
  themeSwitch.title = `${label}: ${names[root.dataset.theme ?? "system"]}`;
  themeSwitch.setAttribute("aria-label", themeSwitch.title);
}

// Brings the current page into view in a long navigation, without moving the page itself.
const navigation = document.getElementById("theme-navigation");
navigation?.addEventListener("toggle", centreCurrent);

function centreCurrent() {
  const current = navigation?.querySelector("[aria-current]");
  if (!current) return;
  const offset = current.getBoundingClientRect().top - navigation.getBoundingClientRect().top;
  if (offset > navigation.clientHeight - 48) navigation.scrollTop += offset - navigation.clientHeight / 2;
}

// "In this article" is open beside the text, closed above it, and follows the reader.
function followOutline(outline) {
  if (!outline) return;
  const beside = matchMedia("(min-width: 80rem)");
  const settle = () => (outline.open = beside.matches);
  beside.addEventListener("change", settle, { signal: leaving.signal });
  settle();
  followReader([...outline.querySelectorAll("a[href^='#']")]);
}

function followReader(links) {
  const places = links
    .map((link) => ({ link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter((place) => place.heading);
  let marked;
  const mark = () => {
    const line = parseFloat(getComputedStyle(root).scrollPaddingTop) + 8;
    const passed = places.filter(({ heading }) => heading.offsetParent && heading.getBoundingClientRect().top <= line);
    // At the end of the page the last heading may never come up to the line.
    const isEnd = root.scrollTop > 0 && root.scrollTop + root.clientHeight >= root.scrollHeight - 2;
    const link = (isEnd ? places : passed).at(-1)?.link;
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    const list = link?.closest("nav");
    // Only the list moves, and only where it is a box of its own.
    if (link && list.scrollHeight > list.clientHeight) {
      const offset = link.getBoundingClientRect().top - list.getBoundingClientRect().top;
      if (offset < 0 || offset > list.clientHeight - 32) list.scrollTop += offset - list.clientHeight / 2;
    }
    marked = link;
  };
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  addEventListener("scroll", soon, { passive: true, signal: leaving.signal });
  addEventListener("resize", soon, { signal: leaving.signal });
  mark();
}

// What is wider than its place can be scrolled with the keyboard too.
const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth + 1;
    if (scrolls === target.hasAttribute("tabindex")) continue;
    if (!scrolls) {
      for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
      continue;
    }
    target.tabIndex = 0;
    target.setAttribute("role", "group");
    target.setAttribute("aria-label", words.scrolls);
  }
});

// Pictures that are shown smaller than they are can be seen whole.
function offerZooms(article) {
  const pictures = [...article.querySelectorAll("img")].filter((picture) => !picture.closest("a, button"));
  // All are measured before any is changed, so that the page is laid out once.
  pictures.filter((picture) => picture.complete && isShrunk(picture)).forEach(offerZoom);
  for (const picture of pictures.filter(({ complete }) => !complete)) {
    picture.addEventListener("load", () => isShrunk(picture) && offerZoom(picture), { once: true });
  }
}

const isShrunk = (picture) => picture.clientWidth > 0 && picture.naturalWidth >= picture.clientWidth * 1.2;

function offerZoom(picture) {
  const button = newButton("zoom", [words.enlarge, picture.alt].filter(Boolean).join(": "));
  picture.replaceWith(button);
  button.append(picture);
}

function enlarge(picture) {
  const dialog = document.createElement("dialog");
  dialog.className = "lightbox";
  dialog.setAttribute("aria-label", picture.alt || words.enlarge);
  const whole = document.createElement("img");
  whole.src = picture.src;
  whole.alt = picture.alt;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = words.close;
  dialog.append(whole, close);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// The day of reading may be later than that of the build.
function settleNotices(notices) {
  const today = Date.now();
  for (const notice of notices) {
    const { from, until } = notice.dataset;
    notice.hidden = today < Date.parse(from) || today >= Date.parse(until);
  }
}

// A guide that was reached through a learning track goes on in that track alone.
function keepTrack(places) {
  const track = new URLSearchParams(location.search).get("learn");
  if (!places.some((place) => place.dataset.track === track)) return;
  for (const place of places) place.hidden = place.dataset.track !== track;
}

// Of the blocks for several platforms or tools one is shown, the same on every page until the reader chooses another.
// Without this script, or with blocks for one alone, all are shown under their names. What is shown stays so in new
// contents.
const shown = {};

function switcher(article, kind) {
  const blocks = [...article.querySelectorAll(`[data-${kind}]`)];
  const names = [...new Set(blocks.map((block) => block.dataset[kind]))];
  if (names.length < 2) return;
  const of = (name) => blocks.filter((block) => block.dataset[kind] === name);
  const inOutline = (name) => document.querySelectorAll(`.toc li.${CSS.escape(name)}`);
  // Words inside a sentence that are for one alone.
  const inText = (name) => article.querySelectorAll(`.${kind}-${CSS.escape(name)}`);
  const list = document.createElement("div");
  list.className = "switcher";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", words[`${kind}Label`]);
  blocks.forEach((block, number) => {
    block.id ||= `theme-${kind}-${number}`;
    block.setAttribute("role", "tabpanel");
    block.setAttribute("aria-labelledby", `theme-${kind}-of-${block.dataset[kind]}`);
  });
  const tabs = names.map((name) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `theme-${kind}-of-${name}`;
    tab.dataset.name = name;
    tab.textContent = of(name)[0].dataset.label;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", of(name).map((block) => block.id).join(" "));
    list.append(tab);
    return tab;
  });

  function show(chosen) {
    shown[kind] = chosen;
    for (const tab of tabs) {
      const isChosen = tab.dataset.name === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      const { name } = tab.dataset;
      for (const part of [...of(name), ...inOutline(name), ...inText(name)]) part.hidden = !isChosen;
    }
  }

  function choose(tab) {
    show(tab.dataset.name);
    remember(kind, tab.dataset.name);
    tab.focus();
  }

  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) choose(tab);
  });
  list.addEventListener("keydown", (event) => {
    const [back, forward] = getComputedStyle(list).direction === "rtl" ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
    const at = tabs.indexOf(event.target);
    const to = { [back]: at - 1, [forward]: at + 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(tabs.at(to % tabs.length));
  });
  // An address can lead into a block that is not shown.
  const follow = () => {
    const target = document.querySelector(":target");
    const block = target?.closest(`[data-${kind}]`);
    if (block?.hidden) {
      show(block.dataset[kind]);
      target.scrollIntoView();
    }
  };
  article.prepend(list);
  document.documentElement.classList.add(`has-${kind}s`);
  const wishes = [shown[kind], remembered(kind), article.dataset[`default${kind[0].toUpperCase()}${kind.slice(1)}`], kind === "platform" && ownPlatform()];
  show(wishes.find((name) => names.includes(name)) ?? names[0]);
  addEventListener("hashchange", follow, { signal: leaving.signal });
  follow();
}

function ownPlatform() {
  const system = navigator.userAgentData?.platform ?? navigator.platform ?? "";
  if (/mac|iphone|ipad/i.test(system)) return "mac";
  return /win/i.test(system) ? "windows" : "linux";
}

// Browsers can forbid storage.
function remember(kind, name) {
  try {
    localStorage.setItem(`variorum-${kind}`, name);
  } catch {}
}

function remembered(kind) {
  try {
    return localStorage.getItem(`variorum-${kind}`);
  } catch {
    return null;
  }
}

setUp(document);
