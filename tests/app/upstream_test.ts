import assert from "node:assert/strict";
import { createDay } from "../../core/exchange/day.ts";
import type { SimService } from "../../core/sim/service.ts";
import { second, withService } from "../core/sim/support/with_service.ts";
import { getJson, type Program, startProgram, until } from "../support/program.ts";

const CANARY = "canary-91b2d7-do-not-print";

interface Health {
  readonly status: string;
  readonly provider: string;
  readonly data_status: string;
  readonly feed: { readonly state: string; readonly reason: string | null };
  readonly metrics: Readonly<Record<string, number>>;
}

function start(service: SimService, dir: string, secret: string): Program {
  return startProgram({
    APP_PORT: "0",
    DATA_DIR: dir,
    SSI_BASE_URL: service.url,
    SSI_STREAM_URL: service.streamUrl,
    SSI_CONSUMER_ID: "demo",
    SSI_CONSUMER_SECRET: secret,
  });
}

async function health(url: string, isWanted: (health: Health) => boolean): Promise<Health> {
  return await until("the wanted health", async () => {
    const got = await getJson(`${url}/health`) as Health | null;
    return got !== null && isWanted(got) ? got : null;
  });
}

async function totalVolumes(url: string): Promise<Record<string, number | null>> {
  const snapshot = await getJson(`${url}/api/market/snapshot`);
  const quotes = snapshot!.quotes as Record<string, { total_volume: number | null }>;
  return Object.fromEntries(Object.entries(quotes).map(([s, q]) => [s, q.total_volume]));
}

Deno.test("A refused key never stops the server: page and health say why, and the secret is nowhere (B-19)", async () => {
  const dir = await Deno.makeTempDir();
  await withService({ openDay: createDay }, async (service) => {
    await using program = start(service, dir, CANARY);
    const url = await program.url;
    const { status, feed } = await health(url, ({ feed }) => feed.state === "refused");
    assert.equal(status, "ok");
    assert.ok(feed.reason !== null && feed.reason.length > 0);
    const page = await (await fetch(url)).text();
    assert.match(page, /SSI_CONSUMER_ID/, "the page says what to do");
    const everything = page + program.output() + JSON.stringify(await getJson(`${url}/health`));
    assert.ok(!everything.includes(CANARY));
  });
  await Deno.remove(dir, { recursive: true });
});

Deno.test("After kill -9 the program comes back with the volumes of the day from a checkpoint and its journal (B-34, I12)", async () => {
  const dir = await Deno.makeTempDir();
  await withService({ openDay: createDay }, async (service) => {
    let before: Record<string, number | null>;
    let frames: number;
    {
      await using program = start(service, dir, "demo");
      const url = await program.url;
      await service.stepTo(second("09:15:30"));
      await health(url, ({ metrics }) => metrics.checkpoints_total! > 0);
      await service.stepTo(second("09:15:40"));
      // The service stands still, so once every message it sent has been read nothing moves.
      const settled = await health(
        url,
        ({ metrics }) =>
          metrics.decode_messages_total === service.stats().messages &&
          metrics.journal_frames_total === metrics.feed_frames_total,
      );
      frames = settled.metrics.journal_frames_total!;
      before = await totalVolumes(url);
      assert.ok(Object.values(before).every((volume) => volume! > 0), "the opening auction traded");
      program.kill("SIGKILL");
      assert.equal((await program.status).signal, "SIGKILL");
    }
    await using again = start(service, dir, "demo");
    const url = await again.url;
    const { metrics, data_status } = await health(url, ({ feed }) => feed.state === "live");
    assert.equal(data_status, "simulated");
    assert.ok(metrics.recovered_frames_total! >= frames, "every journalled frame is in the state");
    assert.equal(metrics.recovered_from_checkpoint, 1);
    assert.ok(metrics.recovery_replayed_total! < frames, "only the last of them were replayed");
    assert.ok(metrics.recovery_seconds! < 10);
    assert.deepEqual(await totalVolumes(url), before);
    assert.equal(metrics.trade_conflict_total, 0);
  });
  await Deno.remove(dir, { recursive: true });
});
