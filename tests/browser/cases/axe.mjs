// What axe finds: nothing, on any kind of page, in light and dark, in both languages, narrow and wide.
import assert from "node:assert/strict";
import axe from "axe-core";
import { KINDS } from "../support/site.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export function register(look) {
  for (const [kind, path] of Object.entries(KINDS)) {
    for (const language of ["en", "zh"]) {
      for (const colorScheme of ["light", "dark"]) {
        look(`axe finds nothing (${kind}, ${language}, ${colorScheme})`, { path, language, colorScheme }, async (page) => {
          const found = [];
          for (const width of [360, 1440]) {
            await page.setViewportSize({ width, height: 900 });
            found.push(...(await violations(page)).map((violation) => `${width}: ${violation}`));
          }
          assert.equal(found.join("\n"), "");
        });
      }
    }
  }
}

async function violations(page) {
  await page.evaluate(axe.source);
  const results = await page.evaluate((tags) => window.axe.run({ runOnly: tags }), TAGS);
  return results.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 120)}: ${node.any.map((check) => check.message).join("; ")}`));
}
