// Runs the theme's search over a site that was built: `node query.mjs SEARCH.JS SITE < queries`. A query is a line of
// JSON: language, version, words. For each, the results are a line of JSON.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import vm from "node:vm";

const [script, site] = process.argv.slice(2);
vm.runInThisContext(await readFile(script, "utf8"), script);
const { Index } = globalThis.variorumSearch;

let fetched = [];
async function get(address) {
  const bytes = await readFile(site + new URL(address, "http://localhost/").pathname).catch(() => undefined);
  fetched.push({ address, bytes: bytes?.length ?? 0 });
  return {
    ok: bytes !== undefined,
    status: bytes ? 200 : 404,
    json: async () => JSON.parse(bytes.toString("utf8")),
    arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  };
}

const indexes = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const { language, version, words, prefix = "/search/" } = JSON.parse(line);
  if (!indexes.has(language)) indexes.set(language, new Index(prefix, language, get));
  const index = await indexes.get(language).load();
  fetched = [];
  const begin = performance.now();
  const number = index.version(version);
  const hits = await index.hits(words);
  const results = await index.search(words, number, hits);
  const milliseconds = performance.now() - begin;
  const shown = async (result) => {
    await index.quote(result, words);
    const { page, version, id, heading, text } = result;
    const { from, to } = variorumSearch.excerpt(text, result.words);
    const address = index.href(page, version) + (id && `#${id}`);
    return { address, title: index.title(page, version), crumbs: index.crumbs(page, version), heading, excerpt: text.slice(from, to) };
  };
  const shownAll = async (results) => Promise.all(results.slice(0, 10).map(shown));
  const bytes = fetched.reduce((sum, file) => sum + file.bytes, 0);
  const elsewhere = index.elsewhere(words, hits, number, results);
  console.log(JSON.stringify({
    count: results.length,
    milliseconds: Math.round(milliseconds * 10) / 10,
    bytes,
    results: await shownAll(results),
    elsewhere: await Promise.all(elsewhere.map(async (group) => ({ version: index.versions[group.version].id, results: await shownAll(group.results) }))),
  }));
}
