// Checks pages with html-validate: `node html.mjs FOLDER… [--draw NUMBER] [--seed SEED] [--lenient]` prints what is
// wrong, by rule.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { CONFIG, LENIENT } from "./support/html-rules.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    draw: { type: "string" },
    seed: { type: "string", default: "1" },
    show: { type: "string", default: "3" },
    lenient: { type: "boolean", default: false },
  },
});
const validator = new HtmlValidate(new StaticConfigLoader(values.lenient ? LENIENT : CONFIG));
const counts = new Map();
let pages = 0;
for (const folder of positionals) {
  for (const path of await draw(await htmlFiles(folder), values)) {
    const report = validator.validateStringSync(await readFile(path, "utf8"), path);
    pages += 1;
    for (const { messages } of report.results) for (const message of messages) note(path, message);
  }
}
for (const [rule, { count, examples }] of [...counts].sort((a, b) => b[1].count - a[1].count)) {
  console.log(`${count} × ${rule}`);
  for (const example of examples) console.log(`    ${example}`);
}
console.log(`${pages} pages, ${[...counts.values()].reduce((sum, { count }) => sum + count, 0)} errors`);
process.exitCode = counts.size ? 1 : 0;

function note(path, { ruleId, message, line, column }) {
  const entry = counts.get(ruleId) ?? { count: 0, examples: [] };
  entry.count += 1;
  if (entry.examples.length < Number(values.show)) entry.examples.push(`${path}:${line}:${column} ${message}`);
  counts.set(ruleId, entry);
}

async function htmlFiles(folder) {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((path) => path.endsWith(".html")).sort().map((path) => join(folder, path));
}

// So many pages by chance, the same for the same seed. Pages that only lead on are many and alike: none of them is drawn.
async function draw(files, { draw: wanted, seed }) {
  if (!wanted) return files;
  let state = BigInt(seed) * 2862933555777941757n + 3037000493n;
  const random = () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 33n);
  };
  const left = [...files];
  const drawn = [];
  while (drawn.length < Number(wanted) && left.length) {
    const [path] = left.splice(random() % left.length, 1);
    if (!(await readFile(path, "utf8")).includes('http-equiv="refresh"')) drawn.push(path);
  }
  return drawn;
}
