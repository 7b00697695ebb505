// A server that stands in for `variorum preview`: it serves a built site with the preview's scripts, and says of its
// pages what a test wants. So the scripts can be tried with findings, names and failures that no real site has.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { serve } from "../server.mjs";

const OWN = new URL("../../../templates/preview/", import.meta.url);
const TYPES = { css: "text/css", html: "text/html", js: "text/javascript", json: "application/json" };

/**
 * Serves `folder` below `base`. In `state`, `info` and `blocks` are what it says of every page, `edit` alters the HTML of
 * pages, `files` are more files by their path, `comparison` is the page of two variants. `changed` and `told` tell open
 * pages about it, `pages` are those that listen; `stop` and `resume` are what they say.
 */
export async function standIn(folder, base) {
  const site = await serve(folder, base);
  const streams = new Set();
  const state = { info: pageInfo(), blocks: { blocks: [] }, edit: (html) => html, files: {}, comparison: "", token: 1 };
  const server = createServer((request, response) => {
    answer(site, streams, state, request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  const listen = (port) => new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address();
  const tell = (event) => {
    state.token += 1;
    for (const stream of streams) stream.write(message(event, state.token));
  };
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return {
    state,
    origin: `http://127.0.0.1:${port}`,
    address: `http://127.0.0.1:${port}${base}`,
    pages: () => [...streams].map(({ page }) => page),
    changed: () => tell("changed"),
    told: () => tell("told"),
    stop,
    resume: () => listen(port),
    close: async () => {
      await stop();
      await site.close();
    },
  };
}

const message = (event, token) => `event: ${event}\ndata: ${JSON.stringify({ token: String(token) })}\n\n`;

async function answer(site, streams, state, request, response) {
  const { pathname, searchParams } = new URL(request.url, site.origin);
  response.setHeader("Content-Security-Policy", "default-src 'self'");
  response.setHeader("Cache-Control", "no-cache");
  const own = pathname.match(/^\/_variorum\/([\w.]+)$/)?.[1];
  if (own === "events") return stream(streams, state, searchParams, request, response);
  if (own === "page") return send(response, "json", JSON.stringify({ ...state.info, token: String(state.token) }));
  if (own === "blocks") return send(response, "json", JSON.stringify(state.blocks));
  if (own) return send(response, own.split(".")[1], await readFile(new URL(own, OWN)));
  if (state.files[pathname]) return send(response, pathname.split(".").at(-1), state.files[pathname]);
  if (searchParams.has("compare")) return send(response, "html", state.comparison.replace("<html ", `<html data-token="${state.token}" `));
  const found = await fetch(site.origin + request.url);
  response.statusCode = found.status;
  response.setHeader("Content-Type", found.headers.get("Content-Type") ?? "text/plain");
  if (!/html/.test(found.headers.get("Content-Type"))) return response.end(Buffer.from(await found.arrayBuffer()));
  const script = `<script src="/_variorum/client.js" data-token="${state.token}" defer></script>\n</body>`;
  response.end(state.edit(numbered(await found.text()).replace("</body>", script), pathname));
}

function stream(streams, state, query, request, response) {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  response.page = query.get("page");
  response.write(query.get("token") === String(state.token) ? ": here\n\n" : message("changed", state.token));
  streams.add(response);
  request.on("close", () => streams.delete(response));
}

function send(response, type, body) {
  response.writeHead(200, { "Content-Type": `${TYPES[type]}; charset=utf-8` }).end(body);
}

// The blocks of the article, as the preview marks them.
function numbered(html) {
  let number = -1;
  const [head, article] = html.split(/(?=<article)/);
  if (!article) return html;
  return head + article.replace(/<(p|h[1-6]|li|pre|tr|ul|ol)(?=[ >])/g, (start) => `${start} data-block="${(number += 1)}"`);
}

/** A place in a file. */
export function place(file, line = 1, column = 1) {
  return { file, line, column, edit: `vscode://file/site/${encodeURI(file)}:${line}:${column}` };
}

/** What is known of a page, with something other than usual. */
export function pageInfo(other = {}) {
  const choice = (id, title, path, more) => ({ id, title, tag: null, href: `/beacon/docs${path}`, is_current: false, exists: true, ...more });
  return {
    file: place("content/station/guides/first-light.md"),
    versions: [
      choice("station@3.0", "Beacon Station 3.0", "/en/station@3.0/station/guides/first-light", { is_current: true }),
      choice("station@2.0", "Beacon Station 2.0", "/en/station@2.0/station/guides/first-light"),
      choice("cloud@latest", "Beacon Cloud", "/en/cloud@latest/station", { exists: false }),
    ],
    languages: [
      choice("en", "English", "/en/station@3.0/station/guides/first-light", { tag: "en", is_current: true }),
      choice("zh", "简体中文", "/zh/station@3.0/station/guides/first-light", { tag: "zh-Hans", exists: false }),
    ],
    fallback: null,
    reads: [
      { kind: "reusable", name: "lamps.gloves", place: place("data/reusables/lamps/gloves.md") },
      { kind: "variable", name: "product.name", place: place("data/variables/product.yml", 3, 7) },
      { kind: "page", name: "station/guides/tide-tables", place: place("content/station/guides/tide-tables.md", 2) },
    ],
    redirects: [{ from: "/articles/first-light", place: place("content/station/guides/first-light.md", 6, 5) }],
    findings: [],
    overlay: false,
    is_last_good: false,
    ...other,
  };
}

/** A finding, with something other than usual. */
export function finding(other = {}) {
  return {
    code: "unknown-data-reference",
    severity: "error",
    message: "there is no `reusables.lamps.glove`",
    place: place("data/reusables/notices/cloud.md", 4, 12),
    excerpt: { before: "Put on {% data ", marked: "reusables.lamps.glove", after: " %} before you touch a lamp." },
    trace: [place("content/station/guides/first-light.md", 12, 3), place("data/reusables/lamps/gloves.md", 2, 1)],
    hints: ["did you mean `reusables.lamps.gloves`?"],
    ...other,
  };
}
