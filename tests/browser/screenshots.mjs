// Takes the pictures of the manual's gallery: `npm run screenshots`. Builds the program, unless `VARIORUM` names one, and
// the sample site with it; every picture is as small as WebP makes it, and no larger than a limit.
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./support/browser.mjs";
import { picture } from "./support/picture.mjs";
import { at, BASE, TODAY } from "./support/site.mjs";
import { serve } from "./server.mjs";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const PICTURES = join(PROJECT, "assets/images/gallery");
const MOST_BYTES = 40 << 10;

/** What is shown, and where it is; `act` does what a reader does first. */
const SHOWN = {
  home: { path: "" },
  product: { path: "/station" },
  category: { path: "/station/setup" },
  "map-topic": { path: "/station/setup/lamps" },
  guides: { path: "/station/guides" },
  article: { path: "/station/guides/first-light" },
  reference: { path: "/reference/everything", act: (page) => page.locator("#code-in-several-languages").scrollIntoViewIfNeeded() },
  "release-notes": { path: "/station/release-notes" },
  fallback: { path: "/station/guides/fog-horn" },
  search: { path: "/station", act: search },
  "not-found": { path: "/station/guides/first-lihgt" },
};

/** Both widths, both schemes and both languages, in four pictures of each kind of page. */
const WAYS = [
  { width: 1440, height: 900, scheme: "light", language: "en" },
  { width: 1440, height: 900, scheme: "dark", language: "zh" },
  { width: 360, height: 720, scheme: "dark", language: "en" },
  { width: 360, height: 720, scheme: "light", language: "zh" },
];

const folder = await mkdtemp(join(tmpdir(), "variorum-"));
const browser = await launch();
const built = join(folder, "site");
build(built);
const site = await serve(built, BASE);
await rm(PICTURES, { recursive: true, force: true });
await mkdir(PICTURES, { recursive: true });
let total = 0;
for (const [kind, shown] of Object.entries(SHOWN)) {
  for (const way of WAYS) {
    const taken = await take(shown, way);
    total += taken.length;
    await writeFile(join(PICTURES, `${kind}-${way.width}-${way.scheme}-${way.language}.webp`), taken);
  }
}
await browser.close();
await site.close();
await rm(folder, { recursive: true });
console.log(`${(await readdir(PICTURES)).length} pictures, ${Math.round(total / 1024)} KB`);

function build(out) {
  if (!process.env.VARIORUM) execFileSync("cargo", ["build", "--release", "--locked"], { cwd: PROJECT, stdio: "inherit" });
  const program = process.env.VARIORUM ?? join(PROJECT, "target/release/variorum");
  const source = join(PROJECT, "tests/browser/site");
  execFileSync(program, ["build", "--quiet", "--date", TODAY, "--site", source, "--out", out], { stdio: "inherit" });
}

async function take({ path, act }, { width, height, scheme, language }) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(at(site.address, path, { language }), { waitUntil: "networkidle" });
  await act?.(page, language);
  await page.waitForTimeout(200);
  const taken = await picture(page, { scale: width > 1000 ? 0.6 : 1, mostBytes: MOST_BYTES });
  await context.close();
  return taken;
}

async function search(page, language) {
  await page.keyboard.press("/");
  await page.getByRole("combobox").fill(language === "en" ? "lamp" : "灯");
  await page.getByRole("option").first().waitFor();
}
