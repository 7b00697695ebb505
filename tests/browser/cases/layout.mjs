// Size and shape: nothing is wider than the window, and no page is heavy.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { KINDS } from "../support/site.mjs";

/** The kinds of pages that are looked at each time: with all there can be, and with what is hard to break. */
const SHORT = ["everything", "long words"];
const WIDTHS = [320, 360, 768, 1440];

export function register(look) {
  for (const [kind, path] of Object.entries(KINDS)) {
    look(`nothing is wider than the window (${kind})`, { path, long: !SHORT.includes(kind) }, async (page) => {
      const wide = [];
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        const culprits = await page.evaluate(wider);
        if (culprits.length) wide.push([width, ...culprits]);
      }
      assert.equal(wide.join("\n"), "");
    });
  }

  look("pages, styles and scripts are small", {}, async (page, { go }) => {
    for (const path of Object.values(KINDS)) {
      const sizes = { page: 0, looks: 0 };
      const waiting = [];
      const note = (response) => {
        const type = response.request().resourceType();
        if (!["document", "stylesheet", "script"].includes(type)) return;
        const add = (body) => (sizes[type === "document" ? "page" : "looks"] += gzipSync(body).length);
        waiting.push(response.body().then(add));
      };
      page.on("response", note);
      await go(path);
      await Promise.all(waiting);
      page.off("response", note);
      assert.ok(sizes.looks <= 40 << 10, `${path}: ${sizes.looks} bytes of styles and scripts`);
      assert.ok(sizes.page + sizes.looks <= 60 << 10, `${path}: ${sizes.page} bytes of page and ${sizes.looks} beside it`);
    }
  });
}

// Runs in the page: what reaches over the right side of the window, where the window scrolls because of it.
function wider() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const isCut = (element) => element !== document.body && (getComputedStyle(element).overflowX !== "visible" || isCut(element.parentElement));
  const over = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
  const visible = over.filter((element) => !isCut(element.parentElement));
  return [`${scrollWidth} > ${clientWidth}`, ...visible.slice(0, 3).map((element) => element.outerHTML.slice(0, 100))];
}
