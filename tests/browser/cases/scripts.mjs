// What scripts add: switchers of platform and tool, copying.
import assert from "node:assert/strict";
import { WORDS } from "../support/site.mjs";

export function register(look) {
  for (const language of ["en", "zh"]) {
    const words = WORDS[language];
    const article = { path: "/station/guides/first-light", language, long: language !== "en" };

    look(`platforms are switched with mouse and keyboard, and remembered (${language})`, article, async (page, { go }) => {
      const tabs = page.getByRole("tablist", { name: words.pickers.platform });
      await expectChosen(tabs, "Linux");
      await tabs.getByRole("tab", { name: "macOS" }).click();
      await expectChosen(tabs, "macOS");
      assert.ok(await page.getByText("brew install").isVisible());
      assert.equal(await page.getByText("winget install").isVisible(), false);
      await page.keyboard.press("ArrowRight");
      await expectChosen(tabs, "Windows");
      assert.equal(await page.getByText("brew install").isVisible(), false);
      assert.ok(await page.getByText("winget install").isVisible());
      await page.keyboard.press("Home");
      await expectChosen(tabs, "macOS");
      await go("/station/guides/fog-horn");
      await expectChosen(page.getByRole("tablist", { name: words.pickers.platform }), "macOS");
    });

    look(`a block of code is copied (${language})`, { ...article, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      const button = page.getByRole("button", { name: words.code.copy, exact: true }).first();
      await button.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: words.code.copied, exact: true }).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "sudo apt install beacon-keeper");
      await button.waitFor();
    });
  }

  look("annotated code is copied without the notes", { path: "/reference/everything", permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.getByRole("button", { name: WORDS.en.code.copy, exact: true }).last().click();
    const code = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(code, /^lamps:\n {2}- number: 1\n/);
    assert.match(code, /night: long$/);
  });

  look("the tool of the page comes first, until the reader chooses another", { path: "/station/guides/fog-horn" }, async (page, { go }) => {
    const tabs = page.getByRole("tablist", { name: WORDS.en.pickers.tool });
    await expectChosen(tabs, "Web browser");
    await tabs.getByRole("tab", { name: "Command line" }).click();
    await go("/station/guides/first-light");
    await expectChosen(page.getByRole("tablist", { name: WORDS.en.pickers.tool }), "Command line");
    await go("/station/guides/fog-horn");
    await expectChosen(page.getByRole("tablist", { name: WORDS.en.pickers.tool }), "Command line");
  });
}

async function expectChosen(tabs, name) {
  await tabs.getByRole("tab", { name, selected: true }).waitFor();
}
