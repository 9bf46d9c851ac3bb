import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { withApp } from "../support/app.ts";

/** An answer as it came, whatever its coding. */
interface Coded {
  readonly status: number;
  readonly coding: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

async function open(
  url: string,
  headers: Record<string, string>,
  method = "GET",
): Promise<IncomingMessage> {
  const asking = request(url, { method, headers, agent: false }).end();
  const [answer] = await once(asking, "response");
  return answer;
}

async function ask(...asked: Parameters<typeof open>): Promise<Coded> {
  const answer = await open(...asked);
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece);
  const { statusCode, headers } = answer;
  const coding = headers["content-encoding"];
  return { status: statusCode!, coding, headers, body: Buffer.concat(pieces) };
}

Deno.test("Text is sent as the client takes it, compressed once, and streams of events never", async (t) => {
  await withApp({ SIM_START: "10:00" }, async ({ url }) => {
    await t.step("a page and JSON as br, gzip or plain", async () => {
      for (const [path, end] of [["/?lang=en", "</html>"], ["/api/symbols", "}"]] as const) {
        const ways: [string, string | undefined, (body: Buffer) => Buffer][] = [
          ["gzip, deflate, br", "br", brotliDecompressSync],
          ["gzip", "gzip", gunzipSync],
          ["identity", undefined, (body) => body],
          ["br;q=0, gzip;q=0", undefined, (body) => body],
        ];
        for (const [accepted, coding, decode] of ways) {
          const answer = await ask(url + path, { "accept-encoding": accepted });
          assert.deepEqual([answer.status, answer.coding], [200, coding], `${path} ${accepted}`);
          assert.ok(decode(answer.body).toString().trimEnd().endsWith(end), `${path} ${accepted}`);
          if (coding !== undefined) assert.match(String(answer.headers.vary), /accept-encoding/i);
        }
      }
    });
    await t.step(
      "a page is a third of its size at most, and still no copy for others",
      async () => {
        const plain = await ask(url, { "accept-encoding": "identity" });
        const { body, headers } = await ask(url, { "accept-encoding": "br" });
        assert.ok(body.length * 3 < plain.body.length, `${body.length} of ${plain.body.length}`);
        assert.match(String(headers.vary), /cookie/i);
        assert.equal(headers["cache-control"], "no-store");
      },
    );
    await t.step("HEAD has no body, and 304 neither", async () => {
      const head = await ask(url, { "accept-encoding": "gzip" }, "HEAD");
      assert.deepEqual([head.status, head.body.length], [200, 0]);
      for (const path of ["/", "/livez", "/api/openapi.json", "/api/market/snapshot"]) {
        const { headers } = await ask(`${url}${path}`, {}, "HEAD");
        assert.equal(headers["content-length"], undefined, path);
      }
      const whole = await ask(`${url}/favicon.svg`, { "accept-encoding": "br" });
      assert.match(brotliDecompressSync(whole.body).toString(), /^<svg/);
      const etag = whole.headers.etag!;
      const known = await ask(`${url}/favicon.svg`, {
        "accept-encoding": "br",
        "if-none-match": etag,
      });
      assert.deepEqual([known.status, known.coding, known.body.length], [304, undefined, 0]);
    });
    await t.step("events come at once and as they are", async () => {
      const answer = await open(`${url}/api/stream/index`, { "accept-encoding": "gzip, br" });
      assert.match(answer.headers["content-type"]!, /event-stream/);
      assert.equal(answer.headers["content-encoding"], undefined);
      const [piece] = await once(answer, "data");
      assert.match(String(piece), /^(id|event|data|retry|:)/);
      answer.destroy();
    });
  });
});
