import assert from "node:assert/strict";
import { connect, type Msg } from "@nats-io/transport-node";
import { createClient } from "redis";
import { openBroker } from "../../../core/bus/open_broker.ts";
import { TickerOutlet } from "../../../core/bus/ticker_outlet.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import { Secret } from "../../../core/secret.ts";
import { brokerTest } from "../../support/broker_server.ts";
import { testLog } from "../../support/bus_rig.ts";
import { until } from "../../support/program.ts";
import { cellsOf, liveStatus, ROWS } from "../hub/world.ts";

/** An outlet over a market whose prices rise by one. */
class Market implements Disposable {
  readonly tables = new Publisher({ epoch: "e0", status: liveStatus() });
  readonly outlet: TickerOutlet;
  isAllowed = true;
  answer = Promise.resolve();
  #price = 0;

  constructor(tell: (ticker: string, text: string) => void) {
    this.outlet = new TickerOutlet({
      mayTell: () => this.isAllowed,
      tell,
      flush: () => this.answer,
    });
    this.tables.setRows(ROWS, "e1");
    this.outlet.take(this.tables.tick(null)!);
  }

  change(ticker: string): void {
    this.tables.put("stock", ticker, cellsOf("stock", { last: ++this.#price }));
    this.outlet.take(this.tables.tick(null)!);
  }

  [Symbol.dispose](): void {
    this.outlet.close();
  }
}

Deno.test("Each ticker that changed is told once, with its newest price and the four words of old (F-027)", async () => {
  const told: { type: string; ticker: string; data: { price: unknown } }[] = [];
  using market = new Market((_ticker, text) => told.push(JSON.parse(text)));
  market.change("FPT");
  market.change("VNM");
  market.change("FPT");
  await until("both", () => Promise.resolve(told.length >= 2 || null));
  assert.deepEqual(told.map(({ ticker }) => ticker), ["FPT", "VNM"]);
  for (const word of ["type", "ticker", "data", "timestamp"]) assert.ok(word in told[0]!, word);
  assert.ok(JSON.stringify(told[0]!.data).includes("3"), "the newest price");
});

Deno.test("A security that joins later is told by its own name, and nothing is told without the right", async () => {
  const told: string[] = [];
  using market = new Market((ticker) => told.push(ticker));
  market.change("NEW");
  await until("the new one", () => Promise.resolve(told.length > 0 || null));
  assert.deepEqual(told, ["NEW"]);
  market.isAllowed = false;
  market.change("FPT");
  await until(
    "it is let go",
    () => Promise.resolve(market.outlet.metrics().bus_tickers_skipped_total === 1 || null),
  );
  assert.deepEqual(told, ["NEW"]);
});

Deno.test("While the broker does not answer one batch is under way, and then the newest prices follow", async () => {
  const told: string[] = [];
  const hang = Promise.withResolvers<void>();
  using market = new Market((ticker, text) => told.push(`${ticker} ${text.length > 0}`));
  market.answer = hang.promise;
  market.change("FPT");
  await until("the first batch", () => Promise.resolve(told.length === 1 || null));
  // Another outlet shows that there was time for two more.
  let others = 0;
  using other = new Market(() => others++);
  for (const wanted of [1, 2]) {
    market.change("VNM");
    other.change("VNM");
    await until("the other's batch", () => Promise.resolve(others === wanted || null));
  }
  assert.equal(told.length, 1);
  market.answer = Promise.resolve();
  hang.resolve();
  await until("the second", () => Promise.resolve(told.length > 1 || null));
  assert.deepEqual(told, ["FPT true", "VNM true"]);
});

brokerTest(
  "Programs of others hear a ticker under its old name, and Redis keeps its last price for a minute (F-025, F-028)",
  async (server) => {
    const heard: string[] = [];
    const broker = await openBroker(
      new Secret(server.url),
      testLog([]),
      new AbortController().signal,
    );
    if (server.kind === "nats") {
      const nats = await connect({ servers: new URL(server.url).host });
      const callback = (_error: Error | null, message: Msg) => {
        heard.push(message.string());
      };
      nats.subscribe("market.FPT", { callback });
      await nats.flush();
      broker.tellTicker("FPT", "1");
      await until("a message", () => Promise.resolve(heard[0] ?? null));
      await nats.close();
    } else {
      const redis = createClient({ url: server.url });
      await redis.connect();
      const listener = redis.duplicate();
      await listener.connect();
      await listener.subscribe("market:FPT", (text) => heard.push(text));
      broker.tellTicker("FPT", "1");
      await until("a message", () => Promise.resolve(heard[0] ?? null));
      assert.equal(await redis.get("price:FPT"), "1");
      const leftMs = await redis.pTTL("price:FPT");
      assert.ok(leftMs > 50_000 && leftMs <= 60_000, `${leftMs}`);
      listener.destroy();
      redis.destroy();
    }
    assert.deepEqual(heard, ["1"]);
    await broker.close();
  },
);
