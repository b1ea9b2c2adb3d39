// What the linter asks of the app's modules and of the scripts of the tests: faults, and the few habits that all of them share.
// Long lines are one of the habits.
import js from "@eslint/js";
import stylistic from "@stylistic/eslint-plugin";
import globals from "globals";

const strict = { eqeqeq: "error", "prefer-const": ["error", { destructuring: "all" }], "no-implicit-globals": "error", "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_$", caughtErrors: "all" }] };
const style = (quotes) => ({
  "@stylistic/quotes": ["error", quotes, { avoidEscape: true }],
  "@stylistic/semi": ["error", "always"],
  "@stylistic/indent": ["error", 2, { SwitchCase: 1, ignoredNodes: ["ConditionalExpression", "CallExpression", "ArrayExpression"] }],
  "@stylistic/comma-dangle": ["error", { arrays: "only-multiline", objects: "only-multiline", functions: "never", imports: "only-multiline", exports: "never" }],
  "@stylistic/no-trailing-spaces": "error",
  "@stylistic/no-tabs": "error",
  "@stylistic/eol-last": "error",
  "@stylistic/no-multiple-empty-lines": ["error", { max: 1, maxEOF: 0, maxBOF: 0 }],
});
const plugins = { "@stylistic": stylistic };

export default [
  { ignores: ["**/node_modules/**"] },
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: "error" }, plugins, rules: strict },
  { files: ["src/Web/App/**/*.js"], rules: style("single") },
  { files: ["src/Web/App/**/*.js"], ignores: ["src/Web/App/sw.js"], languageOptions: { sourceType: "module", globals: { ...globals.browser, calfLook: "readonly" } } },
  // Before the first paint, outside of the modules.
  { files: ["src/Web/App/js/look.js"], languageOptions: { sourceType: "script" } },
  // The worker's own names are nobody else's.
  { files: ["src/Web/App/sw.js"], languageOptions: { sourceType: "script", globals: globals.serviceworker }, rules: { "no-implicit-globals": "off" } },
  { files: ["tests/**/*.mjs"], languageOptions: { sourceType: "module", globals: globals.node }, rules: style("double") },
  // Much of these runs in the page, or in its worker.
  { files: ["tests/interop/browser/*.mjs", "tests/bench/browser/*.mjs"], languageOptions: { globals: { ...globals.browser, ...globals.serviceworker } } },
];
