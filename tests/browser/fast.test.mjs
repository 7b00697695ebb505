// What a reader does, tried in one browser: runs within half a minute, on every `cargo test`.
import { after, describe } from "node:test";
import { launch } from "./support/browser.mjs";
import { sample } from "./support/sample.mjs";
import { BASE } from "./support/site.mjs";
import { serve } from "./server.mjs";
import * as layout from "./cases/layout.mjs";
import * as navigation from "./cases/navigation.mjs";
import * as pickers from "./cases/pickers.mjs";
import * as reading from "./cases/reading.mjs";
import * as scripts from "./cases/scripts.mjs";
import * as search from "./cases/search.mjs";
import * as theme from "./cases/theme.mjs";

const site = await serve(process.env.VARIORUM_SITE, BASE);
const browser = launch();

describe("the sample site", { concurrency: 4 }, () => {
  const look = sample({ browser, site });
  for (const cases of [navigation, pickers, reading, scripts, search, theme, layout]) cases.register(look);
  after(async () => {
    await (await browser).close();
    await site.close();
  });
});
