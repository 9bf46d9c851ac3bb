import assert from "node:assert/strict";
import fc from "fast-check";
import { CHANNELS_MAX, readClientFrame } from "../../../core/wire/client_schema.ts";

const CORPUS = [
  '{"op":"sub","id":1,"c":["alerts","stock:VNM"],"from":{"alerts":{"e":"k3f9","s":17}}}',
  '{"op":"sub","id":1,"c":["board:vn30","index"],"from":{"index":{"e":"k3f9","s":1041}}}',
  '{"op":"unsub","id":2,"c":["index"]}',
  '{"op":"ping","id":3}',
];

function code(text: string): string {
  const read = readClientFrame(text);
  return read.ok ? "ok" : read.code;
}

Deno.test("The operations are read; a channel named twice counts once", () => {
  for (const text of CORPUS) {
    assert.deepEqual(readClientFrame(text), { ok: true, frame: JSON.parse(text), unknown: [] });
  }
  const twice = readClientFrame('{"op":"sub","id":1,"c":["index","index"]}');
  assert.deepEqual(twice.ok && twice.frame.op === "sub" && twice.frame.c, ["index"]);
});

Deno.test("Names that are no channel are told apart from those that are", () => {
  const read = readClientFrame('{"op":"sub","id":1,"c":["index","stock:vnm","stock:VNM","x"]}');
  assert.ok(read.ok && read.frame.op === "sub");
  assert.deepEqual([read.frame.c, read.unknown], [["index", "stock:VNM"], ["stock:vnm", "x"]]);
});

Deno.test("An unknown key, a missing one, a wrong type and a wrong range are refused", () => {
  const bad = [
    '{"op":"sub","id":1,"c":["index"],"rate":5}',
    '{"op":"sub","id":1,"c":["index"],"__proto__":{"x":1}}',
    '{"op":"sub","c":["index"]}',
    '{"op":"sub","id":"1","c":["index"]}',
    '{"op":"sub","id":1.5,"c":["index"]}',
    '{"op":"sub","id":-1,"c":["index"]}',
    '{"op":"sub","id":1,"c":[]}',
    '{"op":"sub","id":1,"c":"index"}',
    '{"op":"sub","id":1,"c":["in dex"]}',
    `{"op":"sub","id":1,"c":["${"x".repeat(65)}"]}`,
    '{"op":"sub","id":1,"c":["index"],"from":{"index":{"e":"x"}}}',
    '{"op":"sub","id":1,"c":["index"],"from":{"index":{"e":"","s":1}}}',
    '{"op":"sub","id":1,"c":["index"],"from":{"index":{"e":"x","s":-1}}}',
    '{"op":"sub","id":1,"c":["index"],"from":{"nothing":{"e":"x","s":1}}}',
    '{"op":"auth","id":1}',
  ];
  for (const text of bad) assert.equal(code(text), "BAD_MESSAGE", text);
});

Deno.test("As many channels as the limit are read, one more is refused", () => {
  const sub = (n: number) => `{"op":"sub","id":1,"c":[${Array(n).fill('"index"')}]}`;
  assert.equal(code(sub(CHANNELS_MAX)), "ok");
  assert.equal(code(sub(CHANNELS_MAX + 1)), "BAD_MESSAGE");
});

Deno.test("No text makes the reader throw, and no refusal repeats the text", () => {
  const marker = "zq7zq7";
  const mutated = fc.tuple(fc.constantFrom(...CORPUS), fc.nat(80), fc.nat(3), fc.string())
    .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
  const anything = fc.oneof(fc.string(), fc.json(), mutated);
  fc.assert(
    fc.property(anything, (text) => {
      for (const input of [text, text.replace("index", marker), `${text}${marker}`]) {
        const read = readClientFrame(input);
        if (!read.ok) assert.ok(!read.msg.includes(marker));
        else assert.ok(read.unknown.every((name) => /^[a-zA-Z0-9:_-]{1,64}$/.test(name)));
      }
    }),
    { numRuns: 1_000 },
  );
  assert.equal(code("[".repeat(4_096)), "BAD_MESSAGE");
});
