// The words of the app: which texts its modules and pages have, what each language file has of them, and what was left bare.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { check, that } from "../support/checks.mjs";

const server = new URL("../../../src/", import.meta.url).pathname;
const app = join(server, "Web/App");
const calls = { t: 1, tx: 1, tn: 2, tnx: 2 };
/** Attributes that are read by people. */
const spoken = new Set(["aria-label", "title", "placeholder", "alt", "label", "hint", "text", "yes"]);

const files = (folder, end) => readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(end)).map((name) => join(folder, name)).sort();
const literal = (node) => (node && ts.isStringLiteralLike(node) ? node.text : null);

/** Every text that is looked up, with the form for one where it has several: Map of key to one. */
export function texts() {
  const found = new Map();
  const faults = [];
  for (const file of files(app, ".js")) visit(file, (node) => {
    const name = ts.isCallExpression(node) && ts.isIdentifier(node.expression) ? node.expression.text : "";
    if (!Object.hasOwn(calls, name) || file.endsWith("i18n.js")) return;
    const given = node.arguments.slice(calls[name] === 2 ? 1 : 0).slice(0, calls[name]).map(literal);
    if (given.includes(null)) faults.push(`${file}: ${node.getText().slice(0, 80)} has no text of its own to look up`);
    else found.set(given.at(-1), given.length === 2 ? given[0] : null);
  });
  for (const [, text, label] of readFileSync(join(app, "index.html"), "utf8").matchAll(/>([^<>\n]*\p{L}[^<>\n]*)<\/(?:a|span|p)>|aria-label="([^"]+)"/gu)) found.set(text ?? label, null);
  // On the server: Words.T("…"), Html.Say("…") and Words.N(n, "one", "other").
  for (const file of files(server, ".cs").filter((name) => !/\/(bin|obj)\//.test(name))) {
    const source = readFileSync(file, "utf8");
    for (const [, text] of source.matchAll(/\b(?:T|Say)\("((?:[^"\\]|\\.)*)"/g)) found.set(JSON.parse(`"${text}"`), null);
    for (const [, one, other] of source.matchAll(/\.N\([^"]*?"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"/g)) found.set(JSON.parse(`"${other}"`), JSON.parse(`"${one}"`));
  }
  return { found, faults };
}

function visit(file, look) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const walk = (node) => { look(node, source); ts.forEachChild(node, walk); };
  walk(source);
}

/** What is brought after the first load without having its words brought before. */
export function unworded() {
  const found = [];
  for (const file of files(app, ".js")) visit(file, (node) => {
    if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return;
    for (let at = node.parent; at; at = at.parent) {
      if (ts.isCallExpression(at) && at.expression.getText() === "bring") return;
      // The table of views, and what is brought in turn when there is time: each is handed to bring() where it is used.
      if (file.endsWith("main.js") && (ts.isPropertyAssignment(at) || ts.isArrayLiteralExpression(at))) return;
    }
    found.push(`${file.slice(app.length + 1)}: ${node.getText()} is not brought by bring()`);
  });
  return found;
}

/** Literals that people would read and that are not looked up. */
export function bare() {
  const found = [];
  for (const file of files(app, ".js")) visit(file, (node, source) => {
    const text = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(" ").trim() : null;
    // An address or a handle is an example in every language.
    if (text === null || !/\p{L}{2}/u.test(text) || /^\S*[./@:=]\w\S*$|^\W*Calf$/.test(text) || file.endsWith("look.js") || file.endsWith("sw.js")) return;
    if (!isShown(node)) return;
    found.push(`${file.slice(app.length + 1)}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${JSON.stringify(text)}`);
  });
  return found;
}

/** Whether a literal comes to be a child of h(…), a spoken attribute, or what toast(…), say(…) and their like are given. */
function isShown(node) {
  let at = node;
  for (let parent = node.parent; parent; at = parent, parent = parent.parent) {
    if (ts.isCallExpression(parent)) {
      const name = ts.isIdentifier(parent.expression) ? parent.expression.text : ts.isPropertyAccessExpression(parent.expression) ? parent.expression.name.text : "";
      if (Object.hasOwn(calls, name)) return false;
      const index = parent.arguments.indexOf(at);
      if (name === "h") return index >= 2 && !["code", "kbd"].includes(literal(parent.arguments[0]) ?? "");
      if (["toast", "empty", "end", "say", "Error", "dialog"].includes(name)) return index >= 0 && !(name === "dialog" && index > 0);
      if (["replaceChildren", "append", "prepend", "before", "after"].includes(name)) return true;
      return false;
    }
    if (ts.isNewExpression(parent)) return parent.expression.getText() === "Error";
    if (ts.isPropertyAssignment(parent)) {
      const name = ts.isIdentifier(parent.name) || ts.isStringLiteralLike(parent.name) ? parent.name.text : "";
      if (at === parent.name) return false;
      return spoken.has(name) || name === "empty" || name === "end";
    }
    if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) return /\.(textContent|title|placeholder|ariaLabel)$/.test(parent.left.getText());
    // What decides is not shown.
    if (ts.isConditionalExpression(parent) && parent.condition === at) return false;
    if (ts.isBinaryExpression(parent) && ["===", "!==", "=="].includes(parent.operatorToken.getText())) return false;
    if (ts.isElementAccessExpression(parent) || ts.isFunctionLike(parent) && parent.body !== at) return false;
    if (ts.isBlock(parent) || ts.isSourceFile(parent)) return false;
  }
  return false;
}

const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** What is wrong with a language file. @param {string} code */
export function faultsOf(code) {
  const { found } = texts(), catalog = JSON.parse(readFileSync(join(app, "lang", `${code}.json`), "utf8")), faults = [];
  const categories = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
  for (const [key, one] of found) {
    const entry = catalog[key];
    if (entry === undefined) { faults.push(`${code} lacks ${JSON.stringify(key)}`); continue; }
    if (one === null && typeof entry !== "string") faults.push(`${code}: ${JSON.stringify(key)} has one form`);
    if (one !== null && (typeof entry !== "object" || categories.some((category) => typeof entry[category] !== "string"))) faults.push(`${code}: ${JSON.stringify(key)} needs the forms ${categories.join(", ")}`);
    // A form for none, one or two may say its number in words.
    for (const [category, form] of typeof entry === "string" ? [["other", entry]] : Object.entries(entry)) {
      if (form.trim() === "") faults.push(`${code}: ${JSON.stringify(key)} is empty`);
      const wanted = places(key).filter((name) => name !== "n" || !["zero", "one", "two"].includes(category)), got = places(form);
      if (wanted.some((name) => !got.includes(name)) || got.some((name) => name !== "n" && !places(key).includes(name))) faults.push(`${code}: ${JSON.stringify(form)} has other places to fill than ${JSON.stringify(key)}`);
    }
  }
  for (const key of Object.keys(catalog)) if (!found.has(key)) faults.push(`${code} has ${JSON.stringify(key)}, which nothing asks for`);
  return faults;
}

export const languages = () => readdirSync(join(app, "lang")).map((name) => name.replace(/\.json$/, "")).sort();

export async function words() {
  await check("every text of the app can be said in another language", () => {
    const faults = [...texts().faults, ...bare(), ...unworded()];
    that(faults.length === 0, faults.join("\n"));
  });
  for (const code of languages()) await check(`${new Intl.DisplayNames("en", { type: "language" }).of(code)} has every text, with its places and forms`, () => {
    const faults = faultsOf(code);
    that(faults.length === 0, faults.join("\n"));
  });
}

// node words.mjs: what is bare; node words.mjs CODE: what the language lacks, as JSON to fill in.
if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [, , code] = process.argv;
  if (!code) console.log([...texts().faults, ...bare(), ...unworded()].join("\n"));
  else {
    let catalog = {};
    try { catalog = JSON.parse(readFileSync(join(app, "lang", `${code}.json`), "utf8")); } catch { /* It begins empty. */ }
    const forms = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
    console.log(JSON.stringify(Object.fromEntries([...texts().found].filter(([key]) => !(key in catalog)).map(([key, one]) => [key, one === null ? "" : Object.fromEntries(forms.map((category) => [category, ""]))])), null, 2));
  }
}
