// The bar: what it says, that it can be used with the keyboard, put away, and read by all.
import assert from "node:assert/strict";
import axe from "axe-core";
import { finding, pageInfo } from "../support/preview.mjs";
import { until } from "../support/tried.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export function register(look) {
  look("the bar names file, reads, old addresses and findings, with links to the editor", { state: { info: pageInfo({ findings: [finding()] }) } }, async (page) => {
    const bar = page.getByRole("region", { name: "Preview" });
    const file = bar.getByRole("link", { name: "content/station/guides/first-light.md" });
    assert.match(await file.getAttribute("href"), /^vscode:\/\/file.*first-light\.md:1:1$/);
    await bar.getByRole("button", { name: "Reads: 3" }).click();
    for (const text of ["Titles and intros of pages", "lamps.gloves", "data/variables/product.yml:3"]) assert.ok(await bar.getByText(text).isVisible(), text);
    await bar.getByRole("button", { name: "Old addresses: 1" }).click();
    assert.equal(await bar.getByText("lamps.gloves").isVisible(), false, "one panel at a time");
    assert.ok(await bar.getByText("/articles/first-light").isVisible());
    await bar.getByRole("button", { name: "1 error" }).click();
    assert.ok(await bar.getByText("did you mean").isVisible());
  });

  look("the pickers lead to other variants, and say where there is none", {}, async (page) => {
    const bar = page.getByRole("region", { name: "Preview" });
    await bar.getByRole("button", { name: "Version: Beacon Station 3.0" }).click();
    assert.equal(await bar.getByRole("link", { name: "Beacon Station 3.0" }).getAttribute("aria-current"), "true");
    assert.ok(await bar.getByRole("link", { name: "Beacon Cloud does not have this page: leads to the nearest" }).isVisible());
    await page.keyboard.press("Escape");
    await bar.getByRole("button", { name: "Language: English" }).click();
    await bar.getByRole("link", { name: "简体中文 not translated: the text is in the default language" }).click();
    await page.waitForURL("**/zh/station@3.0/station/guides/first-light");
    await page.getByRole("region", { name: "预览" }).waitFor();
  });

  look("a page in the default language says why", { state: { info: pageInfo({ fallback: "damaged" }) } }, async (page) => {
    await page.getByRole("button", { name: "Language: English the translation is damaged" }).waitFor();
  });

  look("a comparison is chosen among versions and languages", {}, async (page) => {
    const bar = page.getByRole("region", { name: "Preview" });
    await bar.getByRole("button", { name: "Compare" }).click();
    assert.equal(await bar.getByRole("link", { name: "Beacon Station 3.0" }).count(), 0, "not with itself");
    await bar.getByRole("link", { name: "Beacon Station 2.0" }).click();
    await page.waitForURL("**/first-light?compare=station%402.0");
  });

  look("Esc closes a panel and gives the focus back", {}, async (page) => {
    const button = page.getByRole("button", { name: "Reads: 3" });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.getByRole("link", { name: "data/reusables/lamps/gloves.md:1" }).evaluate((link) => link.matches(":focus")));
    await page.keyboard.press("Escape");
    assert.ok(await button.evaluate((button) => button.matches(":focus")));
    assert.equal(await page.getByText("lamps.gloves").isVisible(), false);
  });

  for (const width of [360, 1440]) {
    look(`the bar covers nothing of the page, and is no wider than the window (${width} px)`, { viewport: { width, height: 700 } }, async (page) => {
      await page.getByRole("region", { name: "Preview" }).waitFor();
      await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }));
      const [footer, bar] = [await page.locator("body > footer").boundingBox(), await page.getByRole("region", { name: "Preview" }).boundingBox()];
      assert.ok(footer.y + footer.height <= bar.y + 1, `${footer.y + footer.height} > ${bar.y}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      assert.ok(bar.height < 110, `${bar.height} px high`);
    });
  }

  look("the bar is put away, which is remembered, and comes back", {}, async (page, { go }) => {
    await page.getByRole("button", { name: "Hide the preview bar" }).click();
    const show = page.getByRole("button", { name: /^Show the preview bar/ });
    assert.ok(await show.evaluate((button) => button.matches(":focus")), "the focus is on the tab");
    await go(page, "/station");
    assert.equal(await page.getByRole("region", { name: "Preview" }).isVisible(), false);
    await show.click();
    assert.ok(await page.getByRole("region", { name: "Preview" }).isVisible());
  });

  look("there is no bar on paper", {}, async (page) => {
    await page.getByRole("region", { name: "Preview" }).waitFor();
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.getByRole("region", { name: "Preview" }).isVisible(), false);
  });

  look("the bar has the colours that the reader chooses", { colorScheme: "light" }, async (page) => {
    const ground = () => page.getByRole("region", { name: "Preview" }).evaluate((bar) => getComputedStyle(bar).backgroundColor);
    const light = await ground();
    await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
    await until(async () => (await ground()) !== light);
  });

  const faults = { info: pageInfo({ fallback: "missing", overlay: true, is_last_good: true, findings: [finding(), finding({ severity: "warning", code: "other" })] }) };
  for (const language of ["en", "zh"]) {
    for (const colorScheme of ["light", "dark"]) {
      look(`axe finds nothing in bar, panels and overlay (${language}, ${colorScheme})`, { path: "/station/guides/tide-tables", language, colorScheme, state: faults, reducedMotion: "reduce" }, async (page) => {
        await page.getByRole("dialog").waitFor();
        await page.evaluate(axe.source);
        const found = [];
        for (const [width, panel] of [[360, "findings"], [1440, "language"]]) {
          await page.setViewportSize({ width, height: 800 });
          await page.locator(`.item-${panel} .button`).click();
          found.push(...(await violations(page, `${width}, ${panel}`)));
        }
        assert.equal(found.join("\n"), "");
      });
    }
  }
}

// Styles are not read beforehand: for that axe would write some into the page, which the policy forbids.
async function violations(page, where) {
  const results = await page.evaluate((tags) => window.axe.run("variorum-preview", { runOnly: tags, preload: false }), TAGS);
  return results.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${where}: ${id}: ${help}: ${node.html.slice(0, 120)}: ${[...node.any, ...node.all].map((check) => check.message).join("; ")}`));
}
