// What every file of cases needs: the sample site served, a browser, and a way to say what a reader does.
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { at } from "./site.mjs";

/**
 * Registers tests that look at the sample site: `look(name, options, act)` opens a page, and hands `act` the page of the
 * browser and a way to go to other pages. `options` are those of a browser context, and `path`, `language`, `version`;
 * `todo` says why a test cannot pass yet. A test that is `long` is only registered where `long` ones are wanted, and then
 * alone: it looks at one more of what a short one has looked at, or at what seldom breaks.
 */
export function sample({ browser, site, long: wanted = false }) {
  return function look(name, { path = "", language = "en", version, todo, long = false, ...options }, act) {
    if (long !== wanted) return;
    test(name, { todo }, async () => {
      await withPage(await browser, site.origin, options, async (page, context) => {
        const go = (to, where = {}) => page.goto(at(site.address, to, { language, version, ...where }));
        await go(path);
        await act(page, { go, context, address: site.address });
      });
    });
  };
}
