import assert from "node:assert/strict";
import { givenTokens, readProtocols } from "../../../core/gateway/given_tokens.ts";

const NOTHING = { query: new URLSearchParams(), protocols: [], authorization: null };

Deno.test("A token is found in the query, the subprotocol and the Authorization header (F-109)", () => {
  const text = "tick~et/+";
  const entry = `base64url.bearer.vnstock.${btoa(text).replaceAll("+", "-").replaceAll("=", "")}`;
  const query = new URLSearchParams("token=abc");
  assert.deepEqual(givenTokens({ ...NOTHING, query }), ["abc"]);
  assert.deepEqual(givenTokens({ ...NOTHING, protocols: ["vnstock.v1.json", entry] }), [text]);
  assert.deepEqual(givenTokens({ ...NOTHING, authorization: "Bearer abc" }), ["abc"]);
  const broken = { ...NOTHING, protocols: ["base64url.bearer.vnstock.a"] };
  assert.deepEqual(givenTokens(broken), [""]);
});

Deno.test("A list of subprotocols is read; a malformed or repeating one is refused", () => {
  assert.deepEqual(readProtocols(null), []);
  assert.deepEqual(readProtocols("a, b.c"), ["a", "b.c"]);
  for (const bad of ["", ",", "a,", "a b", "a,,b", 'a"b', "a, a", "x".repeat(513)]) {
    assert.equal(readProtocols(bad), null, bad);
  }
});
