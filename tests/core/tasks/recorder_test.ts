import assert from "node:assert/strict";
import { readOwnFrame, writeOwnFrame } from "../../../core/engine/own_frame.ts";
import { createIngest, ingestFrame } from "../../../core/engine/ingest.ts";
import { stateHash } from "../../../core/engine/hash.ts";
import type { ReferenceEvent } from "../../../core/market/event.ts";
import { frame, INIT_FRAME, tradeRecord } from "../../support/ssi_frames.ts";
import { readDay, withFolder } from "../feed/support/journals.ts";
import { ENGINE, openSide, type Side } from "./engine_side.ts";

const MONDAY = "2026-11-16";
const TUESDAY = "2026-11-17";
const MEMBERS: ReferenceEvent = {
  kind: "reference",
  members: { VN30: ["FPT", "VCB"] },
  shares: {},
  watch: ["FPT"],
};
const SHARES: ReferenceEvent = { kind: "reference", members: {}, shares: { FPT: 1_700_000_000 } };
const monday = frame(tradeRecord());
const tuesday = frame(tradeRecord({ TradingDate: "17/11/2026", Time: "08:45:00", TotalVol: 300 }));

const texts = async ({ journal }: Side, date: string) =>
  (await readDay(journal, date)).map((record) => record.frame);

Deno.test("Events of ours stand in the journal where they came among the frames, the first ones too", async () => {
  await withFolder(async (dir) => {
    const side = await openSide(dir);
    side.event(MEMBERS);
    side.frame(INIT_FRAME);
    side.frame(monday);
    side.event(SHARES);
    side.frame("{}");
    const found = await texts(side, MONDAY);
    assert.deepEqual(found.slice(0, 2), [writeOwnFrame(MEMBERS), INIT_FRAME]);
    assert.deepEqual(found.slice(-3), [monday, writeOwnFrame(SHARES), "{}"]);
    assert.equal(side.recorder.ownEvents, found.filter((text) => readOwnFrame(text)).length);
    assert.equal(side.recorder.records, found.length);
    await side.kill();
  });
});

Deno.test("A new day's journal begins with all that REST has told, so the day alone rebuilds it", async () => {
  await withFolder(async (dir) => {
    const side = await openSide(dir);
    for (const text of [INIT_FRAME, monday]) side.frame(text);
    side.event(MEMBERS);
    side.event(SHARES);
    side.frame(tuesday);
    const found = await texts(side, TUESDAY);
    assert.deepEqual(readOwnFrame(found[0]!), { ...MEMBERS, shares: SHARES.shares });
    assert.deepEqual(found.slice(1), [tuesday]);
    assert.equal(side.recorder.records, 2);
    await side.kill();
    const again = await openSide(dir);
    assert.equal(again.recovery!.date, TUESDAY);
    assert.deepEqual(again.ingest.engine.reference, side.ingest.engine.reference);
    assert.equal(stateHash(again.ingest.engine), stateHash(side.ingest.engine));
    // The same day goes on: nothing is said twice.
    again.frame(tuesday);
    assert.deepEqual((await texts(again, TUESDAY)).slice(2), [tuesday]);
    await again.kill();
  });
});

Deno.test("A day that follows a restart begins with what the journal before it told", async () => {
  await withFolder(async (dir) => {
    const first = await openSide(dir);
    first.frame(monday);
    first.event(MEMBERS);
    await first.kill();
    const second = await openSide(dir);
    assert.deepEqual(second.ingest.engine.reference, first.ingest.engine.reference);
    second.frame(tuesday);
    assert.deepEqual(readOwnFrame((await texts(second, TUESDAY))[0]!), MEMBERS);
    await second.kill();
  });
});

Deno.test("A frame of the feed that looks like an event of ours is refused, live and when it is replayed", async () => {
  await withFolder(async (dir) => {
    const side = await openSide(dir);
    side.frame(monday);
    const hash = stateHash(side.ingest.engine);
    side.frame(writeOwnFrame(MEMBERS));
    side.frame(writeOwnFrame({ kind: "clock", exchangeMs: 2e12 }));
    side.frame('{"vnstock":');
    assert.equal(side.ingest.counters.frames.other, 2);
    assert.equal(side.ingest.counters.frames.refused, 1);
    assert.equal(stateHash(side.ingest.engine), hash);
    await side.kill();
    const again = await openSide(dir);
    assert.deepEqual(again.ingest.counters, side.ingest.counters);
    assert.equal(again.ingest.engine.reference.members.size, 0);
    assert.equal(stateHash(again.ingest.engine), hash);
    await again.kill();
  });
});

Deno.test("An event of ours in the journal reaches the engine by the way of the frames", () => {
  const ingest = createIngest(ENGINE);
  ingestFrame(ingest, monday);
  const exchangeMs = ingest.engine.market.asOfMs! + 60_000;
  ingestFrame(ingest, writeOwnFrame({ kind: "clock", exchangeMs }));
  assert.equal(ingest.engine.market.asOfMs, exchangeMs);
  assert.deepEqual(ingestFrame(ingest, writeOwnFrame(SHARES)), [{ kind: "reference" }]);
  assert.equal(ingest.engine.reference.shares.get("FPT"), 1_700_000_000);
  assert.equal(ingest.engine.counters.events.reference, 1);
});
