// Search and the page for addresses that do not exist: typed, chosen and followed.
import assert from "node:assert/strict";
import axe from "axe-core";
import { WORDS } from "../support/site.mjs";

const home = { path: "" };

export function register(look) {
  for (const language of ["en", "zh"]) {
    const words = WORDS[language];
    const query = { en: "install keeper", zh: "守灯程序" }[language];

    look(`a heading is found with the keyboard alone, and its words are marked (${language})`, { ...home, language }, async (page) => {
      await page.keyboard.press("/");
      const field = page.getByRole("combobox", { name: words.search.placeholder });
      await field.fill(query);
      await page.getByRole("option").first().waitFor();
      await page.keyboard.press("ArrowDown");
      const chosen = page.getByRole("option", { selected: true });
      assert.equal(await field.getAttribute("aria-activedescendant"), await chosen.getAttribute("id"));
      await chosen.locator("mark").first().waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/first-light\?highlight=.*#install-the-keeper$/);
      const marked = await page.evaluate(() => [...CSS.highlights.get("theme-search")].map(String).join(" "));
      assert.match(marked, { en: /Install/, zh: /守灯程序/ }[language]);
      await page.getByRole("button", { name: words.search.unmark }).click();
      assert.equal(await page.evaluate(() => CSS.highlights.has("theme-search")), false);
      assert.match(page.url(), /first-light#install-the-keeper$/);
    });

    look(`the number of results is told, and Escape closes the search (${language})`, { ...home, language, long: language !== "en" }, async (page) => {
      const button = page.getByRole("button", { name: words.search.button, exact: true });
      await button.click();
      await page.getByRole("combobox").fill("zebra");
      await page.getByRole("status").filter({ hasText: words.search.no_results }).waitFor();
      await page.getByRole("combobox").fill(query);
      await page.getByRole("status").filter({ hasText: /\d|1 result/ }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      assert.equal(await button.evaluate((element) => element === document.activeElement), true);
    });

    for (const colorScheme of ["light", "dark"]) {
      look(`axe finds nothing in an open search (${language}, ${colorScheme})`, { ...home, language, colorScheme, long: language !== "zh" || colorScheme !== "dark" }, async (page) => {
        await page.keyboard.press("Control+k");
        await page.getByRole("combobox").fill(query);
        await page.getByRole("option").first().waitFor();
        await page.keyboard.press("ArrowDown");
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => window.axe.run("#theme-search"));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
      });
    }
  }

  look("what only another version has is listed under its name", { ...home, version: "cloud@latest" }, async (page) => {
    await page.keyboard.press("/");
    await page.getByRole("combobox").fill("trim the wick");
    const group = page.getByRole("group", { name: "Beacon Station 2.0" });
    await group.getByRole("option").first().click();
    await page.waitForURL(/\/en\/station@2\.0\/station\/guides\/oil-lamps\?/);
  });

  look("a key that belongs to a field opens nothing, and letters in the making are not searched", home, async (page) => {
    await page.keyboard.press("/");
    const field = page.getByRole("combobox");
    await field.press("/");
    assert.equal(await field.inputValue(), "/");
    await field.fill("");
    const session = await page.context().newCDPSession(page);
    await session.send("Input.imeSetComposition", { text: "keeper", selectionStart: 6, selectionEnd: 6 });
    await page.waitForTimeout(300);
    assert.equal(await page.getByRole("option").count(), 0);
    await session.send("Input.insertText", { text: "keeper" });
    await page.getByRole("option").first().waitFor();
  });

  look("an address with words opens the search", { path: "?q=keeper" }, async (page) => {
    await page.getByRole("option").first().waitFor();
    assert.equal(await page.getByRole("combobox").inputValue(), "keeper");
  });

  look("without scripts there is no button for the search", { ...home, javaScriptEnabled: false }, async (page) => {
    assert.equal(await page.locator(".search-button").isVisible(), false);
  });

  const missing = { mayMiss: /first-lihgt|oil-lamps|nowhere/ };

  look("a page that does not exist offers the nearest", { ...missing, path: "/station/guides/first-lihgt" }, async (page) => {
    await page.getByRole("link", { name: /Light the lamp for the first time/ }).first().click();
    await page.waitForURL(/\/en\/station@3\.0\/station\/guides\/first-light$/);
  });

  look("a page that another version has is offered there", { ...missing, path: "/station/guides/oil-lamps" }, async (page) => {
    await page.getByText("in Beacon Station 2.0").waitFor();
    await page.getByRole("link", { name: "Keep oil lamps" }).click();
    await page.waitForURL(/\/en\/station@2\.0\/station\/guides\/oil-lamps$/);
  });

  look("the page that is not there speaks the language of the address", { ...missing, path: "/nowhere/lamps", language: "zh" }, async (page) => {
    await page.getByRole("heading", { name: WORDS.zh.errors.page_doesnt_exist }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-Hans");
    await page.getByRole("button", { name: WORDS.zh.search.button, exact: true }).last().click();
    assert.equal(await page.getByRole("combobox").inputValue(), "lamps");
  });

  look("without scripts, the page that is not there leads home in every language", { ...missing, path: "/nowhere", javaScriptEnabled: false }, async (page) => {
    await page.getByRole("main").getByRole("link", { name: "简体中文" }).click();
    await page.waitForURL(/\/zh\/station@3\.0$/);
  });
}
