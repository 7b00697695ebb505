// What is slow to look at: every kind of page, light and dark, in both languages, narrow and wide. Minutes.
import { after, describe } from "node:test";
import { launch } from "./support/browser.mjs";
import { sample } from "./support/sample.mjs";
import { BASE } from "./support/site.mjs";
import { serve } from "./server.mjs";
import * as axe from "./cases/axe.mjs";
import * as layout from "./cases/layout.mjs";
import * as navigation from "./cases/navigation.mjs";
import * as pickers from "./cases/pickers.mjs";
import * as reading from "./cases/reading.mjs";
import * as scripts from "./cases/scripts.mjs";
import * as search from "./cases/search.mjs";
import * as theme from "./cases/theme.mjs";

const site = await serve(process.env.VARIORUM_SITE, BASE);
const browser = launch();

describe("every kind of page", { concurrency: 2 }, () => {
  axe.register(sample({ browser, site }));
  const look = sample({ browser, site, long: true });
  for (const cases of [navigation, pickers, reading, scripts, search, theme, layout]) cases.register(look);
  after(async () => {
    await (await browser).close();
    await site.close();
  });
});
