import assert from "node:assert/strict";
import { until } from "./test_server.ts";
import { textStream } from "../../../core/gateway/history_stream.ts";

/** A stream over some pieces, with what was asked of it and how it ended. */
function streamOf(pieces: readonly (string | Error | Promise<string>)[], stallMsMax = 60_000) {
  const told = { asked: 0, ends: [] as (string | null)[] };
  const stream = textStream({
    stallMsMax,
    async next() {
      const piece = await pieces[told.asked++];
      if (piece instanceof Error) throw piece;
      return piece ?? "";
    },
    ended: (cut) => told.ends.push(cut),
  });
  return { told, stream };
}

Deno.test("A stream reads a piece when one is taken, and none ahead", async () => {
  const { told, stream } = streamOf(["a", "b"]);
  const reader = stream.getReader();
  assert.equal(told.asked, 0);
  const decode = (value: Uint8Array | undefined) => new TextDecoder().decode(value);
  assert.equal(decode((await reader.read()).value), "a");
  assert.deepEqual([told.asked, told.ends], [1, []]);
  assert.equal(decode((await reader.read()).value), "b");
  assert.equal((await reader.read()).done, true);
  assert.deepEqual([told.asked, told.ends], [3, [null]]);
});

Deno.test("What fails midway breaks the stream, so that nobody takes a part for the whole", async () => {
  const { told, stream } = streamOf(["a", new Error("the store went away")]);
  const reader = stream.getReader();
  await reader.read();
  await assert.rejects(reader.read(), /the store went away/);
  assert.deepEqual(told.ends, ["the store went away"]);
});

Deno.test("A client that leaves while a piece is read frees its place when that is done", async () => {
  const piece = Promise.withResolvers<string>();
  const { told, stream } = streamOf([piece.promise, "b"]);
  const reader = stream.getReader();
  const reading = reader.read();
  await until(() => told.asked === 1, "the first piece to be asked for");
  const leaving = reader.cancel();
  assert.deepEqual(told.ends, []);
  piece.resolve("a");
  await leaving;
  await reading;
  assert.deepEqual([told.asked, told.ends], [1, ["the client left"]]);
});

Deno.test("A client that takes nothing loses its stream", async () => {
  const { told, stream } = streamOf(["a", "b"], 1);
  const reader = stream.getReader();
  await assert.rejects(reader.closed, /nothing was read for 1 ms/);
  assert.deepEqual(told, { asked: 0, ends: ["nothing was read for 1 ms"] });
});
