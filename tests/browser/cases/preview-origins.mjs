// "Where does this come from?": pointing at a block, and going from block to block.
import assert from "node:assert/strict";
import { place } from "../support/preview.mjs";
import { until } from "../support/tried.mjs";

const origin = (number) => ({
  place: place("data/reusables/lamps/gloves.md", number + 1),
  trace: [place("content/station/guides/first-light.md", 12)],
  language: number === 1 ? "zh" : "en",
  conditions: [{ text: "not {% ifversion cloud %}", place: place("content/station/guides/first-light.md", 10) }],
});
const state = { blocks: { blocks: Array.from({ length: 200 }, (_, number) => origin(number)) } };
const NAME = "Where does this come from?";

export function register(look) {
  look("pointing at a block shows its place, the way to it and its condition; a click opens the editor", { state }, async (page) => {
    await page.getByRole("button", { name: NAME }).click();
    const block = page.getByText("Climb the stairs.");
    await block.hover();
    const tip = page.getByRole("status").filter({ hasText: "included from" });
    const number = Number(await block.getAttribute("data-block"));
    await tip.getByText(`data/reusables/lamps/gloves.md:${number + 1}`).waitFor();
    const text = await tip.innerText();
    for (const part of ["content/station/guides/first-light.md:12", "not {% ifversion cloud %}", "content/station/guides/first-light.md:10"]) assert.ok(text.includes(part), text);
    const followed = await opened(page, () => block.click());
    assert.equal(followed, `vscode://file/site/data/reusables/lamps/gloves.md:${number + 1}:1`);
  });

  look("a link in a block is not followed while it is on", { state }, async (page) => {
    await page.getByRole("button", { name: NAME }).click();
    const link = page.getByRole("link", { name: "Replace a bulb" });
    const followed = await opened(page, () => link.click());
    assert.match(followed, /^vscode:/);
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("button", { name: NAME }).getAttribute("aria-pressed"), "false");
    await link.click();
    await page.waitForURL("**/replace-a-bulb");
  });

  look("it is there while Alt is held", { state }, async (page) => {
    await page.getByRole("region", { name: "Preview" }).waitFor();
    const tip = page.getByText("included from");
    await page.getByText("Climb the stairs.").hover();
    assert.equal(await tip.count(), 0);
    await page.keyboard.down("Alt");
    await tip.waitFor();
    await page.keyboard.up("Alt");
    await tip.waitFor({ state: "hidden" });
  });

  look("the arrow keys go from block to block, Enter opens, another language is named", { state }, async (page) => {
    await page.getByRole("button", { name: NAME }).click();
    await page.keyboard.press("ArrowDown");
    await page.getByText("data/reusables/lamps/gloves.md:1", { exact: true }).waitFor();
    for (let step = 0; step < 3 && !(await page.getByText("written in 简体中文").isVisible()); step += 1) {
      await page.keyboard.press("ArrowDown");
      await page.waitForTimeout(50);
    }
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const followed = await opened(page, () => page.keyboard.press("Enter"));
    assert.match(followed, /^vscode:.*gloves\.md:\d+:1$/);
  });

  const plain = { blocks: { blocks: state.blocks.blocks.map((origin) => ({ ...origin, place: { ...origin.place, edit: null } })) } };
  look("without an editor a click copies the place", { state: plain, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.getByRole("button", { name: NAME }).click();
    await page.getByText("Climb the stairs.").click();
    await page.getByText(/^Copied: data/).waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^data\/reusables\/lamps\/gloves\.md:\d+$/);
  });
}

// The address that is followed by what `act` does; it is not followed, as no editor is there.
async function opened(page, act) {
  await page.evaluate(() => {
    window.followed = null;
    addEventListener("click", (event) => {
      if (!event.target.closest("a[href^='vscode:']")) return;
      event.preventDefault();
      window.followed = event.target.href;
    });
  });
  await act();
  return until(() => page.evaluate(() => window.followed), "no editor was opened");
}
