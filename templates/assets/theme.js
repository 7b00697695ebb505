// What the pages can do better with a script. All of it works without, except copying.
"use strict";

// Browsers give pages the clipboard only over a safe connection.
if (navigator.clipboard) document.documentElement.classList.add("can-copy");

// Copies the code of the block that the button stands in, and says so in place of the button's name.
async function copyCode(button) {
  // Code with annotations is in several pieces.
  const pieces = [...(button.closest(".code-block")?.querySelectorAll("pre > code") ?? [])];
  const code = pieces.map((piece) => piece.textContent).join("");
  if (!code) return;
  await navigator.clipboard.writeText(code.replace(/\n$/, ""));
  button.dataset.name ??= button.getAttribute("aria-label");
  button.setAttribute("aria-label", document.body.dataset.copied);
  setTimeout(() => button.setAttribute("aria-label", button.dataset.name), 2000);
}

function closePickers(except) {
  for (const picker of document.querySelectorAll(".picker[open]")) {
    if (picker !== except) picker.open = false;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.copy");
  if (button) copyCode(button);
  closePickers(event.target.closest(".picker"));
});

document.addEventListener("keydown", (event) => {
  const picker = event.key === "Escape" && document.querySelector(".picker[open]");
  if (!picker) return;
  picker.open = false;
  picker.querySelector("summary").focus();
});

// Brings the current page into view in a long navigation, without moving the page itself.
const navigation = document.getElementById("theme-navigation");
const current = navigation?.querySelector("[aria-current]");
if (current) {
  const centre = () => {
    const offset = current.getBoundingClientRect().top - navigation.getBoundingClientRect().top;
    if (offset > navigation.clientHeight - 48) navigation.scrollTop += offset - navigation.clientHeight / 2;
  };
  centre();
  navigation.addEventListener("toggle", centre);
}

// A guide that was reached through a learning track goes on in that track alone.
const track = new URLSearchParams(location.search).get("learn");
const places = [...document.querySelectorAll("[data-track]")];
if (places.some((place) => place.dataset.track === track)) {
  for (const place of places) place.hidden = place.dataset.track !== track;
}

// Of the blocks for several platforms or tools one is shown, the same on every page until the reader chooses another.
// Without this script, or with blocks for one alone, all are shown under their names.
for (const kind of ["platform", "tool"]) switcher(kind);

function switcher(kind) {
  const blocks = [...document.querySelectorAll(`#article-contents [data-${kind}]`)];
  const names = [...new Set(blocks.map((block) => block.dataset[kind]))];
  if (names.length < 2) return;
  const of = (name) => blocks.filter((block) => block.dataset[kind] === name);
  const inOutline = (name) => document.querySelectorAll(`.toc li.${CSS.escape(name)}`);
  // Words inside a sentence that are for one alone.
  const inText = (name) => article.querySelectorAll(`.${kind}-${CSS.escape(name)}`);
  const article = document.getElementById("article-contents");
  const list = document.createElement("div");
  list.className = "switcher";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", document.body.dataset[`${kind}Label`]);
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
  const wishes = [remembered(kind), article.dataset[`default${kind[0].toUpperCase()}${kind.slice(1)}`], kind === "platform" && ownPlatform()];
  show(wishes.find((name) => names.includes(name)) ?? names[0]);
  window.addEventListener("hashchange", follow);
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
