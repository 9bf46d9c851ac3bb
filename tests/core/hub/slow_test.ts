import assert from "node:assert/strict";
import { ACK_WINDOW, UNSENT_BYTES_MAX } from "../../../core/hub/limits.ts";
import type { DeltaFrame } from "../../../core/wire/frames.ts";
import { CLOSE } from "../../../core/wire/frames.ts";
import { World } from "./world.ts";

function trade(world: World, last: number): void {
  world.put("board:vn30", "FPT", { last });
  world.tick();
  world.wait(100);
}

Deno.test("A client that acknowledges is held at so many messages ahead, and catches up in one delta", () => {
  const world = World.started();
  const link = world.join();
  world.send(link, { op: "sub", id: 1, c: ["board:vn30"] });
  world.send(link, { op: "ack", n: 2 });
  link.take();
  for (let price = 1; price <= 20; price++) trade(world, price);
  assert.equal(link.take().length, ACK_WINDOW);
  world.send(link, { op: "ack", n: 2 + ACK_WINDOW });
  world.wait(50);
  const [delta] = link.frames() as DeltaFrame[];
  assert.deepEqual([delta!.d, delta!.p, delta!.s], [[1, 16, 20], ACK_WINDOW, 20]);
});

Deno.test("An acknowledgement of messages that were never sent is refused", () => {
  const world = World.started();
  const link = world.subscriber(["board:vn30"]);
  world.send(link, { op: "ack", n: 99 });
  const [error] = link.frames();
  assert.ok(error?.k === "err" && error.code === "BAD_MESSAGE");
  assert.match(error.msg, /wanted n of at most/);
});

Deno.test("Unsent bytes of all clients have a limit: who lags longest is closed first, the others stay", () => {
  const world = World.started();
  const links = Array.from(
    { length: 3 },
    (_, i) => world.subscriber(i === 2 ? ["index"] : ["board:vn30"]),
  );
  const [first, second, other] = links;
  for (const link of [first!, second!]) {
    link.stall();
    trade(world, links.indexOf(link) + 1);
  }
  first!.unsentBytes = second!.unsentBytes = UNSENT_BYTES_MAX / 2;
  world.wait(50);
  assert.deepEqual(links.map((link) => link.closeCode()), [null, null, null]);
  second!.unsentBytes++;
  world.wait(50);
  assert.deepEqual(links.map((link) => link.closeCode()), [CLOSE.slowConsumer, null, null]);
  assert.equal(world.hub.metrics().hub_closed_crowded_total, 1);
  assert.equal(other!.closeCode(), null);
});

Deno.test("The client that is written to first is another one each time", () => {
  const world = World.started();
  const order: string[] = [];
  const links = Array.from({ length: 4 }, () => world.subscriber(["board:vn30"]));
  links.forEach((link, at) => {
    const send = link.send.bind(link);
    link.send = (message) => {
      order.push(String(at));
      send(message);
    };
  });
  const firsts = new Set<string>();
  for (let price = 1; price <= 4; price++) {
    trade(world, price);
    assert.deepEqual([...order].sort(), ["0", "1", "2", "3"]);
    firsts.add(order[0]!);
    order.length = 0;
  }
  assert.equal(firsts.size, 4);
});
