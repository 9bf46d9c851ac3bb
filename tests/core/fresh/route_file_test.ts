import assert from "node:assert/strict";
import fc from "fast-check";
import { Router } from "../../../core/fresh/router.ts";
import { byPrecedence, parseRouteFile } from "../../../core/fresh/route_file.ts";

Deno.test("A route file's path is its address", () => {
  const cases: Record<string, string> = {
    "index.tsx": "/",
    "about.tsx": "/about",
    "api/openapi.json.ts": "/api/openapi.json",
    "symbols/[symbol].tsx": "/symbols/:symbol",
    "symbols/[symbol]/index.tsx": "/symbols/:symbol",
    "(board)/index.tsx": "/",
    "(board)/vn30/(wide)/depth.tsx": "/vn30/depth",
    "docs/[...path].tsx": "/docs/:path*",
  };
  for (const [file, pattern] of Object.entries(cases)) {
    const parsed = parseRouteFile(file);
    assert.equal(parsed.kind, "route");
    assert.equal(parsed.pattern, pattern, file);
  }
});

Deno.test("Special files are told by name, groups stay in the folders", () => {
  const kinds = ["_app.tsx", "_layout.tsx", "_error.tsx", "_middleware.ts"].map((f) =>
    parseRouteFile(f).kind
  );
  assert.deepEqual(kinds, ["app", "layout", "error", "middleware"]);
  assert.deepEqual(parseRouteFile("(a)/[id]/_layout.tsx").folders, ["(a)", ":id"]);
});

Deno.test("A name without meaning is refused with the file", () => {
  const files = ["_404.tsx", "sub/_app.tsx", "a b.tsx", "[[id]].tsx", "x-[id].tsx", "[...a]/b.tsx"];
  for (const file of files) {
    assert.throws(() => parseRouteFile(file), (error: Error) => error.message.includes(file));
  }
});

Deno.test("Words come before parameters and those before rests, in any order of files", () => {
  const ordered = [
    ...["a/b.ts", "a/index.ts", "a/[x]/c.ts", "a/[x]/index.ts", "a/[...r].ts"],
    ...["[x].ts", "[...r].ts"],
  ];
  const addresses = ["/a/b", "/a", "/a/q/c", "/a/q", "/q", "/a/q/q/q", "/q/q", "/"];
  fc.assert(fc.property(fc.shuffledSubarray(ordered, { minLength: 1 }), (files) => {
    const sorted = files.map(parseRouteFile).sort(byPrecedence);
    const router = new Router(
      sorted.map(({ pattern }) => ({ pattern, outer: [], methods: new Map() })),
    );
    for (const address of addresses) {
      const best = ordered.find((file) => files.includes(file) && covers(file, address));
      const found = router.match(address)?.entry.pattern;
      assert.equal(found, best && parseRouteFile(best).pattern, address);
    }
  }));
});

function covers(file: string, address: string): boolean {
  const { pattern } = parseRouteFile(file);
  const source = pattern.replace(/\/:\w+\*/, "(/.*)?").replace(/:\w+/g, "[^/]+");
  return new RegExp(`^${source}$`).test(address);
}
