import assert from "node:assert/strict";
import { REFUSED_MAX } from "../../../core/gateway/admission.ts";
import type { Refusal } from "../../../core/gateway/door.ts";
import { refusalAnswer } from "../../../core/gateway/refusals.ts";
import { RawClient } from "./raw_client.ts";
import { TestServer } from "./test_server.ts";

Deno.test("Every refusal is an answer with its status, and where waiting helps with how long", () => {
  const wanted: Record<Refusal, [number, string | null]> = {
    origin: [403, null],
    draining: [503, "5"],
    token: [401, null],
    address: [429, "5"],
    rate: [429, "30"],
    total: [503, "5"],
  };
  for (const [why, [status, after]] of Object.entries(wanted)) {
    const answer = refusalAnswer(why as Refusal, "r");
    assert.deepEqual([answer.status, answer.headers.get("retry-after")], [status, after], why);
    assert.match(answer.headers.get("content-type")!, /problem\+json/);
  }
  assert.equal(refusalAnswer("token", "r").headers.get("www-authenticate"), "Bearer");
});

Deno.test("While as many refused sockets as the limit wait for their clients, one more is answered by HTTP (B-36)", async () => {
  await using server = TestServer.started({ wsConnectionsMax: 0 });
  const open = async () => {
    const client = await RawClient.connect(server.port);
    const { status, head } = await client.upgrade("/ws/market");
    return { client, status, head };
  };
  const refused = [];
  for (let i = 0; i < REFUSED_MAX; i++) refused.push(await open());
  assert.ok(refused.every(({ status }) => status === 101));
  assert.equal(server.services.admission.open.refused, REFUSED_MAX);
  const late = await open();
  assert.equal(late.status, 503);
  assert.match(late.head, /^retry-after: 5\r$/im);
  for (const { client } of [...refused, late]) client[Symbol.dispose]();
});
