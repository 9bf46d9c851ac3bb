/**
 * What the hub's own work costs: one change to many clients (F-140), and a market of thirty stocks
 * as the plain contract sends it (F-142). Sockets are not in it.
 */
import { marketSnapshot } from "../../core/wire/snapshot.ts";
import { fieldsOf } from "../../core/wire/channel.ts";
import { VN30_SEED } from "../../core/market/vn30.ts";
import { ROWS, World } from "../core/hub/world.ts";

/** A world with a full board of VN30 and so many subscribers of it. */
function crowd(clients: number): World {
  const world = new World();
  world.startEpoch({ ...ROWS, "board:vn30": VN30_SEED }, "e1");
  for (const symbol of VN30_SEED) {
    const cells = fieldsOf("board:vn30").map((_, field) => 10_000 + field);
    world.publisher.put("stock", symbol, cells);
  }
  world.tick();
  for (let i = 0; i < clients; i++) world.subscriber(["board:vn30", "index"]);
  return world;
}

/** A tick in which every stock trades, written to every client. */
function change(world: World, price: number): void {
  for (const symbol of VN30_SEED) world.put("stock", symbol, { last: price, vol: price });
  world.nowMs += 100;
  world.tick();
}

for (const clients of [0, 100, 1_000]) {
  const world = crowd(clients);
  let price = 0;
  Deno.bench(`30 stocks change, ${clients} clients of the versioned protocol`, () => {
    change(world, ++price);
  });
}

const view = crowd(0).hub.view();
Deno.bench("the market of 30 stocks as JSON", () => {
  JSON.stringify(marketSnapshot(view));
});
