import assert from "node:assert/strict";
import { findCycle, importGraph } from "./cycles.ts";
import { projectFiles } from "./project.ts";

Deno.test("no file of the project imports itself through others", () => {
  const graph = importGraph(projectFiles());
  assert.ok([...graph.values()].flat().length > 50, "the graph has too few edges to be true");
  assert.equal(findCycle(graph)?.join(" → "), undefined);
});

Deno.test("a cycle is found through every form of import and told as its path", () => {
  const forms = [
    `import { a } from "./b.ts";`,
    `import type { A } from "./b.ts";`,
    `export * from "./b.ts";`,
    `export { a } from "./b.ts";`,
    `await import("./b.ts");`,
  ];
  for (const text of forms) {
    const files = [
      { path: "x/start.ts", text: `import "./a.ts";` },
      { path: "x/a.ts", text },
      { path: "x/b.ts", text: `import "../y/c.ts";` },
      { path: "y/c.ts", text: `import "../x/a.ts";` },
    ];
    assert.deepEqual(findCycle(importGraph(files)), ["x/a.ts", "x/b.ts", "y/c.ts", "x/a.ts"], text);
  }
});

Deno.test("two ways to the same file are not a cycle", () => {
  const graph = new Map([["a", ["b", "c"]], ["b", ["d"]], ["c", ["d"]], ["d", []]]);
  assert.equal(findCycle(graph), null);
});
