import assert from "node:assert/strict";
import { eventStream } from "../../../core/gateway/sse_link.ts";
import type { ClientLink } from "../../../core/hub/link.ts";
import { SharedMessage } from "../../../core/hub/message.ts";
import { CLOSE } from "../../../core/wire/frames.ts";

const BEAT = new SharedMessage('{"k":"h","t":1,"e":"e1","m":{}}');
const BEAT_TEXT = 'event: h\ndata: {"k":"h","t":1,"e":"e1","m":{}}\n\n';

/** A stream whose client has read a first event, and the link that the hub holds. */
async function opened() {
  const log: string[] = [];
  const opening = Promise.withResolvers<ClientLink>();
  const body = eventStream("id-1", {
    opened(link) {
      log.push("opened");
      link.send(BEAT);
      opening.resolve(link);
    },
    closed: () => log.push("closed"),
  });
  const reader = body.getReader();
  assert.deepEqual(log, []);
  const read = async () => new TextDecoder().decode((await reader.read()).value);
  assert.equal(await read(), BEAT_TEXT);
  return { reader, read, log, link: await opening.promise };
}

Deno.test("A link opens when its client reads, counts what was not pulled, and ends once", async () => {
  const { reader, read, log, link } = await opened();
  assert.equal(link.unsentBytes, 0);
  link.send(BEAT);
  link.send(BEAT);
  assert.equal(link.unsentBytes, 2 * BEAT_TEXT.length);
  await read();
  assert.equal(link.unsentBytes, BEAT_TEXT.length);
  await reader.cancel();
  assert.equal(link.unsentBytes, 0);
  link.send(BEAT);
  link.close(CLOSE.restart, "server restarts");
  assert.deepEqual(log, ["opened", "closed"]);
});

Deno.test("A client that leaves before it has read frees what was held for it", async () => {
  const log: string[] = [];
  const events = { opened: () => log.push("opened"), closed: () => log.push("closed") };
  await eventStream("id-1", events).cancel();
  assert.deepEqual(log, ["closed"]);
});

Deno.test("A closed link gives out what it has, and ends", async () => {
  const { reader, read, log, link } = await opened();
  link.send(BEAT);
  link.close(CLOSE.restart, "server restarts");
  link.close(CLOSE.restart, "server restarts");
  assert.equal(await read(), BEAT_TEXT);
  assert.equal((await reader.read()).done, true);
  assert.deepEqual(log, ["opened", "closed"]);
});

Deno.test("A client that does not read loses what it has not read", async () => {
  const { reader, log, link } = await opened();
  link.send(BEAT);
  link.close(CLOSE.slowConsumer, "too slow");
  assert.equal(link.unsentBytes, 0);
  assert.equal((await reader.read()).done, true);
  assert.deepEqual(log, ["opened", "closed"]);
});

Deno.test("A message is made into events once, and a position stands with the last part only", async () => {
  const part = (i: number) =>
    `{"k":"s","c":"index","e":"e1","s":7,"t":null,"i":${i},"n":2,"y":[],"v":[]}`;
  const message = new SharedMessage(`[${part(0)},${part(1)}]`);
  const { reader, link } = await opened();
  link.send(message);
  link.send(message);
  const [first, second] = [(await reader.read()).value, (await reader.read()).value];
  assert.equal(
    new TextDecoder().decode(first),
    `event: s\ndata: ${part(0)}\n\nevent: s\nid: e1/7\ndata: ${part(1)}\n\n`,
  );
  assert.equal(second, first);
  await reader.cancel();
});
