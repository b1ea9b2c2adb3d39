// The app has no build step; this is where its modules, and the scripts of the tests, are read by a linter, and where the modules stay
// short and in one direction.
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import { check, that } from "../support/checks.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const app = "src/Web/App";

/** Lines. What is longer is two things. */
const longest = 300;

export async function lint() {
  const linter = new ESLint({ cwd: root, overrideConfigFile: fileURLToPath(new URL("eslint.config.mjs", import.meta.url)) });
  let files = [];
  for (const [what, pattern] of [["the app's modules are", `${app}/**/*.js`], ["the scripts of the tests are", "tests/**/*.mjs"]]) await check(`${what} without a complaint of the linter`, async () => {
    const results = await linter.lintFiles([pattern]);
    if (pattern.startsWith(app)) files = results.map(({ filePath }) => filePath);
    const complaints = results.flatMap(({ filePath, messages }) => messages.map(({ line, column, ruleId, message }) => `${relative(root, filePath)}:${line}:${column} ${ruleId}: ${message}`));
    that(results.length > 0 && complaints.length === 0, complaints.join("\n"));
  });
  const modules = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
  await check(`none of the app's modules is longer than ${longest} lines`, () => {
    const long = [...modules].map(([file, text]) => [relative(root, file), text.trimEnd().split("\n").length]).filter(([, lines]) => lines > longest);
    that(modules.size > 0 && long.length === 0, long.map(([file, lines]) => `${file} has ${lines}`).join("\n"));
  });
  await check("the imports of the app's modules make no circle", () => {
    const circles = circlesOf(new Map([...modules].map(([file, text]) => [file, importsOf(file, text)])));
    that(modules.size > 0 && circles.length === 0, circles.map((circle) => circle.map((file) => relative(join(root, app), file)).join(" > ")).join("\n"));
  });
}

/** What a module needs before it runs; what it asks for later, by import(), is no part of a circle. */
const importsOf = (file, text) =>
  [...text.replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/^(?:import|export)\b[^;'"]*?(?:from\s*)?['"](\.[^'"]+)['"]/gm)].map(([, path]) => resolve(dirname(file), path));

/** @param {Map<string, string[]>} imports @returns {string[][]} each circle once, from where it was entered */
function circlesOf(imports) {
  const circles = [], done = new Set(), way = [];
  const walk = (file) => {
    if (way.includes(file)) return void circles.push([...way.slice(way.indexOf(file)), file]);
    if (done.has(file)) return;
    way.push(file);
    for (const next of imports.get(file) ?? []) walk(next);
    way.pop();
    done.add(file);
  };
  for (const file of imports.keys()) walk(file);
  return circles;
}
