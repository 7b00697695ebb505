// The sample site as the tests find it: which pages it has, and what their words are.

import { readFileSync } from "node:fs";

/** The path that the sample site is published below. */
export const BASE = "/beacon/docs";

/** One page of each kind, by its path behind language and version. */
export const KINDS = {
  home: "",
  product: "/station",
  category: "/station/setup",
  guides: "/station/guides",
  "map topic": "/station/setup/lamps",
  article: "/station/guides/first-light",
  everything: "/reference/everything",
  "long words": "/reference/long-words",
  "release notes": "/station/release-notes",
  "partly translated": "/station/guides/night-log",
  "not translated": "/station/guides/fog-horn",
};

/** The day of the build: one release of the sample site is retired, and another is going to be. */
export const TODAY = "2026-01-15";

/** The version that is shown where a test names none. */
export const VERSION = "station@3.0";

/** What buttons, links and landmarks are called, by language: the words of the theme. */
export const WORDS = { en: words("en"), zh: words("zh") };

// The file is a map of maps of texts, some of which have forms for numbers, and nothing more.
function words(language) {
  const text = readFileSync(new URL(`../../../templates/ui/${language}.yml`, import.meta.url), "utf8");
  const found = {};
  let [group, forms] = [{}, {}];
  for (const line of text.split("\n")) {
    const [, indent, key, value] = line.match(/^( *)(\w+):(?: +(.*))?$/) ?? [];
    if (key && !indent) group = found[key] = {};
    else if (key && !value) forms = group[key] = {};
    else if (key) (indent.length > 2 ? forms : group)[key] = value.replace(/^"(.*)"$/, "$1");
  }
  return found;
}

/** The address of a page below `address`. */
export function at(address, path, { language = "en", version = VERSION } = {}) {
  return `${address}/${language}/${version}${path}`;
}
