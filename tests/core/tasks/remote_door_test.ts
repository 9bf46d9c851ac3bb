import assert from "node:assert/strict";
import type { Knock } from "../../../core/gateway/door.ts";
import { DoorKeeper } from "../../../core/tasks/door_keeper.ts";
import type { GatewayRequest } from "../../../core/tasks/gateway_messages.ts";
import { ASKED_MAX, RemoteDoor } from "../../../core/tasks/remote_door.ts";
import { Secret } from "../../../core/secret.ts";
import { testServices } from "../gateway/test_server.ts";

const KNOCK: Knock = {
  peer: "203.0.113.7",
  forwardedFor: null,
  origin: null,
  target: "http://board.test:8000",
  tokens: ["s3cret-token"],
  isVersioned: true,
};

/** The door of a main process and a worker that asks it, with two places for an address. */
function doors() {
  const config = { wsAuthToken: new Secret("s3cret-token"), wsConnectionsPerIpMax: 2 };
  const { admission } = testServices(config).services;
  const answer = (message: GatewayRequest) => {
    if (message.kind === "verdict" || message.kind === "token") remote.take(message);
  };
  const keeper = new DoorKeeper(admission, answer);
  const remote = new RemoteDoor((request) => void keeper.take(request), { waitMs: 60_000 });
  return { admission, keeper, remote };
}

/** A door that nobody answers. */
function deafDoor(waitMs: number) {
  const asked: { readonly id: number }[] = [];
  const released: number[] = [];
  const remote = new RemoteDoor((request) => {
    if (request.kind === "release") released.push(request.lease);
    else asked.push(request);
  }, { waitMs });
  return { remote, asked, released };
}

Deno.test("A gateway is answered as the door of the main process would, and places are counted there", async () => {
  const { admission, keeper, remote } = doors();
  const first = await remote.admit(KNOCK);
  const second = await remote.admit(KNOCK);
  const third = await remote.admit(KNOCK);
  assert.ok(first.ok && second.ok && first.isAuthenticated);
  assert.ok(!third.ok && third.why === "address" && third.lease !== null);
  assert.deepEqual([admission.open.links, admission.open.refused, keeper.held], [2, 1, 3]);
  first.lease.release();
  first.lease.release();
  third.lease.release();
  assert.deepEqual([admission.open.links, admission.open.refused, keeper.held], [1, 0, 1]);
  const foreign = await remote.admit({ ...KNOCK, origin: "http://evil.test" });
  assert.deepEqual(foreign, { ok: false, why: "origin", lease: null });
  assert.deepEqual(
    [await remote.isValidToken("s3cret-token"), await remote.isValidToken("wrong")],
    [
      true,
      false,
    ],
  );
});

Deno.test("When a gateway is gone its places are given back, and what it still asks takes none", async () => {
  const { admission, keeper, remote } = doors();
  await remote.admit(KNOCK);
  await remote.admit(KNOCK);
  const late = remote.admit(KNOCK);
  keeper.close();
  assert.deepEqual([admission.open.links, keeper.held], [0, 0]);
  remote.close();
  assert.deepEqual(await late, { ok: false, why: "total", lease: null });
  assert.deepEqual([admission.open.refused, keeper.held], [0, 0]);
});

Deno.test("Without an answer in time nobody is let in, and a place that comes too late is given back", async () => {
  const { remote, asked, released } = deafDoor(1);
  assert.deepEqual(await remote.admit(KNOCK), { ok: false, why: "total", lease: null });
  assert.equal(await remote.isValidToken("s3cret-token"), false);
  assert.equal(remote.metrics().gateway_door_unanswered_total, 2);
  const verdict = { ok: true, lease: 42, isAuthenticated: true } as const;
  remote.take({ kind: "verdict", id: asked[0]!.id, verdict });
  assert.deepEqual(released, [42]);
});

Deno.test("So many may wait for the door, and one more is told at once that there is no place", async () => {
  const { remote, asked } = deafDoor(60_000);
  const waiting = Array.from({ length: ASKED_MAX }, () => remote.admit(KNOCK));
  assert.equal(asked.length, ASKED_MAX);
  assert.deepEqual(await remote.admit(KNOCK), { ok: false, why: "total", lease: null });
  const { gateway_door_waiting, gateway_door_crowded_total } = remote.metrics();
  assert.deepEqual([gateway_door_waiting, gateway_door_crowded_total], [ASKED_MAX, 1]);
  remote.close();
  assert.ok((await Promise.all(waiting)).every(({ ok }) => !ok));
  assert.equal(remote.metrics().gateway_door_waiting, 0);
});
