// Takes the pictures of the manual's page on the preview: `npm run preview-screenshots`. Builds the program, unless
// `VARIORUM` names one, and writes in a copy of the preview's site.
import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./support/browser.mjs";
import { picture } from "./support/picture.mjs";
import { files, start } from "./support/tried.mjs";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const PICTURES = join(PROJECT, "assets/images/preview");
const MOST_BYTES = 44 << 10;
const SIZE = { width: 1280, height: 720 };

/** Names of the bar and of the page, by language. */
const WORDS = {
  en: { reads: /^Reads/, origins: "Where does this come from?", ring: "Lay the rope through a ring" },
  zh: { reads: /^引用/, origins: "这段内容来自哪里？", ring: "将缆绳穿过系船环" },
};

/** What is shown: what stands behind the address, and what a writer does there. */
const SHOWN = {
  bar: { act: (page, { reads }) => page.getByRole("button", { name: reads }).click() },
  mistake: { act: mistake },
  origins: { act: origins },
  versions: { query: "?compare=harbour@1.0" },
  languages: { query: { en: "?compare=zh", zh: "?compare=en" } },
};

const folder = await mkdtemp(join(tmpdir(), "variorum-"));
await cp(join(PROJECT, "tests/browser/preview-site"), folder, { recursive: true });
const preview = await start(program(), folder);
const writer = files(folder);
const browser = await launch();
await rm(PICTURES, { recursive: true, force: true });
await mkdir(PICTURES, { recursive: true });
let total = 0;
for (const [name, shown] of Object.entries(SHOWN)) {
  for (const language of Object.keys(WORDS)) {
    const taken = await take(shown, language);
    total += taken.length;
    await writeFile(join(PICTURES, `${name}-${language}.webp`), taken);
  }
}
await browser.close();
await preview.stop();
await rm(folder, { recursive: true });
console.log(`${(await readdir(PICTURES)).length} pictures, ${Math.round(total / 1024)} KB`);

function program() {
  if (process.env.VARIORUM) return process.env.VARIORUM;
  execFileSync("cargo", ["build", "--release", "--locked"], { cwd: PROJECT, stdio: "inherit" });
  return join(PROJECT, "target/release/variorum");
}

async function take({ query = "", act }, language) {
  const context = await browser.newContext({ viewport: SIZE, colorScheme: "light", reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const words = WORDS[language];
  await page.goto(`${preview.origin}/${language}/harbour@2.0/guides/moor${query[language] ?? query}`);
  await page.locator(".bar").waitFor();
  const mended = await act?.(page, words);
  await page.waitForTimeout(300);
  const taken = await picture(page, { mostBytes: MOST_BYTES });
  await context.close();
  if (typeof mended === "function") await mended();
  return taken;
}

// A slip of the pen in a reusable, over the last good page.
async function mistake(page) {
  const [file, right, wrong] = ["data/reusables/lamps/gloves.md", "gloves.", "gloves from {% data variables.store.nam %}."];
  await writer.change(file, right, wrong);
  await page.locator(".overlay .finding").first().waitFor();
  return () => writer.change(file, wrong, right);
}

async function origins(page, { origins: name, ring }) {
  await page.getByRole("button", { name }).click();
  await page.getByText(ring).hover();
  await page.locator(".tip").getByText("data/reusables/boats/ring.md").first().waitFor();
  // What the bar says of the keys is gone after some seconds.
  await page.locator(".status:not(:empty)").waitFor({ state: "detached" });
}
