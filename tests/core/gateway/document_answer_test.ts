import assert from "node:assert/strict";
import { keptJson } from "../../../core/gateway/document_answer.ts";

const URL_ASKED = new URL("http://board.test/api/openapi.json");

function asked(init: RequestInit = {}) {
  return { req: new Request(URL_ASKED, init), url: URL_ASKED, state: { requestId: "r1" } };
}

Deno.test("A document is written once for each place, and a client that holds it gets 304", async () => {
  const made: string[] = [];
  const document = keptJson(({ host }: { host: string }) => {
    made.push(host);
    return { host };
  });
  const first = await document.answer(asked(), { host: "a" });
  assert.equal(await first.text(), '{"host":"a"}');
  const etag = first.headers.get("etag")!;
  const again = await document.answer(asked({ headers: { "if-none-match": etag } }), { host: "a" });
  assert.deepEqual([again.status, await again.text()], [304, ""]);
  const other = await document.answer(asked({ headers: { "if-none-match": etag } }), { host: "b" });
  assert.deepEqual([other.status, await other.text()], [200, '{"host":"b"}']);
  const head = await document.answer(asked({ method: "HEAD" }), { host: "b" });
  assert.deepEqual([head.status, await head.text()], [200, ""]);
  assert.equal(head.headers.get("etag"), other.headers.get("etag"));
  assert.deepEqual(made, ["a", "b"]);
});

Deno.test("A client that calls the server by ever new names does not fill its memory", async () => {
  const made: string[] = [];
  const document = keptJson(({ host }: { host: string }) => {
    made.push(host);
    return { host };
  });
  const hosts = Array.from({ length: 9 }, (_, at) => `host${at}`);
  for (const host of [...hosts, "host0"]) {
    assert.equal((await document.answer(asked(), { host })).status, 200);
  }
  assert.deepEqual(made, [...hosts, "host0"]);
});
