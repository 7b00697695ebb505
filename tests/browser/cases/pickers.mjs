// Pickers of version and language: they offer what exists, and keep the place.
import assert from "node:assert/strict";
import { WORDS } from "../support/site.mjs";

export function register(look) {
  look("the language picker keeps page and anchor", { path: "/station/guides/first-light#light-the-lamp" }, async (page) => {
    await choose(page, WORDS.en.pickers.language, "简体中文");
    await page.waitForURL("**/zh/station@3.0/station/guides/first-light#light-the-lamp");
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "第一次点灯");
    await choose(page, WORDS.zh.pickers.language, "English");
    await page.waitForURL("**/en/station@3.0/station/guides/first-light#light-the-lamp");
  });

  look("the version picker keeps page and anchor", { path: "/station/guides/first-light#light-the-lamp" }, async (page) => {
    await choose(page, WORDS.en.homepage.version_picker, /Beacon Cloud/);
    await page.waitForURL("**/en/cloud@latest/station/guides/first-light#light-the-lamp");
  });

  look("the version picker says where the page is not", { path: "/station/guides/tide-tables" }, async (page) => {
    await page.locator("summary").filter({ hasText: WORDS.en.homepage.version_picker }).click();
    const text = await page.getByRole("navigation", { name: WORDS.en.homepage.version_picker }).innerText();
    const lines = text.split("\n").map((line) => line.trim()).filter((line) => line);
    assert.deepEqual(lines, ["Beacon Station 3.0", "Beacon Station 2.0", WORDS.en.pickers.absent, "Beacon Cloud"]);
  });

  look("a picker closes with Escape and gives the focus back", { path: "/station" }, async (page) => {
    const summary = page.locator("summary").filter({ hasText: WORDS.en.homepage.version_picker });
    await summary.focus();
    await page.keyboard.press("Enter");
    const list = page.getByRole("navigation", { name: WORDS.en.homepage.version_picker });
    await list.waitFor({ state: "visible" });
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "hidden" });
    assert.ok(await summary.evaluate((element) => element === document.activeElement));
  });
}

async function choose(page, picker, item) {
  await page.locator("summary").filter({ hasText: picker }).click();
  await page.getByRole("navigation", { name: picker }).getByRole("link", { name: item }).click();
}
