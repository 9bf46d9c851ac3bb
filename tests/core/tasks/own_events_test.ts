import assert from "node:assert/strict";
import { createIngest, ingestFrame } from "../../../core/engine/ingest.ts";
import { step } from "../../../core/engine/step.ts";
import type { OwnEvent } from "../../../core/market/event.ts";
import { vnInstantMs } from "../../../core/market/time.ts";
import { VN30_SEED } from "../../../core/market/vn30.ts";
import { OwnEvents, type OwnEventsOptions } from "../../../core/tasks/own_events.ts";
import { frame, tradeRecord } from "../../support/ssi_frames.ts";
import { ENGINE } from "./engine_side.ts";

const CLOSE_MS = vnInstantMs("2026-11-16", 15 * 3600 + 5 * 60 + 30);
const SILENCE_MS = 30_000;

/** Events of ours on an engine that has seen a trade at a time of 16 November 2026. */
function rig(Time: string, options: Partial<OwnEventsOptions> = {}) {
  const ingest = createIngest(ENGINE);
  const trade = () => ingestFrame(ingest, frame(tradeRecord({ Time })));
  trade();
  const events: OwnEvent[] = [];
  const own = new OwnEvents({
    provider: "ssi",
    isReplay: false,
    extraSymbols: ["ACB", "FPT"],
    ingest,
    emit(event) {
      events.push(event);
      step(ingest.engine, event);
    },
    ...options,
  });
  return { ingest, own, events, trade };
}

Deno.test("A silent feed's session is over at 15:05:30 of its own date by our clock, and that is said once", () => {
  const { own, events, ingest } = rig("14:45:10");
  own.tick(CLOSE_MS - SILENCE_MS - 1);
  own.tick(CLOSE_MS - 1);
  assert.deepEqual(events, [], "a millisecond before");
  own.tick(CLOSE_MS);
  own.tick(CLOSE_MS + 1_000);
  assert.deepEqual(events, [{ kind: "clock", exchangeMs: CLOSE_MS }]);
  assert.equal(ingest.engine.market.asOfMs, CLOSE_MS);
});

Deno.test("A feed that still sends is waited for, half a minute from its last message", () => {
  const { own, events, trade } = rig("14:45:10");
  own.tick(CLOSE_MS + 20_000);
  trade();
  own.tick(CLOSE_MS + 40_000);
  own.tick(CLOSE_MS + 40_000 + SILENCE_MS - 1);
  assert.deepEqual(events, []);
  own.tick(CLOSE_MS + 40_000 + SILENCE_MS);
  assert.equal(events.length, 1);
});

Deno.test("A day that was left open is closed by its own date, whatever today is", () => {
  const { own, events } = rig("11:00:00");
  own.tick(CLOSE_MS + 3 * 86_400_000);
  own.tick(CLOSE_MS + 3 * 86_400_000 + SILENCE_MS);
  assert.deepEqual(events, [{ kind: "clock", exchangeMs: CLOSE_MS }]);
});

Deno.test("Our clock says nothing of a simulated market, of a session that is archived, or of no session", () => {
  const silent = (one: { own: OwnEvents; events: OwnEvent[] }) => {
    one.own.tick(CLOSE_MS);
    one.own.tick(CLOSE_MS + SILENCE_MS);
    return one.events;
  };
  assert.deepEqual(silent(rig("14:45:10", { provider: "sim" })), []);
  const archived = rig("14:45:10");
  archived.ingest.engine.market.archivedMs = CLOSE_MS - 30_000;
  assert.deepEqual(silent(archived), []);
  assert.deepEqual(silent(rig("15:05:30")), [], "the feed itself got there");
  assert.deepEqual(silent(rig("14:45:10", { ingest: createIngest(ENGINE) })), []);
});

Deno.test("The universe gives members of VN30, and who is watched: them, the futures and the extra symbols", () => {
  const { own, events, ingest } = rig("10:00:00");
  own.universe({ vn30: ["FPT", "VCB"], source: "feed", futures: ["41I1GC000"] });
  assert.deepEqual(events, [{
    kind: "reference",
    members: { VN30: ["FPT", "VCB"] },
    shares: {},
    watch: ["FPT", "VCB", "41I1GC000", "ACB"],
  }]);
  own.universe({ vn30: ["FPT", "VCB"], source: "feed", futures: ["41I1GC000"] });
  assert.equal(events.length, 1, "nothing new");
  own.universe({ vn30: ["FPT", "VCB"], source: "feed", futures: ["41I1H1000"] });
  assert.deepEqual(events[1], {
    kind: "reference",
    members: {},
    shares: {},
    watch: ["FPT", "VCB", "41I1H1000", "ACB"],
  });
  assert.deepEqual([...ingest.engine.reference.watch], ["FPT", "VCB", "41I1H1000", "ACB"]);
});

Deno.test("The dated list of the product serves until the exchange has told the members, and never after", () => {
  const { own, ingest } = rig("10:00:00");
  const seed = { vn30: VN30_SEED, source: "static", futures: [] } as const;
  own.universe(seed);
  assert.deepEqual(ingest.engine.reference.members.get("VN30"), VN30_SEED);
  own.universe({ ...seed, vn30: ["FPT"], source: "feed" });
  own.universe(seed);
  assert.deepEqual(ingest.engine.reference.members.get("VN30"), ["FPT"]);
  assert.deepEqual([...ingest.engine.reference.watch], ["FPT", "ACB"]);
});

Deno.test("What REST tells again is no event, what is new of it is", () => {
  const { own, events } = rig("10:00:00");
  own.reference({ kind: "reference", members: { HNX30: ["SHS"] }, shares: { FPT: 17, SHS: 8 } });
  own.reference({ kind: "reference", members: { HNX30: ["SHS"] }, shares: { FPT: 17, SHS: 8 } });
  assert.equal(events.length, 1);
  own.reference({ kind: "reference", members: { HNX30: ["SHS"] }, shares: { FPT: 18, SHS: 8 } });
  assert.deepEqual(events[1], { kind: "reference", members: {}, shares: { FPT: 18 } });
});
