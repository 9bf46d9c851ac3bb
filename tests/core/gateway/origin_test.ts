import assert from "node:assert/strict";
import { isOriginAllowed } from "../../../core/gateway/origin.ts";

Deno.test("Only our own origin and the configured ones are allowed, character by character (F-157)", () => {
  const verdicts: [string, boolean][] = [
    ["http://localhost:8000", true],
    ["https://board.example.vn", true],
    ["https://localhost:8000", false],
    ["http://localhost", false],
    ["http://localhost:8001", false],
    ["http://localhost:8000.evil.io", false],
    ["https://board.example.vn.evil.io", false],
    ["https://board.example.vn:8443", false],
    ["http://board.example.vn", false],
    ["https://evil.io", false],
    ["null", false],
    ["", false],
  ];
  const isAllowed = (origin: string | null) =>
    isOriginAllowed(origin, "http://localhost:8000", ["https://board.example.vn"]);
  for (const [origin, wanted] of verdicts) assert.equal(isAllowed(origin), wanted, origin);
  assert.equal(isAllowed(null), true);
});
