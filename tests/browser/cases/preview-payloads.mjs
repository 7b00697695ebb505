// Names, titles and messages are text, whatever they say: no element or handler comes alive in bar, overlay and tips.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { finding, pageInfo } from "../support/preview.mjs";
import { until } from "../support/tried.mjs";

// All that the preview makes itself.
const ELEMENTS = ["A", "B", "BDI", "BUTTON", "CODE", "DIV", "H2", "H3", "HEADER", "LI", "LINK", "MARK", "P", "PRE", "SECTION", "SPAN", "UL"];
const SCHEMES = ["http:", "https:", "vscode:", "feed:", "ftp:", "livescript:", "view-source:"];

export function register(look) {
  const all = payloads();
  const place = (text) => ({ file: text, line: 1, column: 1, edit: text });
  const info = pageInfo({
    file: place(all[0]),
    fallback: all[1],
    overlay: true,
    versions: all.map((text, at) => ({ id: text, title: text, tag: text, href: text, is_current: at === 0, exists: at % 2 === 0 })),
    languages: all.map((text, at) => ({ id: text, title: text, tag: text, href: text, is_current: at === 1, exists: at % 2 === 0 })),
    reads: all.map((text) => ({ kind: "data", name: text, place: place(text) })),
    redirects: all.map((text) => ({ from: text, place: place(text) })),
    findings: all.map((text) => finding({ code: text, severity: text, message: text, place: place(text), excerpt: { before: text, marked: text, after: text }, trace: [place(text)], hints: [text] })),
  });
  const blocks = { blocks: all.map((text) => ({ place: place(text), trace: [place(text)], language: text, conditions: [{ text, place: place(text) }] })) };

  look(`${all.length} payloads in every text of the preview stay text`, { state: { info, blocks } }, async (page) => {
    assert.ok(all.length >= 300);
    await page.evaluate(() => (window.alert = window.msgbox = () => (window.isAlive = true)));
    await page.getByRole("dialog").waitFor();
    const shown = new Set(await page.locator(".overlay .message").evaluateAll((list) => list.map(({ textContent }) => textContent)));
    // Backticks are marks of code in messages.
    assert.deepEqual(all.filter((text) => !shown.has(text.replaceAll("`", ""))), []);
    for (const name of ["version", "language", "reads", "redirects", "findings", "compare"]) {
      await page.locator(`.item-${name} .button`).click();
      await expectDead(page, name);
    }
    await page.keyboard.press("Escape");
    await page.locator(".toggle").click();
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press("ArrowDown");
      await until(() => page.locator(".tip .where").isVisible());
      await expectDead(page, `tip ${step}`);
    }
  });
}

/** Nothing of the preview on a page is more than text, links and buttons of its own. */
export async function expectDead(page, where) {
  const found = await page.evaluate((names) => {
    const { shadowRoot } = document.querySelector("variorum-preview");
    const parts = [...shadowRoot.querySelectorAll("*")];
    const handlers = parts.filter((part) => part.getAttributeNames().some((name) => name.startsWith("on")));
    const styles = parts.filter((part) => part.matches("link") && part.getAttribute("href") !== "/_variorum/client.css");
    return {
      alive: window.isAlive === true,
      strange: [...parts.filter((part) => !names.includes(part.nodeName)), ...handlers, ...styles].map((part) => part.outerHTML.slice(0, 100)),
      schemes: [...new Set(parts.filter((part) => part.href).map((part) => new URL(part.href, location.href).protocol))],
    };
  }, ELEMENTS);
  assert.equal(found.alive, false, where);
  assert.deepEqual(found.strange, [], where);
  assert.deepEqual(found.schemes.filter((scheme) => !SCHEMES.includes(scheme)), [], where);
}

/** The techniques are those that translations are tried with. */
export function payloads() {
  const source = readFileSync(new URL("../../support/payloads.rs", import.meta.url), "utf8");
  const list = (name) => [...source.match(new RegExp(`const ${name}: [^=]*= \\[\\n([^]*?)\\n\\];`))[1].matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([literal]) => JSON.parse(literal));
  const addresses = list("ADDRESSES");
  const forms = [...list("ELEMENTS"), ...list("ESCAPES"), ...list("LINKS")];
  const filled = forms.flatMap((form, at) => [0, 1, 2, 3].map((shift) => form.replaceAll("U", addresses[(at + shift) % addresses.length]).replaceAll("J", ["alert(1)", "alert&lpar;1&rpar;", "'alert(1)'", "alert`1`"][shift])));
  return [...new Set([...addresses, ...filled])];
}
