// The page that says that there is no page: in the language of the address, with the pages that are nearest to it.
"use strict";

(async () => {
  const facts = () => document.getElementById("theme-not-found").dataset;
  const { base } = facts();
  const path = location.pathname.startsWith(`${base}/`) ? location.pathname.slice(base.length) : location.pathname;
  const segments = decoded(path).replace(/(\/index)?\.html$/, "").split("/").filter(Boolean);

  // The search is there when all scripts have run.
  if (document.readyState !== "complete") await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
  await translate().catch(() => {});
  // The script of the search may come behind this one.
  if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  const found = document.getElementById("theme-not-found");
  const asked = found.querySelector(".not-found-address");
  asked.querySelector("code").textContent = decoded(location.pathname);
  asked.hidden = false;
  const form = document.querySelector(".not-found-search");
  if (form) ask(form);
  const links = await (globalThis.variorumSearch?.index ? nearest() : above()).catch(() => []);
  if (!links.length) return;
  found.querySelector(".not-found-pages").append(...links);
  found.querySelector(".not-found-nearest").hidden = false;

  function decoded(address) {
    try {
      return decodeURIComponent(address);
    } catch {
      return address;
    }
  }

  // Hosts serve the page at the root whatever the language of the address is. Each language has a page of its own.
  async function translate() {
    const { language, languages } = facts();
    const wanted = segments[0];
    if (wanted === language || !languages.split(" ").includes(wanted)) return;
    const response = await fetch(`${base}/${wanted}/404.html`);
    if (!response.ok) return;
    const own = new DOMParser().parseFromString(await response.text(), "text/html");
    document.title = own.title;
    for (const name of ["lang", "dir"]) document.documentElement.setAttribute(name, own.documentElement.getAttribute(name));
    Object.assign(document.body.dataset, own.body.dataset);
    // What the theme's script listens to stays.
    const [colours, status] = [".theme-switch", "body > .status"].map((selector) => document.querySelector(selector));
    document.body.replaceChildren(...own.body.children, ...(status ? [status] : []));
    const place = document.querySelector(".theme-switch");
    if (colours && place) {
      Object.assign(colours.dataset, place.dataset);
      place.replaceWith(colours);
    }
    globalThis.variorumSearch?.start();
  }

  // A search for the words of the address.
  function ask(form) {
    const field = form.querySelector("input");
    field.value = (segments.at(-1) ?? "").replace(/[-_.+]+/g, " ").trim();
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      if (!globalThis.variorumSearch?.open) return;
      event.preventDefault();
      variorumSearch.open(field.value);
    });
  }

  function item(href, text, more) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = text;
    const made = document.createElement("li");
    made.append(link);
    if (more) made.append(` ${more}`);
    return made;
  }

  // The same page in other versions, else the pages with the most similar addresses.
  async function nearest() {
    const { index } = variorumSearch;
    await index.entry();
    const { route, version } = parts(index);
    const versions = (page) => index.versions.map((_, number) => number).filter((number) => index.sets[page.set].has(number));
    const same = index.pages.find((page) => page.route === route && route);
    if (same) {
      return versions(same).map((number) => item(index.href(same, number), index.title(same, number), facts().exists.replace("{version}", index.versions[number].title)));
    }
    const wanted = route.split("/");
    const scored = index.pages.map((page) => ({ page, score: likeness(wanted, page.route.split("/")) }));
    const best = scored.filter(({ page, score }) => page.route && score > 0.3).sort((one, other) => other.score - one.score);
    // Where one is as good as certain, those that are far from it are none.
    const likely = best.filter(({ score }) => best[0].score < 1 || score > 0.7 * best[0].score);
    return likely.slice(0, 5).map(({ page }) => {
      const own = versions(page);
      const number = own.includes(version) ? version : own[0];
      const elsewhere = number === version ? "" : facts().exists.replace("{version}", index.versions[number].title);
      return item(index.href(page, number), [...index.crumbs(page, number), index.title(page, number)].join(" › "), elsewhere);
    });
  }

  // The route and the version that were asked for; the first version where it was none of the site.
  function parts(index) {
    const [, ...behind] = segments;
    const version = index.versions.findIndex(({ id }) => id === behind[0]);
    const isVersion = version >= 0 || behind[0]?.includes("@");
    return { route: (isVersion ? behind.slice(1) : behind).join("/"), version: Math.max(0, version) };
  }

  // From 0 to 2: how much of the way is the same, and how many of the words in the last name.
  function likeness(wanted, own) {
    let same = 0;
    while (same < wanted.length - 1 && wanted[same] === own[same]) same += 1;
    return same / wanted.length + similarity(wanted.at(-1), own.at(-1));
  }

  // How many pairs of letters two names have in common.
  function similarity(one, other) {
    const pairs = (name) => new Set([...`-${name.toLowerCase()}-`].map((letter, at, all) => letter + (all[at + 1] ?? "")).slice(0, -1));
    const [left, right] = [pairs(one), pairs(other)];
    return (2 * [...left].filter((pair) => right.has(pair)).length) / (left.size + right.size);
  }

  // Without an index: the nearest page above that there is.
  async function above() {
    for (let length = segments.length - 1; length > 1; length--) {
      const address = `${base}/${segments.slice(0, length).map(encodeURIComponent).join("/")}`;
      const response = await fetch(address, { method: "HEAD" });
      if (response.ok) return [item(address, decoded(address))];
    }
    return [];
  }
})();
