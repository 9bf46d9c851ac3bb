import assert from "node:assert/strict";
import { vnInstantMs } from "../../../core/market/time.ts";
import { frame, INIT_FRAME, tradeRecord } from "../../support/ssi_frames.ts";
import { MIB, withFolder } from "../feed/support/journals.ts";
import { openSide, type Side } from "./engine_side.ts";

const MONDAY = frame(tradeRecord());
const TUESDAY = frame(tradeRecord({ TradingDate: "17/11/2026", Time: "08:45:00" }));
/** Bytes of a record beside its text. */
const HEAD_BYTES = 16;

/** Looks once, as each tick does, and gives how many checkpoints there are. */
async function tick({ keeper, checkpoints }: Side): Promise<number> {
  keeper.tick();
  await checkpoints.settled();
  return checkpoints.stats.taken;
}

/** Lets the journal grow by exactly so many bytes, of frames that change nothing. */
function grow(side: Side, bytes: number): void {
  const wantedBytes = side.journal.stats().bytes + bytes;
  for (let left = bytes; left > 0; left = wantedBytes - side.journal.stats().bytes) {
    const length = left > 2 * MIB ? MIB : left;
    side.frame("x".repeat(length - HEAD_BYTES));
  }
  assert.equal(side.journal.stats().bytes, wantedBytes);
}

async function withSide(act: (side: Side, dir: string) => Promise<void>): Promise<void> {
  await withFolder(async (dir) => {
    const side = await openSide(dir, { maxBytes: 1e9 });
    await act(side, dir);
    await side.kill();
  });
}

Deno.test("A day has its first checkpoint a MiB after its beginning, and the next 128 MiB later", async () => {
  await withSide(async (side) => {
    side.frame(INIT_FRAME);
    assert.equal(await tick(side), 0);
    side.frame(MONDAY);
    assert.equal(await tick(side), 0, "the day begins");
    grow(side, MIB - 1);
    assert.equal(await tick(side), 0);
    grow(side, HEAD_BYTES);
    assert.equal(await tick(side), 1);
    grow(side, 128 * MIB - 1);
    assert.equal(await tick(side), 1);
    grow(side, HEAD_BYTES);
    assert.equal(await tick(side), 2);
  });
});

Deno.test("A new day and an archived one have a checkpoint of their own", async () => {
  await withSide(async (side, dir) => {
    side.frame(MONDAY);
    grow(side, 2 * MIB);
    await tick(side);
    assert.equal(await tick(side), 0, "the day is counted from its first look");
    side.ingest.engine.market.archivedMs = vnInstantMs("2026-11-16", 15 * 3600);
    assert.equal(await tick(side), 1);
    assert.equal(await tick(side), 1);
    side.frame(TUESDAY);
    assert.equal(await tick(side), 1);
    grow(side, MIB);
    assert.equal(await tick(side), 2);
    assert.ok([...Deno.readDirSync(`${dir}/2026-11-17`)].some(({ name }) => name.endsWith("vnc")));
  });
});

Deno.test("A clean stop takes a checkpoint of all that came since the last one, if anything did", async () => {
  await withFolder(async (dir) => {
    const first = await openSide(dir);
    for (const text of [INIT_FRAME, MONDAY]) first.frame(text);
    await tick(first);
    await first.keeper.end();
    assert.equal(first.checkpoints.stats.taken, 1);
    await first.keeper.end();
    assert.equal(first.checkpoints.stats.taken, 1);
    await first.kill();
    const second = await openSide(dir);
    assert.equal(second.recovery!.replayed, 0);
    await second.keeper.end();
    assert.equal(second.checkpoints.stats.taken, 0, "nothing came");
    await second.kill();
  });
});

Deno.test("A long replay shortens the way to the next checkpoint by as much", async () => {
  await withFolder(async (dir) => {
    const first = await openSide(dir, { maxBytes: 1e9 });
    first.frame(MONDAY);
    grow(first, 100 * MIB);
    await first.kill();
    const second = await openSide(dir, { maxBytes: 1e9 });
    assert.ok(!second.recovery!.isFromCheckpoint);
    grow(second, 27 * MIB);
    assert.equal(await tick(second), 0);
    // What was replayed is counted by its texts, without the heads of its records.
    grow(second, MIB + 200 * HEAD_BYTES);
    assert.equal(await tick(second), 1);
    await second.kill();
  });
});

Deno.test("A day of which a frame could not be recorded has no checkpoint, the next day has", async () => {
  await withSide(async (side) => {
    side.frame(MONDAY);
    await tick(side);
    // Longer than a record may be.
    side.frame("x".repeat(24 * MIB + 1));
    assert.equal(side.journal.stats().lost, 1);
    grow(side, 2 * MIB);
    assert.equal(await tick(side), 0);
    side.frame(TUESDAY);
    await tick(side);
    grow(side, MIB);
    assert.equal(await tick(side), 1);
  });
});

Deno.test("The figures of checkpoints have names of their own, refusals one for each reason", async () => {
  await withSide(async (side) => {
    side.frame(MONDAY);
    await tick(side);
    await side.keeper.end();
    const metrics = side.keeper.metrics();
    assert.equal(metrics.checkpoints_total, 1);
    assert.ok(metrics.checkpoint_bytes! > 1_000);
    assert.deepEqual(Object.keys(metrics).sort(), [
      "checkpoint_bytes",
      "checkpoint_failed_total",
      "checkpoint_refused_damaged_total",
      "checkpoint_refused_foreign_total",
      "checkpoint_refused_unproved_total",
      "checkpoint_seconds",
      "checkpoints_total",
    ]);
  });
});
