// What the tests of the preview need: pages of a server that stands in for it, and the program itself over a copy of a site.
import { execFileSync, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { standIn } from "./preview.mjs";
import { at, BASE, TODAY } from "./site.mjs";

const SITE = new URL("../site", import.meta.url).pathname;
const OWN_SITE = new URL("../preview-site", import.meta.url).pathname;

/**
 * Registers tests over the stand-in: `look(name, options, act)` opens a page, and hands `act` the page of the browser, the
 * server and a way to go to other pages. `options` are those of a browser context, and `path`, `query`, `language`, `state`.
 */
export function tried({ browser, folder }) {
  return function look(name, { path = "/station/guides/first-light", language = "en", query = "", state, ...options }, act) {
    test(name, async () => {
      const server = await standIn(folder, BASE);
      Object.assign(server.state, state);
      try {
        await withPage(await browser, server.origin, options, async (page, context) => {
          const go = (page, to) => page.goto(at(server.address, to, { language }));
          await go(page, path + query);
          await act(page, { server, context, go });
        });
      } finally {
        await server.close();
      }
    });
  };
}

/**
 * Registers tests over the program, short ones or `long` ones: `look(name, options, act)` starts `variorum preview` over a copy of a site, and hands
 * `act` a page, the address, the context, ways to change and restore the files of the copy, and `run`, which does something
 * else with it.
 */
export function written({ browser, program, long: wanted = false }) {
  return function look(name, { long = false, ...options }, act) {
    if (long !== wanted) return;
    test(name, { skip: !program && "VARIORUM_PROGRAM names no program" }, async () => {
      const folder = await mkdtemp(join(tmpdir(), "variorum-preview-"));
      await cp(options.site === "sample" ? SITE : OWN_SITE, folder, { recursive: true });
      const preview = await start(program, folder);
      const { site, ...rest } = options;
      try {
        const run = (...command) => execFileSync(program, [...command, "--site", folder], { stdio: "pipe" });
        await withPage(await browser, preview.origin, rest, (page, context) => act(page, { ...preview, context, run, ...files(folder) }));
      } finally {
        await preview.stop();
        await rm(folder, { recursive: true });
      }
    });
  };
}

/** Starts the preview of a site. The address is on the standard output, whatever stands around it. */
export async function start(program, folder) {
  const child = spawn(program, ["preview", "--site", folder, "--port", "0", "--date", TODAY], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const lines = createInterface({ input: child.stdout });
  const found = new Promise((resolve) => lines.on("line", (line) => resolve(line.match(/http:\/\/[^\s]+/)?.[0] ?? null)));
  const failed = ended.then((code) => Promise.reject(new Error(`the preview ended with ${code}: ${said}`)));
  failed.catch(() => {});
  const address = await Promise.race([found, failed]);
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { address, origin: new URL(address).origin, stop };
}

/** Ways to change and restore the files of a folder. */
export function files(folder) {
  const path = (file) => join(folder, file);
  return {
    async write(file, text) {
      await mkdir(dirname(path(file)), { recursive: true });
      await writeFile(path(file), text);
    },
    remove: (file) => rm(path(file)),
    /** Replaces words in a file; they have to be there. */
    async change(file, from, to) {
      const text = await readFile(path(file), "utf8");
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      await writeFile(path(file), text.replace(from, to));
    },
  };
}

/** Waits until `ask` gives something true, and gives it. */
export async function until(ask, what = "nothing came of it") {
  for (let tries = 0; tries < 1500; tries += 1) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(what);
}
