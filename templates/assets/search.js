// Search in the files below `search/`, which src/render/search.rs describes: the index first, then the dialog.
"use strict";

(() => {
  // Terms: the same as in src/render/search/words.rs.
  const UNSPACED = "\\u0e00-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7ff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const LETTER = "\\p{Alphabetic}\\p{N}\\p{M}";
  const WORD = new RegExp(`(?:[0-9]\\.(?=[0-9])|[${LETTER}])+`, "gu");
  const RUN = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
  const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
  const IS_LETTER = new RegExp(`[${LETTER}]`, "u");
  const LONGEST = 32;
  const MOST = 24;
  const LOOKED_AT = 8;

  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase().replaceAll("ς", "σ");

  // The runs of a text: words, and pieces of scripts without spaces.
  const runs = (folded) => (folded.match(WORD) ?? []).flatMap((word) => word.match(RUN) ?? []);

  // What a query asks for: each term, and how much longer the words may be that it is found in.
  function asked(query) {
    const folded = fold(query);
    const all = runs(folded);
    const isTyped = IS_LETTER.test([...folded].at(-1) ?? "");
    const terms = all.flatMap((run, number) => {
      const characters = [...run];
      if (!IS_UNSPACED.test(run)) {
        const text = characters.slice(0, LONGEST).join("");
        const isLast = isTyped && number === all.length - 1;
        return [{ text, more: isLast && characters.length > 1 ? LONGEST : characters.length < 4 ? 0 : 3 }];
      }
      if (characters.length === 1) return [{ text: run, more: 1 }];
      return characters.slice(1).map((character, at) => ({ text: characters[at] + character, more: 0 }));
    });
    const distinct = terms.filter((term, at) => terms.findIndex((other) => other.text === term.text) === at);
    return { runs: all, terms: distinct.slice(0, MOST) };
  }

  // Reads numbers of variable length.
  class Bytes {
    constructor(buffer) {
      this.bytes = new Uint8Array(buffer);
      this.at = 0;
    }
    get rest() {
      return this.at < this.bytes.length;
    }
    number() {
      let value = 0;
      for (let scale = 1; ; scale *= 128) {
        const byte = this.bytes[this.at++];
        value += (byte & 127) * scale;
        if (byte < 128) return value;
      }
    }
    take(length) {
      return this.bytes.subarray(this.at, (this.at += length));
    }
  }

  // What is written in one language: a table of sections, and terms in shards.
  class Texts {
    constructor(index, { sections, shards, tag }) {
      Object.assign(this, { index, shards, tag, table: sections, sections: [], loaded: new Map() });
    }

    async load() {
      const table = new Bytes(await this.index.bytes(this.table));
      let all = 0;
      while (table.rest) {
        const page = table.number();
        const file = [...table.take(8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        const count = table.number();
        for (let place = 0; place < count; place++) {
          const set = table.number();
          const length = table.number();
          all += length;
          this.sections.push({ page, file, place, set: set >> 1, isHead: set % 2 === 1, length, texts: this });
        }
      }
      this.average = all / Math.max(1, this.sections.length);
    }

    // The terms that begin so, with their bytes. Not more shards are read than a reader would wait for.
    async find(text, more) {
      let at = this.shards.findLastIndex(([first]) => first <= text);
      const wanted = [];
      if (at >= 0) wanted.push(at);
      while (more && wanted.length < 4 && this.shards[++at]?.[0].startsWith(text)) wanted.push(at);
      const found = (await Promise.all(wanted.map((number) => this.shard(this.shards[number][1])))).flat();
      const longest = text.length + more;
      return found.filter(({ term }) => (more ? term.startsWith(text) && term.length <= longest : term === text));
    }

    shard(name) {
      if (!this.loaded.has(name)) this.loaded.set(name, this.index.bytes(name).then(shard));
      return this.loaded.get(name);
    }

    // The sections of a term.
    postings({ bytes }, each) {
      const reader = new Bytes(bytes);
      let next = 0;
      while (reader.rest) {
        const value = reader.number();
        next += Math.floor(value / 4);
        each(this.sections[next], value & 2 ? reader.take(1)[0] : 1, value % 2 === 1);
        next += 1;
      }
    }
  }

  function shard(buffer) {
    const reader = new Bytes(buffer);
    const decoder = new TextDecoder();
    const entries = [];
    let term = new Uint8Array();
    while (reader.rest) {
      const shared = reader.number();
      const rest = reader.take(reader.number());
      const bytes = new Uint8Array(shared + rest.length);
      bytes.set(term.subarray(0, shared));
      bytes.set(rest, shared);
      term = bytes;
      entries.push({ term: decoder.decode(bytes), bytes: reader.take(reader.number()) });
    }
    return entries;
  }

  // The index as a reader of one language sees it.
  class Index {
    constructor(address, language, get = (from, options) => fetch(from, options)) {
      Object.assign(this, { address, language, get, quoted: new Map() });
    }

    async file(name, options) {
      const response = await this.get(this.address + name, options);
      if (!response.ok) throw new Error(`${name}: ${response.status}`);
      return response;
    }

    async bytes(name) {
      return (await this.file(`${name}.bin`)).arrayBuffer();
    }

    // All other files are called by what is in them, so that only this one can be old.
    async entry() {
      const entry = await (await this.file(`${this.language}.json`, { cache: "no-cache" })).json();
      this.versions = entry.versions.map(([id, title, start]) => ({ id, title, start }));
      this.sets = entry.sets.map((numbers) => new Set(numbers));
      this.texts = entry.texts.map((texts) => new Texts(this, texts));
      let route = [];
      const rows = await (await this.file(`${entry.pages}.json`)).json();
      this.pages = rows.map(([shared, rest, title, above, set, others], number) => {
        route = [...route.slice(0, shared), ...rest];
        return { number, route: route.join(""), title, above, set, others };
      });
    }

    load() {
      this.loading ??= this.entry()
        .then(() => Promise.all(this.texts.map((texts) => texts.load())))
        .then(() => this)
        .catch((error) => {
          this.loading = undefined;
          throw error;
        });
      return this.loading;
    }

    // The number of a version by its id, else the first.
    version(id) {
      return Math.max(0, this.versions.findIndex((version) => version.id === id));
    }

    title(page, version) {
      return page.others?.[version] ?? page.title;
    }

    href(page, version) {
      return encodeURI(this.versions[version].start + (page.route && `/${page.route}`)).replaceAll("?", "%3F").replaceAll("#", "%23");
    }

    // From the product to what is above the page.
    crumbs(page, version) {
      const crumbs = [];
      for (let above = this.pages[page.above]; above; above = this.pages[above.above]) {
        if (this.sets[above.set].has(version)) crumbs.unshift(this.title(above, version));
      }
      return crumbs;
    }

    // The sections of a page that a file has: id, heading and text of each.
    quotes(file) {
      if (!this.quoted.has(file)) {
        const loading = this.file(`${file}.json`).then((response) => response.json()).then(([, , sections]) => sections);
        loading.catch(() => this.quoted.delete(file));
        this.quoted.set(file, loading);
      }
      return this.quoted.get(file);
    }

    // Everything that has a term of the query, in whichever version: for each term its sections with their scores.
    async hits(query) {
      const total = this.texts.reduce((sum, texts) => sum + texts.sections.length, 0);
      const all = await Promise.all(asked(query).terms.map(async ({ text, more }) => {
        const found = [];
        for (const texts of this.texts) {
          for (const entry of await texts.find(text, more)) {
            const exact = entry.term.length === text.length || IS_UNSPACED.test(text) ? 1 : 0.6;
            texts.postings(entry, (section, count, inHeading) => {
              const often = (count * 2.2) / (count + 1.2 * (0.25 + (0.75 * section.length) / texts.average));
              const prominent = !inHeading ? 0 : section.isHead ? 4 : 1.5;
              found.push({ section, score: exact * (often + prominent) });
            });
          }
        }
        const rarity = Math.log(1 + (total - Math.min(found.length, total) + 0.5) / (Math.min(found.length, total) + 0.5));
        for (const hit of found) hit.score *= rarity;
        return { found, isTelling: rarity > 0.9 || text.length > 3 || IS_UNSPACED.test(text) };
      }));
      // Short words that are nearly everywhere say nothing, where there are others.
      const telling = all.filter(({ isTelling }) => isTelling);
      return (telling.length ? telling : all).map(({ found }) => found);
    }

    // The pages of a version that have all terms, the best first, each with the sections that have most of them.
    ranked(query, hits, version) {
      const pages = new Map();
      hits.forEach((found, term) => {
        for (const { section, score } of found) {
          if (!this.sets[section.set].has(version)) continue;
          let page = pages.get(section.page);
          if (!page) pages.set(section.page, (page = { best: hits.map(() => 0), sections: new Map() }));
          if (score > page.best[term]) page.best[term] = score;
          let place = page.sections.get(section);
          if (!place) page.sections.set(section, (place = { section, score: 0, terms: 0, last: -1 }));
          place.score += score;
          if (place.last !== term) place.terms += 1;
          place.last = term;
        }
      });
      const counted = [...pages].map(([number, page]) => ({ ...page, page: this.pages[number], terms: page.best.filter(Boolean).length }));
      // With half of what was asked for only if nothing has all of it.
      const most = counted.reduce((most, page) => Math.max(most, page.terms), Math.ceil(hits.length / 2));
      const whole = fold(query.trim());
      const ranked = counted.filter((page) => page.terms === most).map(({ page, best, sections }) => {
        const places = [...sections.values()].sort((one, other) => other.terms - one.terms || other.score - one.score);
        const together = places[0].terms === hits.length ? 1.25 : 1;
        const title = fold(this.title(page, version));
        const named = title === whole ? 2 : title.startsWith(whole) ? 1.25 : 1;
        return { page, version, places, score: best.reduce((sum, score) => sum + score, 0) * together * named };
      });
      return ranked.sort((one, other) => other.score - one.score || one.page.number - other.page.number);
    }

    // The text to quote for a result; where the words of the query stand together, those.
    async quote(result, query) {
      const { runs: words } = asked(query);
      const whole = fold(query.trim());
      const [first] = result.places;
      const alike = result.places.filter(({ terms, section }) => terms === first.terms && section.file === first.section.file);
      const quotes = await Promise.all(alike.map(async ({ section }) => {
        const [id, heading, text] = (await this.quotes(section.file))[section.place];
        const isWhole = fold(`${heading}\n${text}`).includes(whole);
        return { id, heading: section.isHead ? "" : heading, text, isWhole, tag: section.texts.tag };
      }));
      Object.assign(result, quotes.find((quote) => quote.isWhole) ?? quotes[0], { words });
      return result;
    }

    // The results of a version. Those whose words stand together come first, of those that a reader looks at.
    async search(query, version, hits) {
      hits ??= await this.hits(query);
      if (!hits.length) return [];
      const ranked = this.ranked(query, hits, version);
      if (hits.length < 2) return ranked;
      const first = ranked.slice(0, LOOKED_AT);
      await Promise.all(first.map((result) => this.quote(result, query)));
      first.sort((one, other) => other.isWhole - one.isWhole || other.score - one.score);
      return [...first, ...ranked.slice(LOOKED_AT)];
    }

    // Results that only other versions have, by version.
    elsewhere(query, hits, version, found) {
      const known = new Set(found.map((result) => result.page));
      const groups = [];
      this.versions.forEach((_, other) => {
        if (other === version) return;
        const results = this.ranked(query, hits, other).filter(({ page }) => !known.has(page));
        results.forEach(({ page }) => known.add(page));
        if (results.length) groups.push({ version: other, results });
      });
      return groups;
    }
  }

  // Where the words of a query are in a text: pairs of start and end.
  function places(text, words) {
    // Folding changes lengths, so each folded character remembers where it was written.
    let folded = "";
    const at = [];
    let offset = 0;
    for (const character of text) {
      const plain = character < "\u0080" ? character.toLowerCase() : fold(character);
      for (let unit = 0; unit < plain.length; unit++) at.push(offset);
      folded += plain;
      offset += character.length;
    }
    at.push(offset);
    const found = [];
    for (const word of words) {
      const isUnspaced = IS_UNSPACED.test(word);
      const pieces = !isUnspaced || folded.includes(word) ? [word] : [...word].slice(1).map((character, number) => [...word][number] + character);
      for (const piece of pieces) {
        for (let start = folded.indexOf(piece); start >= 0; start = folded.indexOf(piece, start + piece.length)) {
          const isInside = !isUnspaced && start > 0 && IS_LETTER.test(folded[start - 1]) && !IS_UNSPACED.test(folded[start - 1]);
          if (!isInside) found.push([at[start], at[start + piece.length], word]);
        }
      }
    }
    found.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
    let free = 0;
    return found.filter(([start, end]) => start >= free && (free = end));
  }

  // The part of a text that has most of the words.
  function excerpt(text, words) {
    const all = places(text, words);
    const width = IS_UNSPACED.test(text.trim()) || all.some(([start]) => IS_UNSPACED.test(text[start])) ? 90 : 180;
    const value = (from) => new Set(all.filter(([start, end]) => start >= from && end <= from + width).map(([, , word]) => word)).size;
    const best = all.slice(0, 200).reduce((best, [start]) => {
      const own = value(start);
      return own > best.value ? { start, value: own } : best;
    }, { start: 0, value: 0 });
    let from = Math.max(0, best.start - Math.round(width / 4));
    if (from > 0) {
      const space = text.slice(from, best.start).search(/\s/);
      if (space >= 0) from += space + 1;
    }
    const to = Math.min(text.length, from + width);
    return { from, to, all };
  }

  // Text with the words marked.
  function marked(text, words, { from = 0, to = text.length, all = places(text, words) } = {}) {
    const fragment = document.createDocumentFragment();
    let done = from;
    if (from > 0) fragment.append("…");
    for (const [start, end] of all) {
      if (start < done || end > to) continue;
      fragment.append(text.slice(done, start));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      fragment.append(mark);
      done = end;
    }
    fragment.append(text.slice(done, to).trimEnd());
    if (to < text.length) fragment.append("…");
    return fragment;
  }

  // The form of the words that goes with a number in their language.
  function counted({ lang, ...forms }, count) {
    const [known] = Intl.PluralRules.supportedLocalesOf(lang ? [lang] : []);
    const form = known ? new Intl.PluralRules(known).select(count) : "other";
    return (forms[form] ?? forms.other).replaceAll("{count}", count);
  }

  globalThis.variorumSearch = { Index, asked, counted, excerpt, fold, places, start };
  let stop;
  if (globalThis.document) start();

  // Begins to listen; anew where the page was replaced.
  function start() {
    stop?.abort();
    stop = new AbortController();
    const { signal } = stop;
    const dialog = document.getElementById("theme-search");
    if (!dialog) return;
    const words = dialog.dataset;
    const [field, list, status] = ["input", ".search-results", ".search-status"].map((selector) => dialog.querySelector(selector));
    const index = new Index(words.index, words.language);
    variorumSearch.index = index;
    const SHOWN = 25;
    const SHOWN_ELSEWHERE = 5;
    let asking = 0;

    function element(name, className, ...children) {
      const made = document.createElement(name);
      made.className = className;
      made.append(...children);
      return made;
    }

    // A result as a link, which is an option of the list too.
    function option(result, query) {
      const { page, version } = result;
      const { runs: wanted } = asked(query);
      const crumbs = index.crumbs(page, version);
      const title = element("span", "search-title", marked(index.title(page, version), wanted));
      const link = element("a", "search-result", element("span", "search-crumbs", crumbs.join(" › ")), title);
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", "false");
      link.tabIndex = -1;
      const go = (id = "") => {
        link.href = `${index.href(page, version)}?highlight=${encodeURIComponent(query.trim())}${id && `#${encodeURIComponent(id)}`}`;
      };
      go();
      link.quote = async () => {
        link.quote = undefined;
        if (result.text === undefined) await index.quote(result, query);
        const { id, heading, text, tag } = result;
        go(id);
        const quoted = element("span", "search-quote");
        if (tag !== document.documentElement.lang) quoted.lang = tag;
        if (heading) quoted.append(element("span", "search-heading", marked(heading, wanted)));
        if (text) quoted.append(element("span", "search-text", marked(text, wanted, excerpt(text, wanted))));
        link.append(quoted);
      };
      return link;
    }

    const watcher = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        target.quote?.().catch(() => {});
      }
    }, { root: list, rootMargin: "200px" });

    function show(results, query) {
      watcher.disconnect();
      list.replaceChildren(...results.slice(0, SHOWN).map((result) => option(result, query)));
      list.scrollTop = 0;
      number();
      choose(undefined);
    }

    // What only other versions have goes below.
    function showElsewhere(groups, query) {
      list.append(...groups.map((group, place) => {
        const title = element("div", "search-version", index.versions[group.version].title);
        title.id = `theme-search-version-${place}`;
        const made = element("div", "search-group", title, ...group.results.slice(0, SHOWN_ELSEWHERE).map((result) => option(result, query)));
        made.setAttribute("role", "group");
        made.setAttribute("aria-labelledby", title.id);
        return made;
      }));
      number();
      field.setAttribute("aria-expanded", String(all().length > 0));
    }

    function number() {
      all().forEach((link, number) => {
        link.id = `theme-search-result-${number}`;
        watcher.observe(link);
      });
    }

    function tell(...texts) {
      status.textContent = texts.filter(Boolean).join(/^(zh|ja)/.test(document.documentElement.lang) ? "" : " ");
    }

    const all = () => [...list.querySelectorAll("[role=option]")];

    function choose(link) {
      for (const other of list.querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false");
      link?.setAttribute("aria-selected", "true");
      link?.scrollIntoView({ block: "nearest" });
      if (link) field.setAttribute("aria-activedescendant", link.id);
      else field.removeAttribute("aria-activedescendant");
      field.setAttribute("aria-expanded", String(all().length > 0));
    }

    async function ask() {
      const query = field.value;
      const own = ++asking;
      const isOld = () => own !== asking;
      if (!query.trim()) {
        list.replaceChildren();
        choose(undefined);
        return tell();
      }
      try {
        if (!index.pages) tell(words.loading);
        await index.load();
        const version = index.version(words.version);
        const hits = await index.hits(query);
        if (isOld()) return;
        const results = await index.search(query, version, hits);
        if (isOld()) return;
        show(results, query);
        // The list first, as there may be many versions.
        await new Promise((done) => setTimeout(done));
        if (isOld()) return;
        const groups = index.elsewhere(query, hits, version, results);
        showElsewhere(groups, query);
        const count = results.length;
        tell(count ? counted(JSON.parse(words.found), count) : words.nothing, groups.length && words.elsewhere);
      } catch {
        if (!isOld()) tell(words.failed);
      }
    }

    function open(query) {
      if (query !== undefined) field.value = query;
      if (!dialog.open) dialog.showModal();
      field.focus();
      field.select();
      ask();
      index.load().catch(() => {});
    }
    variorumSearch.open = open;

    document.addEventListener("click", (event) => {
      if (event.target.closest(".search-button")) open();
      else if (event.target === dialog || event.target.closest(".search-close")) dialog.close();
      else if (event.target.closest(".search-result")) dialog.close();
    }, { signal });

    const isEditable = (element) => element.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(element.tagName);

    document.addEventListener("keydown", (event) => {
      const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isEditable(event.target);
      if (!isK && !isSlash) return;
      event.preventDefault();
      open();
    }, { signal });

    // Whoever composes a character with an input method has not typed it yet. Safari ends the composition before the key.
    const isComposing = (event) => event.isComposing || event.keyCode === 229;
    field.addEventListener("input", (event) => {
      if (!event.isComposing) ask();
    });
    field.addEventListener("compositionend", ask);
    field.addEventListener("keydown", (event) => {
      if (isComposing(event)) return event.stopPropagation();
      const options = all();
      const at = options.findIndex((link) => link.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        choose(options[event.key === "ArrowDown" ? at + 1 : at < 0 ? options.length - 1 : at - 1]);
      } else if (event.key === "Escape") {
        // Else it would empty the field first.
        event.preventDefault();
        dialog.close();
      } else if (event.key === "Enter") {
        event.preventDefault();
        const { ctrlKey, metaKey, shiftKey } = event;
        options[Math.max(0, at)]?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
      }
    });

    // Marks the words that led to this page, until the reader has seen enough.
    const parameters = new URLSearchParams(location.search);
    const highlighted = parameters.get("highlight");
    const article = document.getElementById("theme-main");
    if (highlighted && article && globalThis.Highlight && CSS.highlights) mark(highlighted);
    if (parameters.get("q")) open(parameters.get("q"));

    function mark(query) {
      const { runs: wanted } = asked(query);
      const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
      const ranges = [];
      while (walker.nextNode()) {
        const node = walker.currentNode;
        for (const [start, end] of places(node.data, wanted)) {
          const range = new Range();
          range.setStart(node, start);
          range.setEnd(node, end);
          ranges.push(range);
        }
      }
      if (!ranges.length) return;
      CSS.highlights.set("theme-search", new Highlight(...ranges));
      const button = element("button", "search-unmark", words.unmark);
      button.type = "button";
      article.append(button);
      const unmark = () => {
        CSS.highlights.delete("theme-search");
        button.remove();
        document.removeEventListener("keydown", onEscape);
        const address = new URL(location.href);
        address.searchParams.delete("highlight");
        history.replaceState(history.state, "", address);
      };
      const onEscape = (event) => {
        if (event.key === "Escape" && !dialog.open) unmark();
      };
      button.addEventListener("click", unmark);
      document.addEventListener("keydown", onEscape);
    }
  }
})();
