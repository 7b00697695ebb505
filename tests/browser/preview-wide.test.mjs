// What the preview adds to pages, in one browser: its scripts over a server that says what a test wants.
import { after, describe } from "node:test";
import { launch } from "./support/browser.mjs";
import { tried, written } from "./support/tried.mjs";
import * as bar from "./cases/preview-bar.mjs";
import * as compare from "./cases/preview-compare.mjs";
import * as content from "./cases/preview-content.mjs";
import * as origins from "./cases/preview-origins.mjs";
import * as overlay from "./cases/preview-overlay.mjs";
import * as payloads from "./cases/preview-payloads.mjs";
import * as writing from "./cases/preview-writing.mjs";

const browser = launch();
after(async () => (await browser).close());

describe("the scripts of the preview", { concurrency: 2 }, () => {
  const look = tried({ browser, folder: process.env.VARIORUM_SITE });
  for (const cases of [bar, compare, content, origins, overlay, payloads]) cases.register(look);
});

describe("writing with the preview, at length", { concurrency: 2 }, () => {
  writing.register(written({ browser, program: process.env.VARIORUM_PROGRAM, long: true }));
});

describe("the scripts of the preview, alone", () => {
  content.measure(tried({ browser, folder: process.env.VARIORUM_SITE }));
});
