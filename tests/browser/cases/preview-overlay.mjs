// The overlay: what is wrong with a page, over the page, until it is mended or put away.
import assert from "node:assert/strict";
import { finding, pageInfo, place } from "../support/preview.mjs";
import { until } from "../support/tried.mjs";

const warning = finding({ severity: "warning", code: "long-line", message: "the line is long", trace: [], hints: [] });
const faulty = (...findings) => pageInfo({ overlay: true, findings });
const state = { info: faulty(warning, finding()) };

export function register(look) {
  look("a fault is shown with its place, line, way and hint, errors first", { state: { info: pageInfo({ ...faulty(warning, finding()), is_last_good: true }) } }, async (page) => {
    const overlay = page.getByRole("dialog", { name: "Findings in this page: 1 error, 1 warning" });
    await overlay.waitFor();
    const text = await overlay.innerText();
    assert.ok(text.indexOf("unknown-data-reference") < text.indexOf("long-line"), "the error is first");
    for (const part of ["the last good page", "there is no", "data/reusables/notices/cloud.md:4:12", "content/station/guides/first-light.md:12 → data/reusables/lamps/gloves.md:2", "did you mean"]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    assert.equal(await overlay.locator("mark").first().innerText(), "reusables.lamps.glove");
    assert.match(await overlay.getByRole("link", { name: ":4:12" }).first().getAttribute("href"), /^vscode:.*:4:12$/);
  });

  look("a place without an editor is text", { state: { info: faulty(finding({ place: { ...place("content/a.md"), edit: null }, trace: [] })) } }, async (page) => {
    const overlay = page.getByRole("dialog");
    await overlay.getByText("content/a.md:1:1").waitFor();
    assert.equal(await overlay.getByRole("link").count(), 0);
  });

  look("the page below can be read, used and scrolled", { state }, async (page) => {
    await page.getByRole("dialog").waitFor();
    assert.ok(await page.getByRole("heading", { level: 1 }).isVisible());
    await page.mouse.move(640, 120);
    await page.mouse.wheel(0, 300);
    await until(() => page.evaluate(() => scrollY > 100), "it does not scroll");
  });

  look("Esc hides it until the findings change, also when the page is loaded anew", { state }, async (page, { server }) => {
    const overlay = page.getByRole("dialog");
    await overlay.waitFor();
    await page.keyboard.press("Escape");
    await overlay.waitFor({ state: "hidden" });
    await page.reload();
    await page.getByRole("button", { name: "1 error, 1 warning" }).waitFor();
    assert.equal(await overlay.isVisible(), false);
    server.state.info = faulty(finding({ message: "something else is wrong" }));
    server.told();
    await overlay.getByText("something else is wrong").waitFor();
    await overlay.getByRole("button", { name: "Hide" }).click();
    await overlay.waitFor({ state: "hidden" });
  });

  look("it goes away with the fault, and the focus goes back to where it was", {}, async (page, { server }) => {
    await page.getByRole("region", { name: "Preview" }).waitFor();
    const link = page.getByRole("link", { name: "Replace a bulb" });
    await link.focus();
    server.state.info = faulty(finding());
    server.told();
    const overlay = page.getByRole("dialog");
    await overlay.waitFor();
    assert.ok(await overlay.evaluate((box) => box.matches(":focus")), "the focus is in the overlay");
    server.state.info = pageInfo();
    server.told();
    await overlay.waitFor({ state: "hidden" });
    assert.ok(await link.evaluate((link) => link.matches(":focus")), "the focus is back");
  });

  look("who searches is not interrupted", {}, async (page, { server }) => {
    await page.getByRole("region", { name: "Preview" }).waitFor();
    await page.keyboard.press("/");
    const field = page.getByRole("combobox");
    await field.fill("lam");
    server.state.info = faulty(finding());
    server.told();
    await page.getByText("there is no").first().waitFor({ state: "attached" });
    await page.keyboard.type("p");
    assert.equal(await field.inputValue(), "lamp");
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "hidden" });
    assert.ok(await page.getByRole("dialog", { name: "Findings" }).isVisible(), "Esc was for the search");
  });

  look("findings that lose nothing are only counted in the bar", { state: { info: pageInfo({ findings: [warning] }) } }, async (page) => {
    await page.getByRole("button", { name: "1 warning" }).waitFor();
    assert.equal(await page.getByRole("dialog").count(), 0);
  });
}
