import assert from "node:assert/strict";
import { HeldChannel } from "../../../core/wire/client_channel.ts";
import { REAL_SHELL } from "../../../core/wire/client_shell.ts";
import { ClientNet, Page } from "./client_net.ts";

Deno.test("Who subscribes inside a handler is not told of changes of what it has not got yet", () => {
  const net = new ClientNet("empty", { tables: ["index"] });
  const late = new Page();
  let isIn = false;
  net.client.subscribe("board:vn30", {
    onSnapshot: () => {},
    onDelta() {
      if (isIn) return;
      isIn = true;
      net.client.subscribe("board:vn30", late);
    },
  });
  net.wait(200);
  net.world.put("board:vn30", "FPT", { last: 7 });
  net.tick();
  net.wait(2_000);
  assert.equal(late.tables.get("board:vn30")!.s, net.frame("board:vn30").s);
  assert.deepEqual([late.snapshots, late.deltas], [1, 0]);
  net.client.close();
});

Deno.test("Who ends its subscription inside a handler of another is told nothing more", () => {
  const net = new ClientNet("empty", { tables: ["index"] });
  const gone = new Page();
  let end = () => {};
  net.client.subscribe("board:vn30", { onSnapshot: () => {}, onDelta: () => end() });
  end = net.client.subscribe("board:vn30", gone);
  net.wait(500);
  net.world.put("board:vn30", "FPT", { last: 7 });
  net.tick();
  net.wait(2_000);
  assert.deepEqual([gone.snapshots, gone.deltas], [1, 0]);
  net.client.close();
});

Deno.test("A subscriber with an empty list of rows does not keep the client from opening", () => {
  const net = new ClientNet("empty", { tables: [] });
  const [none, index] = [new Page(), new Page()];
  net.client.subscribe("board:vn30", none, { syms: [] });
  net.client.subscribe("index", index);
  net.wait(2_000);
  assert.equal(net.page.sockets.at(-1)?.state, "open");
  assert.equal(index.tables.get("index")!.s, net.frame("index").s);
  assert.equal(none.tables.get("board:vn30")!.s, net.frame("board:vn30").s);
  net.client.close();
});

Deno.test("A handler that throws costs the other subscribers nothing, and the error is not lost", async () => {
  const channel = new HeldChannel("board:vn30", REAL_SHELL);
  const told: number[] = [];
  const bug = new Error("a handler of the page is wrong");
  const handlers = { onSnapshot: () => {}, onDelta: ({ s }: { s: number }) => void told.push(s) };
  const wrong = {
    ...handlers,
    onDelta() {
      throw bug;
    },
  };
  channel.join({ handlers: wrong, syms: null }, { e: "e1", s: 1 });
  channel.join({ handlers, syms: null }, { e: "e1", s: 1 });
  const seen = Promise.withResolvers<unknown>();
  const onError = (event: ErrorEvent) => {
    event.preventDefault();
    seen.resolve(event.error);
  };
  addEventListener("error", onError, { once: true });
  const isTaken = channel.take({
    ...{ k: "d", c: "board:vn30", e: "e1", p: 1, s: 2, t: null, d: [] },
  });
  assert.deepEqual([isTaken, told], [true, [2]]);
  assert.equal(await seen.promise, bug);
});
