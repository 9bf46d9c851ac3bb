import assert from "node:assert/strict";
import { createIngest, ingestFrame } from "../../../core/engine/ingest.ts";
import { connectingStatus, Replica } from "../../../core/hub/replica.ts";
import { PUBLISH_GAP_MS, PublishLoop } from "../../../core/tasks/publish_loop.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import type { FeedStatus } from "../../../core/wire/status.ts";
import {
  frame,
  INIT_FRAME,
  quoteRecord,
  tradeRecord,
  type WireRecord,
} from "../../support/ssi_frames.ts";
import { stepOn } from "../../support/step_on.ts";
import { at } from "../../support/trade_events.ts";
import { VirtualTimers } from "./virtual_timers.ts";

/** A publishing engine side, and in order what it did. */
function rig() {
  const timers = new VirtualTimers();
  const ingest = createIngest({ classifier: "feed", symbolsMax: 100 });
  const trace: string[] = [];
  const messages: BusMessage[] = [];
  let status: FeedStatus = connectingStatus("ssi", 0);
  let epochs = 0;
  const loop = new PublishLoop(ingest.engine, {
    extraSymbols: ["AAA"],
    carry: { ratePct: 4.5, dividendPct: 1.5, costPct: 0.15 },
  }, {
    bus: {
      dropped: 0,
      publish(message) {
        trace.push(message.k);
        messages.push(message);
      },
    },
    commit: () => trace.push("commit"),
    newEpoch: () => `e${epochs++}`,
    status: () => status,
    timers,
  });
  loop.rows.setUniverse({ vn30: ["AAA", "BBB"], futures: [], source: "static" });
  const take = (record: WireRecord | string) => {
    const text = typeof record === "string" ? record : frame(record);
    loop.frame(ingestFrame(ingest, text), timers.nowMs());
  };
  take(INIT_FRAME);
  loop.flush();
  return {
    timers,
    engine: ingest.engine,
    loop,
    take,
    messages,
    /** What happened since the last call. */
    trace: () => trace.splice(0),
    setStatus: (next: FeedStatus) => status = next,
  };
}

Deno.test("A frame is published at the end of its turn, after it is in the journal (F-133)", () => {
  const one = rig();
  one.timers.pass(10);
  one.trace();
  one.take(tradeRecord({ Symbol: "AAA" }));
  assert.deepEqual(one.trace(), []);
  one.timers.pass(0);
  // The first message of a day begins an epoch.
  assert.deepEqual(one.trace(), ["commit", "snapshot"]);
  one.timers.pass(PUBLISH_GAP_MS);
  one.take(quoteRecord({ Symbol: "AAA" }));
  one.timers.pass(0);
  assert.deepEqual(one.trace(), ["commit", "delta"]);
});

Deno.test("Frames that come close together are one message, a gap after the last (F-134)", () => {
  const one = rig();
  one.take(tradeRecord({ Symbol: "AAA" }));
  one.timers.pass(10);
  one.trace();
  for (let i = 1; i <= 60; i++) {
    one.take(quoteRecord({ Symbol: "AAA", BidVol1: 100 * i }));
    one.timers.pass(0.5);
  }
  one.timers.pass(10);
  const deltas = one.trace().filter((what) => what === "delta");
  assert.equal(deltas.length, Math.ceil(30 / PUBLISH_GAP_MS) + 1);
});

Deno.test("When nothing changes nothing is sent and no timer waits (F-133, F-141)", () => {
  const one = rig();
  one.take(tradeRecord({ Symbol: "AAA" }));
  one.timers.pass(10);
  one.trace();
  one.timers.pass(1_000);
  assert.deepEqual([one.trace(), one.timers.waiting], [[], 0]);
  one.take(quoteRecord({ Symbol: "AAA" }));
  one.timers.pass(10);
  one.trace();
  one.take(quoteRecord({ Symbol: "AAA" }));
  one.timers.pass(10);
  assert.ok(!one.trace().includes("delta"), "an equal book is no news");
});

Deno.test("News of the feed are told when asked, once, and their clock alone is none (F-022)", () => {
  const one = rig();
  one.trace();
  one.timers.pass(10);
  one.setStatus({ ...connectingStatus("ssi", 5), state: "live", reason: null });
  one.loop.ask();
  one.timers.pass(10);
  assert.deepEqual(one.trace(), ["commit", "status"]);
  one.setStatus({ ...connectingStatus("ssi", 5), state: "live", reason: null, asOfMs: 7 });
  one.loop.ask();
  one.timers.pass(10);
  assert.deepEqual(one.trace(), ["commit"]);
});

Deno.test("The certificate of an archived session is told once, and a later snapshot has it (N-40)", () => {
  const one = rig();
  one.take(tradeRecord({ Symbol: "AAA" }));
  one.timers.pass(10);
  one.trace();
  stepOn(one.engine, { kind: "clock", exchangeMs: at("16:10:00") });
  one.loop.ask();
  one.timers.pass(10);
  one.take(quoteRecord({ Symbol: "AAA" }));
  one.timers.pass(10);
  assert.equal(one.trace().filter((what) => what === "session").length, 1);
  const replica = new Replica(connectingStatus("ssi", 0));
  for (const message of one.messages) replica.apply(message);
  const late = new Replica(connectingStatus("ssi", 0));
  late.apply(one.loop.snapshot());
  for (const { lastSession } of [replica.view(), late.view()]) {
    assert.equal(lastSession?.trading_date, "2026-11-16");
  }
});

Deno.test("A snapshot never mixes an epoch with rows and logs of the next day", () => {
  const one = rig();
  one.take(tradeRecord({ Symbol: "AAA" }));
  one.timers.pass(10);
  const replica = new Replica(connectingStatus("ssi", 0));
  replica.apply(one.loop.snapshot());
  const { epoch } = replica.view();
  one.take(tradeRecord({ Symbol: "AAA", TradingDate: "17/11/2026", Time: "08:45:00" }));
  // Before the message of the new day has left, a hub asks.
  replica.apply(one.loop.snapshot());
  assert.notEqual(replica.view().epoch, epoch);
  assert.equal(replica.tradingDate, "2026-11-17");
  one.timers.pass(10);
  assert.deepEqual(one.messages.filter(({ k }) => k === "snapshot").length, 3);
});

Deno.test("How long frames waited is a figure: buckets, count and quantiles", () => {
  const one = rig();
  one.take(tradeRecord({ Symbol: "AAA" }));
  one.timers.pass(10);
  one.loop.takeMetrics();
  one.take(quoteRecord({ Symbol: "AAA", BidVol1: 1_100 }));
  one.timers.pass(0);
  one.take(quoteRecord({ Symbol: "AAA", BidVol1: 1_200 }));
  one.timers.pass(10);
  const figures = one.loop.takeMetrics();
  assert.equal(figures.publish_delay_ms_count, 3);
  assert.equal(figures.publish_delay_ms_bucket_le_2, 1);
  assert.equal(figures.publish_delay_ms_bucket_le_3, 3);
  assert.deepEqual([figures.publish_delay_ms_p50, figures.publish_delay_ms_p99], [0.5, 3]);
  assert.equal(figures.published_messages_total, 4);
});

Deno.test("A loop that stops publishes the last and leaves no timer (F-132, F-137)", () => {
  const one = rig();
  one.take(tradeRecord({ Symbol: "AAA" }));
  one.trace();
  one.loop.stop();
  assert.deepEqual(one.trace(), ["commit", "snapshot"]);
  assert.equal(one.timers.waiting, 0);
});
