// New content: what changed is replaced, what the reader has done to the page stays, and other pages are left alone.
import assert from "node:assert/strict";
import { until } from "../support/tried.mjs";

const BULB = "Climb the stairs.";

export function register(look) {
  look("new content is shown without loading the page, at the same place", { path: "/reference/everything" }, async (page, { server }) => {
    await ready(page);
    await page.evaluate(() => scrollTo({ top: 600, behavior: "instant" }));
    server.state.edit = (html) => html.replace("</article>", "<p>A new end.</p></article>");
    server.changed();
    await page.getByText("A new end.").waitFor();
    assert.equal(await page.evaluate(() => scrollY), 600);
    assert.ok(await same(page), "the page was loaded anew");
  });

  look("what is read stays in view when something above it grows", { path: "/reference/everything" }, async (page, { server }) => {
    await ready(page);
    await page.evaluate(() => scrollTo({ top: 900, behavior: "instant" }));
    const heading = page.getByRole("heading", { name: "Code in several languages" });
    const top = await heading.evaluate((heading) => heading.getBoundingClientRect().top);
    server.state.edit = (html) => html.replace(/(<article[^>]*>)/, `$1${"<p>One more line.</p>".repeat(8)}`);
    server.changed();
    await page.getByText("One more line.").first().waitFor({ state: "attached" });
    const now = await heading.evaluate((heading) => heading.getBoundingClientRect().top);
    assert.ok(Math.abs(now - top) <= 1, `${top} became ${now}`);
  });

  look("switchers, copying and the contents work in new content, and what was chosen stays", {}, async (page, { server }) => {
    await ready(page);
    await page.getByRole("tab", { name: "macOS" }).click();
    await page.evaluate(() => localStorage.clear());
    server.state.edit = (html) => html.replace(BULB, "Climb the new stairs.");
    server.changed();
    await page.getByText("Climb the new stairs.").waitFor();
    assert.equal(await page.getByRole("tab", { name: "macOS" }).count(), 1);
    await page.getByRole("tab", { name: "macOS", selected: true }).waitFor();
    assert.ok(await page.getByText("brew install").isVisible());
    await page.getByRole("tab", { name: "Linux" }).click();
    assert.ok(await page.getByText("winget install").isHidden());
    assert.ok((await page.getByRole("button", { name: "Copy", exact: true }).count()) > 0);
    assert.ok(await page.locator(".toc details").evaluate((details) => details.open));
    assert.ok(await same(page));
  });

  look("what changed is marked for a moment, and nothing else", { reducedMotion: "no-preference" }, async (page, { server }) => {
    await ready(page);
    server.state.edit = (html) => html.replace(BULB, "Climb the new stairs.");
    server.changed();
    await page.getByText("Climb the new stairs.").waitFor();
    const marked = await page.evaluate(() => document.getAnimations().map(({ effect }) => effect.target.textContent.slice(0, 21)));
    assert.deepEqual(marked, ["Climb the new stairs."]);
  });

  look("nothing is marked for those who ask for less motion", { reducedMotion: "reduce" }, async (page, { server }) => {
    await ready(page);
    server.state.edit = (html) => html.replace(BULB, "Climb the new stairs.");
    server.changed();
    await page.getByText("Climb the new stairs.").waitFor();
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  });

  look("title, navigation and pickers change without loading the page; the focus stays", {}, async (page, { server }) => {
    await ready(page);
    const navigation = page.locator("#theme-navigation");
    const open = await navigation.locator("details[open]").count();
    await navigation.getByRole("link", { name: "Read tide tables" }).focus();
    server.state.edit = (html) => html.replaceAll("Sound the fog horn", "Sound the new horn").replace(/<title>.*?<\/title>/, "<title>Another</title>").replaceAll("Beacon Cloud", "Beacon Sky");
    server.changed();
    await navigation.getByText("Sound the new horn").waitFor();
    assert.equal(await page.title(), "Another");
    assert.equal(await navigation.locator("details[open]").count(), open);
    assert.ok(await navigation.getByRole("link", { name: "Read tide tables" }).evaluate((link) => link.matches(":focus")));
    assert.equal(await page.locator(".pickers").getByText("Beacon Sky").count(), 1);
    assert.ok(await same(page));
  });

  look("the search stays open, with what was typed", {}, async (page, { server }) => {
    await ready(page);
    await page.keyboard.press("/");
    await page.getByRole("combobox").fill("lam");
    server.state.edit = (html) => html.replace(BULB, "Climb the new stairs.");
    server.changed();
    await page.getByText("Climb the new stairs.").waitFor({ state: "attached" });
    await page.keyboard.type("p");
    assert.equal(await page.getByRole("combobox").inputValue(), "lamp");
  });

  look("a changed stylesheet is exchanged without loading the page", {}, async (page, { server }) => {
    await ready(page);
    server.state.edit = (html) => html.replace(/theme\.css\?\w+/, "theme.css?changed");
    server.changed();
    await until(() => page.evaluate(() => [...document.styleSheets].some(({ href }) => href?.endsWith("theme.css?changed"))));
    await until(() => page.evaluate(() => document.querySelectorAll("link[rel=stylesheet][href*='theme.css']").length === 1));
    assert.ok(await same(page));
  });

  look("a changed script loads the page anew, at the same place", { path: "/reference/everything" }, async (page, { server }) => {
    await ready(page);
    await page.evaluate(() => scrollTo({ top: 500, behavior: "instant" }));
    server.state.edit = (html) => html.replace(/theme\.js\?\w+/, "theme.js?changed");
    server.changed();
    await until(() => page.evaluate(() => !window.isSame && document.readyState === "complete").catch(() => false));
    await until(() => page.evaluate(() => scrollY === 500));
  });

  look("a page whose script cannot set up new content is loaded anew", {}, async (page, { server, go }) => {
    const custom = (html) => html.replace("</head>", '<script type="module" src="/custom.js"></script></head>');
    server.state.files["/custom.js"] = "document.querySelector('h1').append('!');";
    server.state.edit = custom;
    await go(page, "/station/guides/tide-tables");
    await ready(page);
    server.state.edit = (html) => custom(html).replace("</article>", "<p>A new end.</p></article>");
    server.changed();
    await until(() => page.evaluate(() => !window.isSame && document.querySelector("article").textContent.includes("A new end.")).catch(() => false));
  });

  look("a script of the site that sets up new content itself keeps the page", {}, async (page, { server, go }) => {
    const custom = (html) => html.replace("</head>", '<script type="module" src="/custom.js"></script></head>');
    server.state.files["/custom.js"] = "document.addEventListener('variorum:content', ({ target, detail }) => { target.querySelector('h1')?.append('!'); detail.delete('/custom.js'); });";
    server.state.edit = custom;
    await go(page, "/station/guides/tide-tables");
    await ready(page);
    server.state.edit = (html) => custom(html).replace("</article>", "<p>A new end.</p></article>");
    server.changed();
    await page.getByText("A new end.").waitFor();
    assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /!$/);
    assert.ok(await same(page));
  });

  look("two changes at once end in the last", {}, async (page, { server }) => {
    await ready(page);
    for (const word of ["red", "green", "blue"]) {
      server.state.edit = (html) => html.replace(BULB, `Climb the ${word} stairs.`);
      server.changed();
    }
    await page.getByText("Climb the blue stairs.").waitFor();
    assert.ok(await same(page));
  });

  look("when the preview stops the bar says so, and what changed meanwhile is shown when it is back", { mayMiss: /./ }, async (page, { server }) => {
    await ready(page);
    await server.stop();
    await page.getByText("The preview has stopped.").waitFor();
    server.state.edit = (html) => html.replace(BULB, "Climb the new stairs.");
    server.state.token += 1;
    await server.resume();
    await page.getByText("Climb the new stairs.").waitFor();
    await page.getByText("The preview has stopped.").waitFor({ state: "hidden" });
  });
}

/** How long the browser works for new content; to be run alone. */
export function measure(look) {
  look("new content is shown each time, and what it took is printed", {}, async (page, { server }) => {
    await ready(page);
    for (let round = 0; round < 9; round += 1) {
      server.state.edit = (html) => html.replace("</article>", `<p>End ${round}.</p></article>`);
      server.changed();
      await page.getByText(`End ${round}.`).waitFor();
    }
    const times = await page.evaluate(() => performance.getEntriesByName("variorum: new content").map(({ duration }) => duration));
    const sorted = times.toSorted((a, b) => a - b);
    console.log(`new content: ${sorted.map((time) => time.toFixed(1)).join(", ")} ms of work`);
    // How long it took depends on what else the machine has to do: it is printed, and judged by nobody.
    assert.equal(sorted.length, 9);
  });
}

// The page has its bar and knows what was served; marks it, so that loading it anew is seen.
async function ready(page) {
  await page.getByRole("region", { name: "Preview" }).waitFor();
  await until(() => page.evaluate(() => performance.getEntriesByName("variorum: ready").length));
  await page.evaluate(() => (window.isSame = true));
}

const same = (page) => page.evaluate(() => window.isSame === true);
