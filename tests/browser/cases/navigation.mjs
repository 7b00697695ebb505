// Finding the way: landmarks, menu, breadcrumbs, contents, previous and next, old addresses, missing pages.
import assert from "node:assert/strict";
import { VERSION, WORDS } from "../support/site.mjs";

const PHONE = { viewport: { width: 360, height: 740 } };

export function register(look) {
  for (const language of ["en", "zh"]) {
    const words = WORDS[language];
    const article = { path: "/station/guides/first-light", language, long: language !== "en" };

    look(`the menu opens, closes with Escape and gives the focus back (${language})`, { ...article, ...PHONE }, async (page) => {
      const button = page.getByRole("button", { name: words.header.menu });
      const menu = page.getByRole("navigation", { name: words.header.navigation, exact: true });
      assert.equal(await menu.isVisible(), false);
      await button.click();
      await menu.waitFor({ state: "visible" });
      await page.keyboard.press("Escape");
      await menu.waitFor({ state: "hidden" });
      assert.ok(await isFocused(button));
      await page.keyboard.press("Enter");
      await menu.waitFor({ state: "visible" });
      await page.keyboard.press("Tab");
      assert.ok(await menu.evaluate((element) => element.contains(document.activeElement)));
    });

    look(`the skip link leads to the text (${language})`, article, async (page) => {
      await page.keyboard.press("Tab");
      const skip = page.getByRole("link", { name: words.header.skip_link });
      assert.ok(await isFocused(skip));
      const box = await skip.boundingBox();
      assert.ok(box.width > 20 && box.x >= 0 && box.y >= 0);
      await page.keyboard.press("Enter");
      assert.ok(await isFocused(page.getByRole("main")));
    });

    look(`the current page is marked in the navigation (${language})`, article, async (page) => {
      const menu = page.getByRole("navigation", { name: words.header.navigation, exact: true });
      const current = menu.locator("[aria-current=page]");
      assert.equal(await current.count(), 1);
      assert.equal(await current.getAttribute("href"), new URL(page.url()).pathname);
      assert.ok(await current.isVisible());
    });

    look(`contents lead to the headings (${language})`, article, async (page) => {
      const contents = page.getByRole("navigation", { name: words.pages.miniToc });
      const links = await contents.getByRole("link").all();
      assert.equal(links.length, 4);
      await links[3].click();
      const anchor = new URL(page.url()).hash;
      assert.equal(anchor, "#see-whether-it-burns");
      assert.ok(await page.locator(anchor).isVisible());
    });

    look(`a page that does not exist leads to the nearest one (${language})`, { language, long: language !== "en", mayMiss: /first-lihgt$/ }, async (page, { go }) => {
      const response = await go("/station/guides/first-lihgt");
      assert.equal(response.status(), 404);
      await page.getByRole("heading", { level: 1, name: words.errors.page_doesnt_exist }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), language === "en" ? "en" : "zh-Hans");
      await page.getByRole("main").locator("a[href$='/station/guides/first-light']").first().click();
      await page.waitForURL(`**/${language}/${VERSION}/station/guides/first-light`);
    });
  }

  look("previous and next lead through the product and back", { path: "/station/guides/first-light", long: true }, async (page) => {
    await page.getByRole("link", { name: /^Next/ }).last().click();
    await page.waitForURL(/tide-tables/);
    await page.getByRole("link", { name: /^Previous/ }).last().click();
    await page.waitForURL(/first-light/);
  });

  look("an old address leads on", { path: "/old/first-light" }, async (page) => {
    await page.waitForURL(`**/en/${VERSION}/station/guides/first-light`);
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "Light the lamp for the first time");
  });

  look("an old address has a link for those whom it does not lead on", {}, async (page, { address }) => {
    const response = await page.request.get(`${address}/en/${VERSION}/old/first-light`);
    assert.match(await response.text(), new RegExp(`<a href="[^"]*/station/guides/first-light">${WORDS.en.redirect.follow}</a>`));
  });
}

function isFocused(locator) {
  return locator.evaluate((element) => element === document.activeElement);
}
