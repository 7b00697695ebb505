// What axe finds: nothing, on any kind of page, in light and dark, in both languages, narrow and wide.
import assert from "node:assert/strict";
import axe from "axe-core";
import { KINDS } from "../support/site.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export function register(look) {
  const kinds = { ...KINDS, "not found": "/station/nothing" };
  for (const [kind, path] of Object.entries(kinds)) {
    for (const language of ["en", "zh"]) {
      for (const colorScheme of ["light", "dark"]) {
        const way = { path, language, colorScheme, mayMiss: /nothing$/ };
        look(`axe finds nothing (${kind}, ${language}, ${colorScheme})`, way, (page) => check(page));
      }
    }
  }

  for (const colorScheme of ["light", "dark"]) {
    look(`axe finds nothing in the search at both widths (${colorScheme})`, { path: "/station", colorScheme }, (page) =>
      check(page, async () => {
        if (await page.getByRole("dialog").isVisible()) return;
        await page.keyboard.press("/");
        await page.getByRole("dialog").getByRole("combobox").fill("lamp");
        await page.getByRole("option").first().waitFor();
      }),
    );
  }
}

/** Holds a page against axe, at two widths. */
export async function check(page, prepare = async () => {}, options = {}) {
  const found = [];
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await prepare();
    found.push(...(await violations(page, options)).map((violation) => `${width}: ${violation}`));
  }
  assert.equal(found.join("\n"), "");
}

async function violations(page, options) {
  await page.evaluate(axe.source);
  const results = await page.evaluate((wanted) => window.axe.run(wanted), { runOnly: TAGS, ...options });
  return results.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 120)}: ${node.any.map((check) => check.message).join("; ")}`));
}
