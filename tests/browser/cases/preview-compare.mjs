// Two variants side by side: from difference to difference, without what is the same, and as the files are.
import assert from "node:assert/strict";
import { until } from "../support/tried.mjs";

const row = (status, left, right) => `<div class="pair" data-status="${status}"${status === "same" ? "" : " data-differs"}><div class="left">${left}</div><div class="right">${right}</div></div>`;
const rows = (word) => Array.from({ length: 30 }, (_, at) => row(at % 10 === 5 ? "changed" : "same", `<p>Line ${at}</p>`, `<p>${word} ${at}</p>`)).join("\n");
const comparison = (word) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Comparison</title>
<link rel="stylesheet" href="/compare.css">
<script src="/_variorum/compare.js" defer></script>
<script src="/_variorum/rows.js" defer></script>
</head>
<body>
<header class="compare-bar">
<ul class="counts"><li><button type="button" data-filter="changed" aria-pressed="false">3 changed</button></li><li><button type="button" data-filter="same" aria-pressed="false">27 same</button></li></ul>
<p class="step" role="status" data-step="Difference {at} of {all}" data-everything="Everything" data-only="Only differences"></p>
<button type="button" data-action="previous">Previous</button>
<button type="button" data-action="next">Next</button>
<button type="button" data-action="only-differences" aria-pressed="false">Only differences</button>
</header>
<main>
<div class="head left"><h2><a href="/beacon/docs/en/station@3.0/station/guides/first-light">This</a></h2></div>
<div class="head right"><h2><a href="/beacon/docs/en/station@2.0/station">Other</a></h2></div>
<div class="pairs">${rows(word)}</div>
</main>
</body>
</html>
`;
const files = { "/compare.css": '.pair { min-height: 8rem } .pairs[data-only="differences"] > [data-status="same"] { display: none }' };
const options = { state: { comparison: comparison("Row"), files }, query: "?compare=station@2.0" };

export function register(look) {
  look("keys and buttons go from difference to difference, and round", options, async (page) => {
    await page.getByRole("region", { name: "Preview" }).waitFor();
    const at = async (number) => {
      const row = page.locator(".pair").nth(number);
      await until(() => row.evaluate((row) => row.matches(":focus")), `not at ${number}`);
      await until(() => row.evaluate((row) => Math.abs(row.getBoundingClientRect().top + 64 - innerHeight / 2) < 120 || scrollY === 0), "it is not in view");
    };
    await page.keyboard.press("n");
    await at(5);
    await page.getByText("Difference 1 of 3").waitFor();
    await page.getByRole("button", { name: "Next" }).click();
    await page.keyboard.press("p");
    await page.keyboard.press("p");
    await at(25);
    await page.keyboard.press("n");
    await at(5);
  });

  look("what is the same is hidden, which is remembered", options, async (page, { server }) => {
    const button = page.getByRole("button", { name: "Only differences" });
    await page.getByRole("region", { name: "Preview" }).waitFor();
    await button.click();
    assert.equal(await page.getByText("Line 1", { exact: true }).isVisible(), false);
    assert.ok(await page.getByText("Line 5", { exact: true }).isVisible());
    await page.reload();
    await page.getByText("Line 1", { exact: true }).waitFor({ state: "hidden" });
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    await until(() => server.pages().length === 2, "it does not listen for the comparison and its page");
    server.state.comparison = comparison("New");
    server.changed();
    await page.getByText("New 5", { exact: true }).waitFor();
    assert.equal(await page.getByText("New 1", { exact: true }).isVisible(), false);
  });

  look("a status shows its rows alone, and differences are gone to among what is shown", options, async (page, { server }) => {
    const shown = async (text) => page.getByText(text, { exact: true }).isVisible();
    const [changed, same] = ["3 changed", "27 same"].map((name) => page.getByRole("button", { name }));
    await changed.click();
    assert.equal(await changed.getAttribute("aria-pressed"), "true");
    assert.deepEqual([await shown("Line 1"), await shown("Line 5")], [false, true]);
    await same.click();
    assert.deepEqual([await shown("Line 1"), await shown("Line 5")], [true, true]);
    await changed.click();
    assert.deepEqual([await shown("Line 1"), await shown("Line 5")], [true, false]);
    await until(() => server.pages().length === 2, "it does not listen for the comparison and its page");
    server.state.comparison = comparison("New");
    server.changed();
    await page.getByText("New 1", { exact: true }).waitFor();
    assert.equal(await shown("New 5"), false);
    assert.equal(await same.getAttribute("aria-pressed"), "true");
  });

  look("a change of either side is shown at the same place", options, async (page, { server }) => {
    await page.getByRole("region", { name: "Preview" }).waitFor();
    await until(() => server.pages().length === 2, "it does not listen for the comparison and its page");
    const own = "/beacon/docs/en/station@3.0/station/guides/first-light";
    assert.deepEqual(server.pages().toSorted(), [own, `${own}?compare=station@2.0`]);
    await page.evaluate(() => (scrollTo({ top: 900, behavior: "instant" }), (window.isSame = true)));
    server.state.comparison = comparison("New");
    server.changed();
    await page.getByText("New 5", { exact: true }).waitFor();
    assert.deepEqual(await page.evaluate(() => [scrollY, window.isSame]), [900, true]);
  });

  look("the pickers of a comparison lead to comparisons, and out of it", options, async (page) => {
    const bar = page.getByRole("region", { name: "Preview" });
    await bar.getByRole("button", { name: /^Language/ }).click();
    assert.match(await bar.getByRole("link", { name: "简体中文" }).getAttribute("href"), /\/zh\/.*\?compare=station%402\.0$/);
    await bar.getByRole("button", { name: "Compared with Beacon Station 2.0" }).click();
    assert.equal(await bar.getByRole("link", { name: "Beacon Station 2.0" }).getAttribute("aria-current"), "true");
    assert.equal(await bar.getByRole("link", { name: "End the comparison" }).getAttribute("href"), "/beacon/docs/en/station@3.0/station/guides/first-light");
  });
}
