import assert from "node:assert/strict";
import { FIRST_OPERATION_MS } from "../../../core/hub/limits.ts";
import { Hub } from "../../../core/hub/hub.ts";
import { CLOSE } from "../../../core/wire/frames.ts";
import { FakeLink, hubStart, liveStatus, NINE_THIRTY_MS, TOKEN, World } from "./world.ts";

Deno.test("A client without a token is asked for it, and gets nothing before it said a valid one", () => {
  const world = World.started();
  const link = world.joinUnknown();
  const [hello] = link.frames();
  assert.ok(hello?.k === "hello" && hello.auth);
  world.send(link, { op: "sub", id: 1, c: ["index"] });
  world.send(link, { op: "ping", id: 2 });
  assert.deepEqual(link.frames().map((f) => f.k === "err" ? [f.id, f.code] : f), [
    [1, "UNAUTHENTICATED"],
    [2, "UNAUTHENTICATED"],
  ]);
  world.send(link, { op: "auth", id: 3, token: TOKEN });
  world.send(link, { op: "sub", id: 4, c: ["index"] });
  assert.deepEqual(link.frames().map(({ k }) => k), ["ok", "ok", "st", "s"]);
});

Deno.test("A wrong token is answered and closed by 4001, whenever it is said, and is never repeated", () => {
  for (const join of ["join", "joinUnknown"] as const) {
    const world = World.started();
    const link = world[join]();
    link.take();
    world.send(link, { op: "auth", id: 3, token: "wrong-token" });
    assert.ok(!link.sent.join().includes("wrong-token"));
    const [error] = link.frames();
    assert.ok(error?.k === "err" && error.code === "UNAUTHENTICATED" && error.id === 3);
    assert.equal(link.closeCode(), CLOSE.unauthenticated);
    assert.equal(world.hub.metrics().hub_refused_tokens_total, 1);
  }
});

Deno.test("A client that says no token in time is closed by 4001", () => {
  const world = World.started();
  const link = world.joinUnknown();
  world.wait(FIRST_OPERATION_MS - 50);
  assert.equal(link.closeCode(), null);
  world.wait(50);
  assert.equal(link.closeCode(), CLOSE.unauthenticated);
});

/** A hub that asks elsewhere, and a client that has said a token and then subscribed. */
function asking() {
  const answer = Promise.withResolvers<boolean>();
  const hub = new Hub({ ...hubStart(liveStatus()), isValidToken: () => answer.promise });
  const link = new FakeLink();
  hub.join(link, "v1", NINE_THIRTY_MS, { isAuthenticated: false });
  link.take();
  const say = (operation: object) => {
    hub.receive(link, "v1", JSON.stringify(operation), NINE_THIRTY_MS);
  };
  say({ op: "auth", id: 1, token: "later" });
  say({ op: "sub", id: 2, c: ["index"] });
  return { hub, link, answer };
}

Deno.test("What a client says while its token is being checked is answered after the verdict", async () => {
  const { link, answer } = asking();
  assert.deepEqual(link.sent, []);
  answer.resolve(true);
  await answer.promise;
  await Promise.resolve();
  assert.deepEqual(link.frames().map((f) => f.k === "ok" ? f.id : f.k), [1, 2, "st"]);
});

Deno.test("A token that cannot be checked now is told so, and the client may come back", async () => {
  const { link, answer } = asking();
  answer.reject(new Error("the other side is gone"));
  await answer.promise.catch(() => {});
  await Promise.resolve();
  await Promise.resolve();
  const [error] = link.frames();
  assert.ok(error?.k === "err" && error.code === "UNAVAILABLE");
  assert.equal(link.closeCode(), CLOSE.overloaded);
});

Deno.test("A client that left meanwhile is not written to after the verdict", async () => {
  const { hub, link, answer } = asking();
  hub.leave(link, "v1");
  answer.resolve(true);
  await answer.promise;
  await Promise.resolve();
  assert.deepEqual(link.sent, []);
});
