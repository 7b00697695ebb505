// The bar at the foot of a page: which variant it is, its file, what it reads, what leads to it, what is wrong with it.
import { element, ownAddress, placeLink } from "./elements.js";
import { keepFootFree } from "./dock.js";
import { countText, findingList, showMarks } from "./findings.js";
import { words } from "./words.js";

const KEY = "variorum-preview-bar";

/**
 * The bar. `compared` is the variant that the page is laid beside, in a comparison; `origins` switches "where does this
 * come from?", where there is such a thing. `show` fills it from what is known of the page.
 */
export function createBar(dock, { compared, origins }) {
  const menus = ["version", "language", "reads", "redirects", "findings", "compare"];
  const items = Object.fromEntries(menus.map((name) => [name, menu(name)]));
  const file = element("p", { class: "file" });
  const status = element("p", { class: "status", role: "status" });
  const toggle = origins && originsToggle(origins);
  const close = element("button", { type: "button", class: "fold", "aria-label": words.hide, title: words.hide, click: () => fold(true) });
  const { version, language, reads, redirects, findings, compare } = items;
  const row = [version, language, compare].map(({ item }) => item);
  const facts = [reads, redirects, findings].map(({ item }) => item);
  const bar = element("section", { class: "bar", "aria-label": words.preview }, row, file, facts, toggle, close);
  const badge = element("span", { class: "badge" });
  const tab = element("button", { type: "button", class: "tab", "aria-label": words.show, title: words.show, click: () => fold(false) }, badge);
  const foot = element("div", { class: "foot" }, bar, element("div", { class: "tab-place" }, tab), status);
  dock.append(foot);
  keepFootFree(foot);
  fold(isFolded(), false);

  function fold(folded, isChoice = true) {
    bar.hidden = folded;
    tab.parentElement.hidden = !folded;
    if (!isChoice) return;
    closeMenus();
    rememberFolded(folded);
    (folded ? tab : close).focus();
  }

  function show(info) {
    const current = (choices) => choices.find((choice) => choice.is_current);
    version.name(words.version, current(info.versions)?.title);
    version.fill(() => choiceList(info.versions, words.nearest, compared));
    version.item.hidden = info.versions.length === 0;
    language.name(words.language, current(info.languages)?.title, info.fallback && (words.fallbacks[info.fallback] ?? words.fallback));
    language.fill(() => choiceList(info.languages, words.untranslated, compared));
    language.item.hidden = info.languages.length < 2;
    file.replaceChildren(element("span", { class: "label" }, words.label(words.file)), placeLink(info.file, element("bdi", {}, info.file.file)));
    reads.name(words.reads, String(info.reads.length));
    reads.fill(() => readList(info.reads));
    redirects.name(words.redirects, String(info.redirects.length));
    redirects.fill(() => redirectList(info.redirects));
    nameFindings(info.findings);
    nameCompare(info);
  }

  function nameFindings(list) {
    const hasError = list.some(({ severity }) => severity === "error");
    const state = hasError ? "errors" : list.length ? "warnings" : "none";
    findings.name(words.findings, countText(list));
    findings.item.dataset.state = state;
    findings.fill(() => (list.length ? findingList(list) : element("p", {}, words.noFindings)));
    badge.textContent = list.length ? String(list.length) : "";
    tab.dataset.state = state;
    tab.setAttribute("aria-label", `${words.show} (${countText(list)})`);
  }

  function nameCompare(info) {
    const all = [...info.versions, ...info.languages];
    const other = all.find(({ id }) => id === compared);
    compare.name(null, other ? words.comparedWith(other.title) : words.compareShort);
    compare.fill(() => comparisons(info, compared));
    compare.item.hidden = all.filter((choice) => !choice.is_current).length === 0;
  }

  const closeMenus = () => menus.some((name) => items[name].close());
  document.addEventListener("click", (event) => {
    const path = event.composedPath();
    for (const name of menus) if (!path.includes(items[name].item)) items[name].close();
  });

  // A few words, for a moment or until something else is said.
  let silence;
  function say(text, { stays = false } = {}) {
    status.textContent = text;
    clearTimeout(silence);
    if (text && !stays) silence = setTimeout(() => (status.textContent = ""), 4000);
  }

  return { show, say, closeMenus };
}

// A button that opens a panel above the bar.
function menu(name) {
  const button = element("button", { type: "button", class: "button", "aria-expanded": "false", "aria-controls": `panel-${name}`, click: () => (panel.hidden ? open() : close()) });
  const panel = element("div", { class: "panel", id: `panel-${name}`, hidden: true });
  const item = element("div", { class: `item item-${name}` }, button, panel);
  let fillPanel = () => [];

  function open() {
    panel.replaceChildren(fillPanel());
    panel.hidden = false;
    button.setAttribute("aria-expanded", "true");
    const left = button.getBoundingClientRect().left;
    const most = document.documentElement.clientWidth - panel.offsetWidth - 8;
    panel.style.left = `${Math.max(8, Math.min(left, most))}px`;
    panel.style.bottom = `${button.closest(".bar").offsetHeight + 4}px`;
    panel.scrollTop = 0;
    showMarks(panel);
  }

  /** True if it was open. */
  function close() {
    if (panel.hidden) return false;
    const hadFocus = panel.contains(panel.getRootNode().activeElement);
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (hadFocus) button.focus();
    return true;
  }

  return {
    item,
    close,
    name(label, value, mark) {
      button.replaceChildren(...[label && element("span", { class: "label" }, words.label(label)), element("span", { class: "value" }, value ?? "–"), mark && element("span", { class: "mark" }, mark)].filter(Boolean));
    },
    fill(make) {
      fillPanel = make;
      if (panel.hidden) return;
      const hadFocus = panel.contains(panel.getRootNode().activeElement);
      panel.replaceChildren(make());
      if (hadFocus) button.focus();
    },
  };
}

function originsToggle(origins) {
  const button = element("button", { type: "button", class: "button toggle", "aria-pressed": "false", title: `${words.origins} (Alt)`, click: () => origins.toggle() }, element("span", { class: "long" }, words.origins), element("span", { class: "short" }, words.originsShort));
  origins.watch((isOn) => button.setAttribute("aria-pressed", String(isOn)));
  return button;
}

// A comparison stays one in another variant, unless that is the one it is laid beside.
function choiceList(choices, absent, compared) {
  const address = ({ id, href }) => (compared && compared !== id ? `${href}?${new URLSearchParams({ compare: compared })}` : href);
  return element("ul", { class: "choices" }, choices.map((choice) => element("li", {}, choiceLink(choice, address(choice), absent))));
}

function choiceLink({ title, tag, is_current: isCurrent, exists }, address, absent) {
  const properties = { href: ownAddress(address), "aria-current": isCurrent ? "true" : null, class: exists ? null : "absent" };
  return element("a", properties, element("span", { lang: tag, class: "title" }, title), !exists && element("span", { class: "quiet" }, ` ${absent}`));
}

function comparisons({ versions, languages }, compared) {
  const group = (title, choices, absent) => {
    const others = choices.filter((choice) => !choice.is_current);
    const link = (choice) => choiceLink({ ...choice, is_current: choice.id === compared }, `?${new URLSearchParams({ compare: choice.id })}`, absent);
    return others.length > 0 && [element("h3", {}, title), element("ul", { class: "choices" }, others.map((choice) => element("li", {}, link(choice))))];
  };
  const groups = [group(words.languages, languages, words.untranslated), group(words.versions, versions, words.lacks)];
  const end = compared && element("p", {}, element("a", { href: location.pathname }, words.endComparison));
  return element("div", {}, element("h2", {}, words.compare), ...groups.flat().filter(Boolean), end);
}

function readList(reads) {
  if (reads.length === 0) return element("p", {}, words.readsNothing);
  const kinds = Object.keys(words.kinds).filter((kind) => reads.some((read) => read.kind === kind));
  const entry = ({ name, place }) => element("li", {}, element("span", { class: "name", dir: "ltr" }, name), " ", placeLink(place));
  const group = (kind) => [element("h3", {}, words.kinds[kind]), element("ul", { class: "places" }, reads.filter((read) => read.kind === kind).map(entry))];
  return element("div", {}, kinds.map(group));
}

function redirectList(redirects) {
  if (redirects.length === 0) return element("p", {}, words.noRedirects);
  return element("ul", { class: "places" }, redirects.map(({ from, place }) => element("li", {}, element("span", { class: "name", dir: "ltr" }, from), " ", placeLink(place))));
}

// Browsers can forbid storage.
function isFolded() {
  try {
    return localStorage.getItem(KEY) === "folded";
  } catch {
    return false;
  }
}

function rememberFolded(folded) {
  try {
    localStorage.setItem(KEY, folded ? "folded" : "open");
  } catch {}
}
