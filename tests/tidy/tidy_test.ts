import assert from "node:assert/strict";
import { projectFiles } from "./project.ts";
import * as rules from "./rules.ts";

const files = projectFiles();

/** Runs a rule over the project. */
function offencesOf(rule: rules.Rule): string[] {
  return files.flatMap(rule);
}

/** Runs a rule over one made-up file. */
function judged(rule: rules.Rule, path: string, text: string): number {
  return rule({ path, text }).length;
}

Deno.test("the walk sees the project and nothing that git ignores", () => {
  const paths = files.map((file) => file.path);
  for (const path of ["deno.json", "core/config.ts", ".env.example", ".ci/run"]) {
    assert.ok(paths.includes(path), path);
  }
  assert.ok(!paths.some((path) => /^(node_modules|_fresh|\.git|data)\//.test(path)));
});

Deno.test("no source file is longer than the limit", () => {
  assert.equal(judged(rules.shortFiles, "a.ts", "x\n".repeat(300)), 0);
  assert.equal(judged(rules.shortFiles, "a.ts", "x\n".repeat(301)), 1);
  assert.deepEqual(offencesOf(rules.shortFiles), []);
});

Deno.test("no file names a path of the machine it was written on", () => {
  for (const folder of ["work", "tmp", "root", "home"]) {
    assert.equal(judged(rules.noMachinePaths, "a.md", `see /${folder}/x`), 1, folder);
  }
  assert.equal(judged(rules.noMachinePaths, "a.md", "routes/work/a and /usr/bin/env"), 0);
  assert.deepEqual(offencesOf(rules.noMachinePaths), []);
});

Deno.test("no file names the host of a registry", () => {
  const host = ["registry", "npmjs", "org"].join(".");
  assert.equal(judged(rules.noRegistryHosts, "a.ts", `https://${host}/x`), 1);
  assert.equal(judged(rules.noRegistryHosts, "deno.lock", `"tarball": "x"`), 1);
  assert.deepEqual(offencesOf(rules.noRegistryHosts), []);
});

Deno.test("no test waits for a time", () => {
  const bad = [
    "await sleep(5);",
    "await delay(5);",
    "await new Promise((resolve) => setTimeout(resolve, 5));",
    "await new Promise<void>((r) => { setTimeout(r, 5); });",
    `import { setTimeout } from "node:timers/promises";`,
  ];
  for (const text of bad) assert.equal(judged(rules.noSleepInTests, "a_test.ts", text), 1, text);
  const good = `await until(() => open); const text = "await sleep(5)"; // sleep(5)`;
  assert.equal(judged(rules.noSleepInTests, "a_test.ts", good), 0);
  assert.deepEqual(offencesOf(rules.noSleepInTests), []);
});

Deno.test("no test hides the others", () => {
  const only = `Deno.test.only("x", () => {});`;
  assert.equal(judged(rules.noFocusedTests, "a_test.ts", only), 1);
  assert.deepEqual(offencesOf(rules.noFocusedTests), []);
});

Deno.test("only the entries and the tasks read the environment", () => {
  const read = `const port = Deno.env.get("APP_PORT");`;
  assert.equal(judged(rules.environmentReadAtEntries, "core/feed/a.ts", read), 1);
  assert.equal(judged(rules.environmentReadAtEntries, "main.ts", read), 0);
  assert.deepEqual(offencesOf(rules.environmentReadAtEntries), []);
});

Deno.test("source files are named in snake_case", () => {
  assert.equal(judged(rules.namedInSnakeCase, "core/BadName.ts", ""), 1);
  assert.equal(judged(rules.namedInSnakeCase, "core/good_name.ts", ""), 0);
  assert.deepEqual(offencesOf(rules.namedInSnakeCase), []);
});
