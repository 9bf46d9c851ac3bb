import assert from "node:assert/strict";
import { SETTLED_MS } from "../../../core/hub/limits.ts";
import { type FakeLink, World } from "./world.ts";

/** Names of the clients in the order in which the next change is written to them. */
function served(world: World, clients: Readonly<Record<string, FakeLink>>, last: number): string {
  const order: string[] = [];
  for (const [name, link] of Object.entries(clients)) link.send = () => order.push(name);
  world.put("board:vn30", "FPT", { last });
  world.tick();
  return order.join("");
}

Deno.test("Of those that stay another one is first each time, and newcomers come after them", () => {
  const world = World.started();
  const stay = { a: world.subscriber(), b: world.subscriber(), c: world.subscriber() };
  world.wait(SETTLED_MS);
  const clients = { ...stay, x: world.subscriber(), y: world.subscriber() };
  world.wait(100);
  const orders: string[] = [];
  for (let last = 1; last <= 6; last++) {
    orders.push(served(world, clients, last));
    world.wait(100);
  }
  assert.deepEqual(
    new Set(orders.map((order) => order.slice(0, 3))),
    new Set(["abc", "bca", "cab"]),
  );
  assert.deepEqual(new Set(orders.map((order) => order.slice(3))), new Set(["xy", "yx"]));
});

Deno.test("Who has stayed long enough is a newcomer no more, and who comes back is one again", () => {
  const world = World.started();
  const [a, b] = [world.subscriber(), world.subscriber()];
  world.wait(SETTLED_MS);
  world.hub.leave(a, "v1");
  const returned = world.subscriber();
  world.wait(100);
  for (let last = 1; last <= 4; last++) {
    assert.equal(served(world, { a: returned, b }, last), "ba");
    world.wait(100);
  }
  world.wait(SETTLED_MS);
  const orders = [5, 6].map((last) => {
    world.wait(100);
    return served(world, { a: returned, b }, last);
  });
  assert.deepEqual(orders.sort(), ["ab", "ba"]);
});

Deno.test("Who took nothing for a while comes after the others as a newcomer does", () => {
  const world = World.started();
  const [a, b, c] = [world.subscriber(), world.subscriber(), world.subscriber()];
  world.wait(SETTLED_MS);
  a.unsentBytes = 1;
  assert.equal(served(world, { a, b, c }, 1).length, 2);
  a.unsentBytes = 0;
  world.wait(100);
  for (let last = 2; last <= 5; last++) {
    assert.equal(served(world, { a, b, c }, last).at(-1), "a");
    world.wait(100);
  }
  world.wait(SETTLED_MS);
  const lasts = [6, 7, 8].map((last) => {
    world.wait(100);
    return served(world, { a, b, c }, last).at(-1);
  });
  assert.deepEqual(lasts.sort(), ["a", "b", "c"]);
});
