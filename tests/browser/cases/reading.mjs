// Reading: without scripts, on paper, with less motion, with the keyboard alone.
import assert from "node:assert/strict";
import { WORDS } from "../support/site.mjs";

export function register(look) {
  look("everything can be read and reached without scripts", { path: "/station/guides/first-light", javaScriptEnabled: false }, async (page) => {
    for (const text of ["Open PowerShell.", "Open a terminal.", "Beside the lamp, click Light."]) {
      assert.ok(await page.getByText(text).isVisible(), text);
    }
    assert.equal(await page.getByRole("button", { name: WORDS.en.code.copy, exact: true }).count(), 0);
    await page.locator("summary").filter({ hasText: WORDS.en.pickers.language }).click();
    await page.getByRole("link", { name: "简体中文" }).click();
    await page.waitForURL("**/zh/station@3.0/station/guides/first-light");
    await page.getByRole("navigation", { name: WORDS.zh.header.navigation, exact: true }).getByRole("link", { name: "阅读潮汐表" }).click();
    await page.waitForURL("**/tide-tables");
  });

  look("the menu opens without scripts", { path: "/station", javaScriptEnabled: false, viewport: { width: 360, height: 740 } }, async (page) => {
    await page.getByRole("button", { name: WORDS.en.header.menu }).click();
    await page.getByRole("navigation", { name: WORDS.en.header.navigation, exact: true }).getByRole("link", { name: "Guides" }).click();
    await page.waitForURL("**/station/guides");
  });

  look("on paper there is the text alone", { path: "/reference/everything", long: true }, async (page) => {
    await page.emulateMedia({ media: "print" });
    for (const name of [WORDS.en.header.navigation, WORDS.en.homepage.version_picker, WORDS.en.pages.miniToc]) {
      assert.equal(await page.getByRole("navigation", { name, exact: true }).isVisible(), false, name);
    }
    assert.ok(await page.getByRole("heading", { level: 1 }).isVisible());
    const wide = await page.evaluate(() => [...document.querySelectorAll("pre")].filter((pre) => pre.scrollWidth > pre.clientWidth + 1).length);
    assert.equal(wide, 0, "code is cut off");
  });

  look("nothing moves for those who ask for that", { path: "/reference/everything", reducedMotion: "reduce" }, async (page) => {
    const moving = await page.evaluate(() => {
      const seconds = (list) => Math.max(...list.split(",").map((time) => Number.parseFloat(time)));
      const moves = (style) => seconds(style.transitionDuration) > 0.01 || (style.animationName !== "none" && seconds(style.animationDuration) > 0.01);
      const elements = [...document.querySelectorAll("*")];
      const smooth = getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["html scrolls"] : [];
      return [...elements.filter((element) => moves(getComputedStyle(element))).map((element) => element.outerHTML.slice(0, 80)), ...smooth];
    });
    assert.equal(moving.join("\n"), "");
  });

  for (const path of ["/station/guides/first-light", "/station", "/reference/everything"]) {
    look(`the keyboard alone reaches everything, and the focus is seen (${path})`, { path, reducedMotion: "reduce", long: path !== "/station/guides/first-light" }, async (page) => {
      assert.equal((await unseen(page)).join("\n"), "");
    });
  }
}

// Goes through the page with Tab; gives what was not reached, what showed no focus, and what was covered.
async function unseen(page) {
  const wanted = await page.evaluate(() => {
    const focusable = "a[href], button, summary, input, select, textarea, [tabindex='0']";
    const visible = [...document.querySelectorAll(focusable)].filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0 && !element.disabled);
    visible.forEach((element, number) => (element.dataset.testFocus = number));
    return visible.length;
  });
  const faults = [];
  const reached = new Set();
  for (let step = 0; step < wanted + 60 && reached.size < wanted; step += 1) {
    await page.keyboard.press("Tab");
    const { number, fault } = await page.evaluate(async () => {
      // The window follows the focus with its next frame.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const element = document.activeElement;
      const name = element.outerHTML.slice(0, 90);
      const style = getComputedStyle(element);
      const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 1;
      const shown = outlined || style.boxShadow !== "none";
      const box = element.getBoundingClientRect();
      const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const at = document.elementFromPoint(Math.max(box.left + 2, 0), Math.max(box.top + box.height / 2, 0));
      const covered = at && !element.contains(at) && !at.contains(element);
      const faults = { "no focus is seen": !shown, "not in view": !inside, [`covered by ${at?.className}`]: inside && covered };
      const found = Object.keys(faults).find((fault) => faults[fault]);
      const fault = element !== document.body && found ? `${found}: ${name}` : null;
      return { number: element.dataset.testFocus ?? null, fault };
    });
    if (fault) faults.push(fault);
    if (number !== null) reached.add(number);
  }
  const left = await page.evaluate((reached) => [...document.querySelectorAll("[data-test-focus]")].filter((element) => !reached.includes(element.dataset.testFocus)).map((element) => `not reached: ${element.outerHTML.slice(0, 90)}`), [...reached]);
  return [...faults, ...left];
}
