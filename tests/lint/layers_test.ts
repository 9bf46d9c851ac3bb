import assert from "node:assert/strict";
import plugin from "./layers.ts";
import { importProblem, layerOf, PURE } from "./layer_table.ts";

/** Rule ids that fire for a snippet in a file of the project, without the plugin's name. */
function fired(path: string, source: string): string[] {
  const root = new URL("../../", import.meta.url).pathname;
  return Deno.lint.runPlugin(plugin, root + path, source).map((d) => d.id.replace("layers/", ""));
}

/** One import statement, judged. */
function mayImport(path: string, specifier: string): boolean {
  return !fired(path, `import { a } from "${specifier}";`).includes("imports");
}

Deno.test("a pure folder imports those named before it and none named after it", () => {
  for (const [i, from] of PURE.entries()) {
    for (const [j, target] of PURE.entries()) {
      const problem = importProblem(`${from}/a.ts`, `${target}/b.ts`, false);
      assert.equal(problem === null, j <= i, `${from} → ${target}`);
    }
    assert.ok(mayImport(`${from}/a.ts`, "zod"), from);
    for (const outside of ["preact", "hono", "node:fs", "fresh"]) {
      assert.ok(!mayImport(`${from}/a.ts`, outside), `${from} → ${outside}`);
    }
    for (const shell of ["port/bus.ts", "feed/rest.ts", "log.ts", "config.ts", "secret.ts"]) {
      assert.ok(!mayImport(`${from}/a.ts`, `../${shell}`), `${from} → ${shell}`);
    }
  }
});

Deno.test("each layer imports what its row of the table allows", () => {
  const good: [string, string][] = [
    ["core/port/bus.ts", "./clock.ts"],
    ["core/feed/client.ts", "../port/clock.ts"],
    ["core/feed/client.ts", "../ssi/decode.ts"],
    ["core/feed/client.ts", "../log.ts"],
    ["core/feed/client.ts", "node:zlib"],
    ["core/sim/server.ts", "../exchange/day.ts"],
    ["core/fresh/app.ts", "hono"],
    ["core/fresh/app.ts", "hono/router"],
    ["core/config.ts", "zod"],
    ["core/log.ts", "./secret.ts"],
    ["components/cell.tsx", "../core/wire/board.ts"],
    ["components/cell.tsx", "preact/hooks"],
    ["islands/board.tsx", "../components/cell.tsx"],
    ["islands/board.tsx", "@preact/signals"],
    ["islands/board.tsx", "fresh/runtime"],
    ["routes/index.tsx", "../islands/board.tsx"],
    ["routes/index.tsx", "../utils.ts"],
    ["routes/ws/market.ts", "../../core/gateway/link.ts"],
    ["routes/(_components)/row.tsx", "../../core/market/units.ts"],
    ["routes/index.tsx", "./(_islands)/strip.tsx"],
    ["main.ts", "./core/feed/client.ts"],
    ["dev.ts", "./main.ts"],
    ["core/sim/main.ts", "../log.ts"],
    ["core/tasks/replay.ts", "../feed/journal.ts"],
    ["tests/main_test.ts", "../main.ts"],
  ];
  for (const [from, target] of good) assert.ok(mayImport(from, target), `${from} → ${target}`);
});

Deno.test("each layer is refused what its row of the table leaves out", () => {
  const bad: [string, string][] = [
    ["core/feed/client.ts", "../sim/server.ts"],
    ["core/feed/client.ts", "preact"],
    ["core/bus/port.ts", "../feed/client.ts"],
    ["core/fresh/app.ts", "../market/time.ts"],
    ["core/fresh/app.ts", "zod"],
    ["components/cell.tsx", "../core/engine/state.ts"],
    ["components/cell.tsx", "../islands/board.tsx"],
    ["components/cell.tsx", "fresh"],
    ["islands/board.tsx", "../core/hub/hub.ts"],
    ["islands/board.tsx", "../core/config.ts"],
    ["islands/board.tsx", "../routes/index.tsx"],
    ["routes/index.tsx", "../core/feed/client.ts"],
    ["routes/index.tsx", "../core/config.ts"],
    ["routes/index.tsx", "../db/pool.ts"],
    ["routes/index.tsx", "hono"],
    ["routes/index.tsx", "../main.ts"],
    ["core/tasks/doctor.ts", "../../worker.ts"],
    ["main.ts", "./worker.ts"],
    ["dev.ts", "./worker.ts"],
    ["core/gateway/link.ts", "../sim/worker.ts"],
    ["somewhere/a.ts", "../core/market/time.ts"],
    ["core/newfolder/a.ts", "zod"],
    ["main.ts", "npm:zod@4.0.0"],
    ["tests/a_test.ts", "https://example.org/mod.ts"],
  ];
  for (const [from, target] of bad) assert.ok(!mayImport(from, target), `${from} → ${target}`);
});

Deno.test("every form of import is judged, also re-exports, import() and type imports", () => {
  const forms = [
    `import "../engine/step.ts";`,
    `import type { A } from "../engine/step.ts";`,
    `export { a } from "../engine/step.ts";`,
    `export * from "../engine/step.ts";`,
    `await import("../engine/step.ts");`,
    `type A = import("../engine/step.ts").A;`,
  ];
  for (const form of forms) assert.deepEqual(fired("core/market/a.ts", form), ["imports"], form);
});

Deno.test("a port takes only types from the pure folders", () => {
  const file = "core/port/bus.ts";
  assert.deepEqual(fired(file, `import type { A } from "../wire/board.ts";`), []);
  assert.deepEqual(fired(file, `import { type A } from "../wire/board.ts";`), []);
  assert.deepEqual(fired(file, `import { a } from "../wire/board.ts";`), ["imports"]);
  assert.deepEqual(fired(file, `import type { A } from "../engine/state.ts";`), ["imports"]);
});

Deno.test("a pure folder is refused clock, chance, timers, network and the runtime", () => {
  const bad = [
    "Date.now()",
    "new Date()",
    "new Date",
    "Date()",
    `Date["now"]()`,
    "const { now } = Date",
    "Math.random()",
    "const { random } = Math",
    "performance.now()",
    "crypto.randomUUID()",
    "fetch('x')",
    "const f = { fetch }",
    "function f(get = fetch) {}",
    "setTimeout(() => {}, 1)",
    "setInterval(() => {}, 1)",
    "queueMicrotask(() => {})",
    "navigator.language",
    "new WebSocket('ws://x')",
    "Deno.readTextFileSync('x')",
    "globalThis.Date",
    "(fetch as unknown)",
    "date.getHours()",
    "date.getTimezoneOffset()",
  ];
  for (const code of bad) assert.deepEqual(fired("core/engine/a.ts", code), ["purity"], code);
  const printed = fired("core/engine/a.ts", "console.log(1)");
  assert.deepEqual(printed.sort(), ["printing", "purity"]);
});

Deno.test("a pure folder may do date arithmetic, name properties freely and speak of types", () => {
  const good = [
    "new Date(ms).toISOString()",
    "new Date(ms).getUTCHours()",
    "Date.parse(text)",
    "Date.UTC(2026, 10, 20)",
    "x instanceof Date",
    "Math.floor(1.5)",
    "options.fetch('x')",
    "const o = { fetch: send, crypto: 1 }",
    "let socket: WebSocket",
    "let get: typeof fetch",
    "interface A { performance: number; setTimeout(): void }",
    "class A { fetch() {} console = 1 }",
  ];
  for (const code of good) assert.deepEqual(fired("core/engine/a.ts", code), [], code);
});

Deno.test("outside the pure folders, and in the named browser client, the clock is free", () => {
  const code = "Date.now(); setTimeout(() => {}, 1); new WebSocket('ws://x');";
  for (const path of ["core/feed/a.ts", "islands/a.tsx", "core/wire/client_shell.ts", "main.ts"]) {
    assert.deepEqual(fired(path, code), [], path);
  }
  assert.notDeepEqual(fired("core/wire/board.ts", code), []);
});

Deno.test("only the log, the tasks, the simulator's own command and tests print", () => {
  const good = ["core/log.ts", "core/tasks/doctor.ts", "core/sim/main.ts", "tests/a_test.ts"];
  for (const path of good) assert.deepEqual(fired(path, "console.log(1)"), [], path);
  const bad = ["main.ts", "islands/a.tsx", "core/feed/a.ts", "core/sim/server.ts"];
  for (const path of bad) assert.deepEqual(fired(path, "console.error(1)"), ["printing"], path);
});

Deno.test("a function over the line limit is refused, one at the limit is not", () => {
  const body = (lines: number) => `function f() {\n${"  a();\n".repeat(lines - 2)}}`;
  assert.deepEqual(fired("core/feed/a.ts", body(70)), []);
  assert.deepEqual(fired("core/feed/a.ts", body(71)), ["function-lines"]);
  assert.deepEqual(fired("core/feed/a.ts", `const g = ${body(71)}`), ["function-lines"]);
  const arrow = `const h = () => {\n${"  a();\n".repeat(70)}};`;
  assert.deepEqual(fired("core/feed/a.ts", arrow), ["function-lines"]);
  assert.deepEqual(fired("tests/a_test.ts", body(71)), []);
});

Deno.test("a private folder beside a route belongs to the layer it is named after", () => {
  assert.equal(layerOf("routes/symbols/(_components)/head.tsx"), "components");
  assert.equal(layerOf("routes/symbols/(_islands)/depth.tsx"), "islands");
  assert.equal(layerOf("routes/symbols/[symbol].tsx"), "routes");
});
