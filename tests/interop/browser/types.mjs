// The app has no build step; this is where the types in its comments are held to be true.
import { spawnSync } from "node:child_process";
import { check, that } from "../support/checks.mjs";

export const types = () => check("the types in the comments of the app's modules hold together", () => {
  // A worker has other globals than a page.
  for (const project of ["tsconfig.json", "tsconfig.worker.json"]) {
    const compiler = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", project], { encoding: "utf8" });
    that(compiler.status === 0, compiler.stdout || String(compiler.error ?? compiler.stderr));
  }
});
