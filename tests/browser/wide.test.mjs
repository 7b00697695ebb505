// What is slow to look at: every kind of page, light and dark, in both languages, narrow and wide. Minutes.
import { after, describe } from "node:test";
import { launch } from "./support/browser.mjs";
import { sample } from "./support/sample.mjs";
import { BASE } from "./support/site.mjs";
import { serve } from "./server.mjs";
import * as axe from "./cases/axe.mjs";

const site = await serve(process.env.VARIORUM_SITE, BASE);
const browser = launch();

describe("every kind of page", { concurrency: 2 }, () => {
  const look = sample({ browser, site });
  axe.register(look);
  after(async () => {
    await (await browser).close();
    await site.close();
  });
});
