// Debian's Chromium, and pages in it that fail when anything goes wrong on them.
import assert from "node:assert/strict";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

/** Where Chromium is on this machine, if it is. */
export function executable() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** One browser for all tests of a process. */
export function launch() {
  const executablePath = executable();
  assert.ok(executablePath, "there is no chromium on PATH");
  return chromium.launch({ executablePath, args: ["--disable-gpu", "--disable-dev-shm-usage"] });
}

/**
 * Runs `test` with a page of a context of its own. What the browser complains of on the way fails the test: errors of
 * scripts, violations of the policy, requests that fail or leave the host. Addresses that `options.mayMiss` matches may be
 * answered with 404, or not at all.
 */
export async function withPage(browser, origin, options, test) {
  const { mayMiss, ...rest } = options;
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 }, ...rest });
  const complaints = [];
  const page = await context.newPage();
  // A machine that compiles beside it takes its time; what is wrong does not come right by waiting.
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !mayMiss?.test(message.location().url)) complaints.push(`console: ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    // A page that is left takes its requests with it.
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED" && !mayMiss?.test(request.url())) complaints.push(`request: ${request.url()} ${reason}`);
  });
  page.on("response", (response) => {
    const url = response.url();
    if (response.status() >= 400 && !mayMiss?.test(url)) complaints.push(`${response.status()}: ${url}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) complaints.push(`leaves: ${request.url()}`);
  });
  try {
    await test(page, context);
  } finally {
    await context.close();
  }
  assert.equal(complaints.join("\n"), "");
}
