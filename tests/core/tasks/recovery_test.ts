import assert from "node:assert/strict";
import fc from "fast-check";
import { stateHash } from "../../../core/engine/hash.ts";
import { counters, createIngest, ingestFrame } from "../../../core/engine/ingest.ts";
import { formatVnTime, parseVnTime } from "../../../core/market/time.ts";
import { drawnFrames } from "../../properties/ingest_day.ts";
import { frame, INIT_FRAME, tradeRecord } from "../../support/ssi_frames.ts";
import { filesOf, withFolder } from "../feed/support/journals.ts";
import { ENGINE, openSide, type Side } from "./engine_side.ts";

const DAY = "2026-11-16";

/** Trades of one symbol, one a second from 10:00:00 on; `n` counts from 1. */
const trade = (n: number) =>
  frame(tradeRecord({
    Time: formatVnTime(parseVnTime("10:00:00")! + n),
    LastVol: 100,
    TotalVol: 100 * n,
    TotalVal: 100 * n * 10_000,
    LastPrice: 10_000 + 50 * (n % 3),
  }));

const frames = [INIT_FRAME, ...[...Array(40).keys()].map((n) => trade(n + 1))];

/** Hash of an engine that is given the frames and never stops. */
function hashOf(texts: readonly string[]): string {
  const ingest = createIngest(ENGINE);
  for (const text of texts) ingestFrame(ingest, text);
  return stateHash(ingest.engine);
}

/** Hash of the state that the whole journal gives. */
async function replayHash({ journal }: Side): Promise<string> {
  const ingest = createIngest(ENGINE);
  for await (const { frame } of journal.read(DAY)) ingestFrame(ingest, frame);
  return stateHash(ingest.engine);
}

/** A folder that two checkpoints and all frames are in: behind frame 15 and behind frame 30. */
async function withDay(act: (dir: string) => Promise<void>): Promise<void> {
  await withFolder(async (dir) => {
    const side = await openSide(dir);
    for (const [n, text] of frames.entries()) {
      side.frame(text);
      if (n === 15 || n === 30) await side.checkpoint();
    }
    await side.kill();
    await act(dir);
  });
}

Deno.test("A restart at any record, with checkpoints in between, gives the state and the counts of an engine that never stopped (P13, B-34)", async () => {
  const acts = fc.infiniteStream(fc.constantFrom("go", "go", "go", "checkpoint", "restart"));
  await fc.assert(
    fc.asyncProperty(
      drawnFrames,
      acts,
      fc.constantFrom(300, 3_000, 1e6),
      async (texts, act, size) => {
        await withFolder(async (dir) => {
          const options = { segmentBytes: size };
          const live = createIngest(ENGINE);
          let side = await openSide(dir, options);
          for (const text of texts) {
            side.frame(text);
            ingestFrame(live, text);
            const next = act.next().value;
            if (side.ingest.engine.market.tradingDate === null || next === "go") continue;
            if (next === "checkpoint") {
              await side.checkpoint();
              continue;
            }
            await side.kill();
            side = await openSide(dir, options);
            assert.equal(stateHash(side.ingest.engine), stateHash(live.engine));
            assert.deepEqual(counters(side.ingest), counters(live));
          }
          const isTaken = await side.checkpoint();
          assert.equal(await replayHash(side), stateHash(live.engine));
          await side.kill();
          const last = await openSide(dir, options);
          if (isTaken) assert.equal(last.recovery!.replayed, 0);
          assert.equal(last.recovery!.records, texts.length);
          assert.equal(stateHash(last.ingest.engine), stateHash(live.engine));
          assert.deepEqual(counters(last.ingest), counters(live));
          await last.kill();
        });
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("Only what came after the newest checkpoint is replayed (I12)", async () => {
  await withDay(async (dir) => {
    const side = await openSide(dir);
    const { isFromCheckpoint, records, replayed } = side.recovery!;
    assert.deepEqual([isFromCheckpoint, records, replayed], [true, 41, 10]);
    assert.equal(stateHash(side.ingest.engine), hashOf(frames));
    await side.kill();
  });
});

Deno.test("With the newest checkpoint damaged the older one serves, with none the journal: the hash is the same (F22)", async () => {
  await withDay(async (dir) => {
    const names = filesOf(dir, DAY).filter((name) => name.endsWith(".vnc"));
    for (const [damaged, replayed] of [[names[1]!, 25], [names[0]!, 41]] as const) {
      const path = `${dir}/${DAY}/${damaged}`;
      const bytes = Deno.readFileSync(path);
      bytes[bytes.length >> 1]! ^= 1;
      Deno.writeFileSync(path, bytes);
      const side = await openSide(dir);
      assert.equal(side.recovery!.replayed, replayed);
      assert.equal(side.recovery!.records, 41);
      assert.ok(side.logs.includes("checkpoint_refused"));
      assert.equal(stateHash(side.ingest.engine), hashOf(frames));
      await side.kill();
    }
  });
});

Deno.test("A checkpoint that the journal has not reached is refused, and the state is what the journal gives (F22)", async () => {
  await withFolder(async (dir) => {
    const first = await openSide(dir);
    for (const text of frames.slice(0, 20)) first.frame(text);
    const { offset } = first.journal.position(DAY)!;
    for (const text of frames.slice(20)) first.frame(text);
    await first.checkpoint();
    await first.kill();
    Deno.truncateSync(`${dir}/${DAY}/000001.vnj`, offset);
    const second = await openSide(dir);
    assert.ok(!second.recovery!.isFromCheckpoint);
    assert.equal(second.checkpoints.stats.refused.unproved, 1);
    assert.equal(stateHash(second.ingest.engine), hashOf(frames.slice(0, 20)));
    // What is missing comes again, and the next checkpoint is a good one.
    for (const text of frames.slice(20)) second.frame(text);
    await second.checkpoint();
    await second.kill();
    const third = await openSide(dir);
    assert.equal(third.recovery!.replayed, 0);
    assert.equal(stateHash(third.ingest.engine), hashOf(frames));
    await third.kill();
  });
});

Deno.test("A recovery that is killed leaves everything as it was for the next one (F21)", async () => {
  await withDay(async (dir) => {
    const before = filesOf(dir, DAY);
    for (let kill = 0; kill < 3; kill++) await (await openSide(dir)).kill();
    assert.deepEqual(filesOf(dir, DAY), before);
    const side = await openSide(dir);
    assert.equal(stateHash(side.ingest.engine), hashOf(frames));
    await side.kill();
  });
});

Deno.test("A state that goes on from a checkpoint takes the next day like any other", async () => {
  await withDay(async (dir) => {
    const side = await openSide(dir);
    const tomorrow = frame(
      tradeRecord({ TradingDate: "17/11/2026", Time: "08:45:00", LastVol: 0, TotalVol: 0 }),
    );
    side.frame(tomorrow);
    await side.kill();
    const again = await openSide(dir);
    assert.equal(again.recovery!.date, "2026-11-17");
    assert.equal(stateHash(again.ingest.engine), stateHash(side.ingest.engine));
    await again.kill();
  });
});
