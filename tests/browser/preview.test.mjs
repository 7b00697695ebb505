// Writing with the preview: the program over a copy of a site, in one browser.
import { after, describe } from "node:test";
import { launch } from "./support/browser.mjs";
import { written } from "./support/tried.mjs";
import * as writing from "./cases/preview-writing.mjs";

const browser = launch();
after(async () => (await browser).close());

describe("writing with the preview", { concurrency: 2 }, () => {
  writing.register(written({ browser, program: process.env.VARIORUM_PROGRAM }));
});
