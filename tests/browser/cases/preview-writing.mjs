// A writer's day, with the program: write, save, see.
import assert from "node:assert/strict";
import { until } from "../support/tried.mjs";
import { check } from "./axe.mjs";
import { expectDead, payloads } from "./preview-payloads.mjs";

const LAMPS = "/en/harbour@2.0/guides/lamps";
const MOOR = "/en/harbour@2.0/guides/moor";

export function register(look) {
  look("a saved page is shown at the same place", {}, async (page, { origin, change }) => {
    await open(page, origin + LAMPS);
    await page.evaluate(() => scrollTo({ top: 700, behavior: "instant" }));
    await change("content/guides/lamps.md", "The last lamp is at the end.", "The last lamp is red.");
    await page.getByText("The last lamp is red.").waitFor();
    assert.equal(await page.evaluate(() => scrollY), 700);
    assert.ok(await same(page), "the page was loaded anew");
  });

  look("a saved reusable is shown in all open pages that read it, and in no other", {}, async (lamps, { origin, change, context }) => {
    const [ropes, tides] = [await context.newPage(), await context.newPage()];
    await open(lamps, origin + LAMPS);
    await open(ropes, `${origin}/en/harbour@2.0/guides/ropes`);
    await open(tides, `${origin}/en/harbour@2.0/guides/tides`);
    const asked = [];
    tides.on("request", (request) => asked.push(request.url()));
    await change("data/reusables/lamps/gloves.md", "Put on gloves.", "Put on thick gloves.");
    await lamps.getByText("Put on thick gloves.").waitFor();
    await ropes.getByText("Put on thick gloves.").waitFor();
    assert.deepEqual(asked, []);
  });

  look("a fault is laid over the last good page until it is mended", {}, async (page, { origin, change }) => {
    await open(page, origin + LAMPS);
    await change("content/guides/lamps.md", "{% ifversion harbour > 1.0 %}", "{% ifversion harbour >");
    const overlay = page.getByRole("dialog");
    await overlay.getByText(/content\/guides\/lamps\.md:\d+:\d+/).first().waitFor();
    assert.ok(await page.getByText("Lamp number 1 burns").isVisible(), "the last good page is below");
    await page.keyboard.press("Escape");
    await overlay.waitFor({ state: "hidden" });
    await change("content/guides/lamps.md", "{% ifversion harbour >", "{% ifversion harbour > 1.0 %}");
    await page.getByRole("button", { name: "No findings" }).waitFor();
    await change("content/guides/lamps.md", "{% data variables.store.name %}", "{% data variables.store.nam %}");
    await page.getByRole("button", { name: /1 (error|warning)/ }).waitFor();
    await change("content/guides/lamps.md", "{% data variables.store.nam %}", "{% data variables.store.name %}");
    await page.getByRole("button", { name: "No findings" }).waitFor();
    assert.equal(await overlay.count(), 0);
  });

  // The search index has another name as soon as there is another page, and an open page may ask for the old one.
  look("an address without a page is the page as soon as there is one", { mayMiss: /anchors|\/search\// }, async (page, { origin, write, remove }) => {
    await page.goto(`${origin}/en/harbour@2.0/guides/anchors`);
    const text = "---\ntitle: Anchors\nversions:\n  harbour: '*'\n---\n\nAnchors are heavy.\n";
    await write("content/guides/anchors.md", text);
    await page.getByText("Anchors are heavy.").waitFor();
    await page.getByRole("region", { name: "Preview" }).waitFor();
    await remove("content/guides/anchors.md");
    await page.getByText("Anchors are heavy.").waitFor({ state: "hidden" });
    await write("content/guides/anchors.md", text);
    await page.getByText("Anchors are heavy.").waitFor();
  });

  look("a template that fails is said in the place of its page until it is mended", { mayMiss: /nowhere/ }, async (page, { origin, write }) => {
    await page.goto(`${origin}/en/nowhere`);
    await write("templates/404.html", "{{ nothing }}");
    await page.getByText("404.html").waitFor();
    await write("templates/404.html", "<p>No such place</p>");
    await page.getByText("No such place").waitFor();
  });

  for (const { every, long } of [{ every: 96, long: false }, { every: 16, long: true }]) {
    look(`payloads in messages and lines of source stay text (one of ${every})`, { long }, async (page, { origin, write }) => {
      await open(page, origin + LAMPS);
      await page.evaluate(() => (window.alert = () => (window.isAlive = true)));
      const some = payloads().filter((text, at) => at % every === 0 && !/[\n%{}]/.test(text));
      assert.ok(some.length >= 160 / every);
      for (const [number, text] of some.entries()) {
        const head = "---\ntitle: Light the lamps\nversions:\n  harbour: '*'\n---\n";
        await write("content/guides/lamps.md", `${head}\n{% data variables.store.${number}${text} %}\n\n{% data reusables.lamps.before\n`);
        await page.locator(".overlay .line").filter({ hasText: `store.${number}` }).first().waitFor();
        await page.locator(".item-findings .button").click();
        await expectDead(page, text);
        await page.locator(".item-findings .button").click();
      }
    });
  }

  look("the bar says what the page is made of, and leads to its variants", {}, async (page, { origin }) => {
    await open(page, origin + LAMPS);
    const bar = page.getByRole("region", { name: "Preview" });
    await bar.getByRole("link", { name: "content/guides/lamps.md" }).waitFor();
    await bar.getByRole("button", { name: /^Reads/ }).click();
    for (const text of ["data/reusables/lamps/before.md", "data/reusables/lamps/gloves.md", "data/variables/store.yml"]) {
      assert.ok(await bar.getByText(text).first().isVisible(), text);
    }
    await bar.getByRole("button", { name: /^Old addresses/ }).click();
    assert.ok(await bar.getByText("/old-lamps").first().isVisible());
    await bar.getByRole("button", { name: /^Language/ }).click();
    await bar.getByRole("link", { name: "简体中文" }).click();
    await page.waitForURL("**/zh/harbour@2.0/guides/lamps");
    await page.getByRole("region", { name: "预览" }).getByRole("link", { name: "translations/zh/content/guides/lamps.md" }).waitFor();
    await page.goto(`${origin}/zh/harbour@2.0/guides/tides`);
    await page.getByRole("button", { name: "未翻译" }).waitFor();
  });

  look("a block says where it comes from, through reusables in reusables, and which condition let it in", {}, async (page, { origin }) => {
    await open(page, origin + LAMPS);
    await page.getByRole("button", { name: "Where does this come from?" }).click();
    await page.getByText("Put on gloves.").hover();
    const tip = page.getByRole("status").filter({ hasText: "included from" });
    await tip.getByText("data/reusables/lamps/gloves.md:1", { exact: true }).waitFor();
    const way = await tip.innerText();
    assert.ok(way.includes("content/guides/lamps.md:10") && way.includes("data/reusables/lamps/before.md:3"), way);
    await page.getByText("The lamps of the new pier light themselves.").hover();
    await page.getByText("content/guides/lamps.md:17", { exact: true }).waitFor();
    assert.ok(await page.getByText("ifversion harbour > 1.0").isVisible());
    await page.getByText("content/guides/lamps.md:16", { exact: true }).waitFor();
  });

  look("two versions are laid side by side, and follow their files", {}, async (page, { origin, change }) => {
    await page.goto(`${origin}${LAMPS}?compare=${encodeURIComponent("harbour@1.0")}`);
    const differs = page.locator(".pair:not([data-status=same])");
    await differs.getByText("The lamps of the new pier light themselves.").waitFor();
    await page.getByRole("region", { name: "Preview" }).waitFor();
    await page.keyboard.press("n");
    await until(() => differs.first().evaluate((row) => row.matches(":focus")));
    await page.locator("[data-action=only-differences]").click();
    await page.getByText("Lamp number 1 burns").first().waitFor({ state: "hidden" });
    await change("content/guides/lamps.md", "The lamps of the new pier", "The lamps of the newest pier");
    await differs.getByText("The lamps of the newest pier").waitFor();
    assert.equal(await page.getByText("Lamp number 1 burns").first().isVisible(), false);
  });

  for (const colorScheme of ["light", "dark"]) {
    look(`a translation is laid beside its source, with what is to do (${colorScheme})`, { colorScheme, long: colorScheme === "dark" }, async (page, { origin, change, run }) => {
      run("translations", "accept", "zh", "--all");
      await change("content/guides/moor.md", "Ropes are in", "All ropes are in");
      await page.goto(`${origin}${MOOR}?compare=zh`);
      const toDo = (status) => page.locator(`.pair[data-status=${status}]`);
      await toDo("stale").getByText("nobody knows what it said before").waitFor();
      await page.getByRole("region", { name: "Preview" }).waitFor();
      await page.getByText("the site does not lie in a git repository").waitFor({ state: "detached" });
      assert.match(await toDo("fallback").locator(".reason").innerText(), /there is no translation of it/i);
      await page.keyboard.press("n");
      await page.getByText(/^To do: \d of 3$/).waitFor();
      await until(() => page.locator(".pair[data-differs]:focus").count());
      const missing = page.getByRole("button", { name: "1 missing" });
      await missing.click();
      assert.deepEqual([await toDo("stale").isVisible(), await toDo("missing").isVisible()], [false, true]);
      assert.match(await toDo("missing").locator(".edits").innerText(), /Edit the source.*moor\.md:26.*Edit the translation.*moor\.md:20/s);
      await missing.click();
      await change("translations/zh/content/guides/moor.md", "1. 在船上系紧缆绳。", "1. 在船上系紧缆绳。\n\n按潮水需要留出余量。");
      await toDo("missing").waitFor({ state: "detached" });
      run("translations", "accept", "zh", "guides/moor.md");
      await toDo("stale").waitFor({ state: "detached" });
      // The policy of the page forbids the inline styles by which axe reads style sheets beforehand.
      await check(page, undefined, { preload: false });
    });
  }
}

// The page has its bar and knows what was served; marks it, so that loading it anew is seen.
async function open(page, address) {
  await page.goto(address);
  await page.getByRole("region", { name: "Preview" }).waitFor();
  await until(() => page.evaluate(() => performance.getEntriesByName("variorum: ready").length));
  await page.evaluate(() => (window.isSame = true));
}

const same = (page) => page.evaluate(() => window.isSame === true);
