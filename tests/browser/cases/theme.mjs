// Colours: as the system wants or as the reader chooses, remembered, and there before anything is shown. Pictures enlarged.
import assert from "node:assert/strict";
import { WORDS } from "../support/site.mjs";

export function register(look) {
  for (const language of ["en", "zh"]) {
    const { theme } = WORDS[language];

    look(`colours are chosen, remembered, and there at once (${language})`, { path: "/station", language, colorScheme: "light", long: language !== "en" }, async (page, { go }) => {
      // Notes what is chosen when the body comes, which is before the first picture.
      await page.addInitScript(() => {
        new MutationObserver((_, observer) => {
          if (!document.body) return;
          window.chosenAtFirst = document.documentElement.dataset.theme ?? "system";
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true });
      });
      const button = page.getByRole("button", { name: theme.label });
      const system = await ground(page);
      const colours = {};
      for (const choice of ["light", "dark"]) {
        await button.click();
        await page.getByRole("button", { name: `${theme.label}: ${theme[choice]}` }).waitFor();
        colours[choice] = await ground(page);
      }
      assert.equal(colours.light, system);
      assert.notEqual(colours.dark, system);
      await go("/station/guides");
      assert.equal(await page.evaluate(() => window.chosenAtFirst), "dark");
      assert.equal(await ground(page), colours.dark);
      await button.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: `${theme.label}: ${theme.system}` }).waitFor();
      assert.equal(await ground(page), system);
      await page.emulateMedia({ colorScheme: "dark" });
      assert.equal(await ground(page), colours.dark);
      await page.reload();
      assert.equal(await page.evaluate(() => window.chosenAtFirst), "system");
    });
  }

  look("a picture is enlarged, and the focus comes back", { path: "/reference/everything", viewport: { width: 360, height: 740 } }, async (page) => {
    const { images } = WORDS.en;
    const button = page.getByRole("button", { name: `${images.enlarge}: A chart of the coast` }).first();
    // Pictures come when they are near.
    await page.getByRole("img", { name: "A chart of the coast" }).first().scrollIntoViewIfNeeded();
    await button.waitFor();
    await button.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    assert.ok((await dialog.getByRole("img").boundingBox()).width > 0);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.ok(await button.evaluate((element) => element === document.activeElement));
  });
}

function ground(page) {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}
