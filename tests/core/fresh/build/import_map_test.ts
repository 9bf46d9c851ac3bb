import assert from "node:assert/strict";
import { resolve } from "node:path";
import { findImportMap, resolveBare } from "../../../../core/fresh/build/import_map.ts";

const MAP = {
  dir: resolve("project"),
  imports: {
    "fresh": "./core/fresh/mod.ts",
    "fresh/runtime": "./core/fresh/runtime.ts",
    "preact": "npm:preact@10.29.8",
    "@preact/signals": "npm:@preact/signals@2.11.4",
    "lib/": "./lib/",
  },
};

Deno.test("A bare name leads to the file or package that the map names, the longest name first", () => {
  const file = (path: string) => ({ kind: "file", path: resolve("project", path) });
  const pack = (name: string) => ({ kind: "package", name });
  assert.deepEqual(resolveBare(MAP, "fresh/runtime"), file("core/fresh/runtime.ts"));
  assert.deepEqual(resolveBare(MAP, "fresh"), file("core/fresh/mod.ts"));
  assert.deepEqual(resolveBare(MAP, "lib/a.ts"), file("lib/a.ts"));
  assert.deepEqual(resolveBare(MAP, "preact"), pack("preact"));
  assert.deepEqual(resolveBare(MAP, "preact/hooks"), pack("preact/hooks"));
  assert.deepEqual(resolveBare(MAP, "@preact/signals"), pack("@preact/signals"));
  assert.deepEqual(resolveBare(MAP, "npm:@a/b@^1.2/c"), pack("@a/b/c"));
  assert.deepEqual(resolveBare(MAP, "npm:x@1"), pack("x"));
  assert.equal(resolveBare(MAP, "preactor"), null);
  assert.equal(resolveBare(MAP, "node:fs"), null);
});

Deno.test("The nearest deno.json above a folder is read, and its absence is an error", async () => {
  const map = await findImportMap(import.meta.dirname!);
  assert.match(map.imports.preact!, /^npm:preact@/);
  await assert.rejects(findImportMap("/"), /no deno.json at or above \//);
});
