// Search: by button and by key, in every language, in the version of the reader, with the keyboard alone.
import assert from "node:assert/strict";
import { WORDS } from "../support/site.mjs";

const SOUGHT = {
  en: { text: "horn", title: "Sound the fog horn", to: "/station/guides/fog-horn" },
  zh: { text: "潮汐表", title: "阅读潮汐表", to: "/station/guides/tide-tables" },
};

export function register(look) {
  for (const language of ["en", "zh"]) {
    const words = WORDS[language];
    const { text, title, to } = SOUGHT[language];

    look(`a page is found and followed with the keyboard alone (${language})`, { path: "/station", language }, async (page) => {
      await page.keyboard.press("/");
      const dialog = page.getByRole("dialog", { name: words.search.button });
      await dialog.waitFor();
      const field = dialog.getByRole("combobox");
      assert.ok(await field.evaluate((element) => element === document.activeElement));
      await page.keyboard.insertText(text);
      const option = dialog.getByRole("option", { name: title }).first();
      await option.waitFor();
      assert.ok(await option.locator("mark").count());
      for (let step = 0; step < 20 && (await option.getAttribute("aria-selected")) !== "true"; step += 1) {
        await page.keyboard.press("ArrowDown");
      }
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname.endsWith(to));
    });

    look(`the search opens by its button, and gives the focus back (${language})`, { path: "/station", language }, async (page) => {
      const button = page.getByRole("button", { name: words.search.button }).first();
      await button.click();
      const dialog = page.getByRole("dialog", { name: words.search.button });
      await dialog.getByRole("combobox").fill("qqqqq");
      await dialog.getByText(words.search.no_results).waitFor();
      await page.keyboard.press("Escape");
      if (await dialog.isVisible()) await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
      assert.ok(await button.evaluate((element) => element === document.activeElement));
    });
  }

  look("what another version has alone is not among the results", { path: "/station" }, async (page, { go }) => {
    const results = async () => {
      await page.keyboard.press("/");
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("combobox").fill("oil lamps wick");
      await dialog.getByRole("status").filter({ hasText: /\S/ }).waitFor();
      await page.waitForTimeout(300);
      const links = await dialog.getByRole("option").all();
      return Promise.all(links.map((link) => link.getAttribute("href")));
    };
    const isOwn = (version) => (href) => href.includes(`/en/${version}/station/guides/oil-lamps`);
    assert.ok(!(await results()).some(isOwn("station@3.0")));
    await go("/station", { version: "station@2.0" });
    assert.ok((await results()).some(isOwn("station@2.0")));
  });
}
