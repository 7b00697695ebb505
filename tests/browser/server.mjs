// Serves a built site as static hosts do: below the path of its base_url, with a strict policy, and 404.html for the rest.
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".xml": "application/xml; charset=utf-8",
};

/** Serves `folder` below `base`, on a port that is free; gives the address without a slash at its end, and `close`. */
export async function serve(folder, base = "") {
  const server = createServer((request, response) => {
    answer(folder, base, request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { origin, address: origin + base, close };
}

async function answer(folder, base, request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  response.setHeader("Content-Security-Policy", "default-src 'self'");
  response.setHeader("Cache-Control", "no-cache");
  // Browsers ask every host for its icon, whoever its pages are from.
  if (pathname === "/favicon.ico") return response.writeHead(204).end();
  const path = pathname === base || pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : null;
  const found = path === null ? null : await fileOf(folder, decodeURIComponent(path));
  if (found) return send(response, 200, found);
  const missing = path === null ? null : await fileOf(folder, "/404.html");
  if (missing) return send(response, 404, missing);
  response.writeHead(404).end();
}

// A folder stands for the index in it, and an address without a file for the page of that name.
async function fileOf(folder, path) {
  const file = normalize(join(folder, path));
  if (file !== folder && !file.startsWith(folder + sep)) return null;
  for (const candidate of [file, join(file, "index.html"), `${file}.html`]) {
    const found = await stat(candidate).catch(() => null);
    if (found?.isFile()) return candidate;
  }
  return null;
}

function send(response, status, file) {
  response.writeHead(status, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
}

// `node server.mjs FOLDER [BASE]` shows a built site to whoever wants to look at it.
if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [folder, base] = process.argv.slice(2);
  await readFile(join(folder, "404.html"));
  const { address } = await serve(resolve(folder), base);
  console.log(address);
}
