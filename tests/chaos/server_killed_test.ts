import assert from "node:assert/strict";
import { stateHash } from "../../core/engine/hash.ts";
import { createIngest } from "../../core/engine/ingest.ts";
import { createDay } from "../../core/exchange/day.ts";
import { drawUnit } from "../../core/exchange/rng.ts";
import { CHECKPOINT_BYTES, Checkpoints } from "../../core/feed/checkpoint.ts";
import type { SimService } from "../../core/sim/service.ts";
import { recoverDay } from "../../core/tasks/recovery.ts";
import { stateTag } from "../../core/tasks/state_tag.ts";
import { startEmbedded } from "../../db/embedded/embedded.ts";
import { clock, openTestJournal } from "../core/feed/support/journals.ts";
import { TEST_DATE, withService } from "../core/sim/support/with_service.ts";
import { testLog } from "../db/support/pools.ts";
import { processesOf } from "../support/embedded_process.ts";
import { getJson, type Program, startProgram, until } from "../support/program.ts";
import { assertStored, controlDay, STORE_ENGINE } from "./support/stored_day.ts";
import { drawnMoment } from "./support/moment.ts";

const KILLS = 20;
const seed = Date.now() % 1_000_000;
const draw = (n: number) => drawUnit(seed, 0, n);

interface Place {
  readonly service: SimService;
  readonly dataDir: string;
  readonly databaseDir: string;
}

function start({ service, dataDir }: Place): Program {
  return startProgram({
    APP_PORT: "0",
    DATA_DIR: dataDir,
    SSI_BASE_URL: service.url,
    SSI_STREAM_URL: service.streamUrl,
    ALERT_SPIKE_MIN_VND: "0",
  });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function isBeingMade(dir: string): Promise<boolean> {
  for await (const { name } of Deno.readDir(dir)) if (name.startsWith("data.new")) return true;
  return false;
}

/** What the program has reached when it is killed, by the names that the test counts. */
const MOMENTS: Readonly<Record<string, (place: Place, program: Program) => Promise<boolean>>> = {
  "making the database": ({ databaseDir }) => isBeingMade(databaseDir),
  "starting the database": async ({ databaseDir }) =>
    await isThere(`${databaseDir}/data`) && (await processesOf(databaseDir)).length > 0,
  "reading the day": (_, program) => Promise.resolve(/app_listening/.test(program.output())),
  "catching up": (_, program) => Promise.resolve(/store_ready/.test(program.output())),
  "storing rows": async (_, program) => (await metrics(program)).store_rows_total! > 0,
};

/** Figures of a program; empty before it answers. */
async function metrics(program: Program): Promise<Record<string, number>> {
  const health = await getJson(`${await program.url}/health`);
  return (health?.metrics ?? {}) as Record<string, number>;
}

/** The first two moments are there once only, and most kills are to meet a server at work. */
function momentOf(kill: number): string {
  const names = Object.keys(MOMENTS);
  if (kill <= names.length) return names[kill - 1]!;
  return names[1 + Math.floor((names.length - 1) * Math.sqrt(draw(kill)))]!;
}

async function killAt(place: Place, kill: number): Promise<void> {
  const moment = momentOf(kill);
  await using program = start(place);
  const about = `kill ${kill} of seed ${seed}, ${moment}`;
  await until(about, async () => await MOMENTS[moment]!(place, program) || null);
  await drawnMoment(300 * draw(KILLS + kill));
  program.kill("SIGKILL");
  assert.equal((await program.status).signal, "SIGKILL", `${about} fired`);
  // Every other start meets a server that is still ending.
  if (draw(2 * KILLS + kill) < 0.5) await nobodyIsLeft(place, about);
}

async function nobodyIsLeft({ databaseDir }: Place, about: string): Promise<void> {
  await until(
    `end of PostgreSQL after ${about}`,
    async () => (await processesOf(databaseDir)).length === 0 || null,
  );
}

/** Runs until rows of this start are stored, so all before them too, and stops by the book. */
async function runToTheEnd(place: Place): Promise<void> {
  await using program = start(place);
  await until(`rows of the last start, seed ${seed}`, async () => {
    const { store_sent_rows_total: sent = 0, store_pending_rows: pending = 0 } = await metrics(
      program,
    );
    return sent - pending > 1_000 || null;
  });
  program.kill("SIGTERM");
  assert.equal((await program.status).code, 0, program.output());
  await nobodyIsLeft(place, "a clean stop");
}

/** Hash of the state that the server would go on with. */
async function hashOfServer(dir: string): Promise<string> {
  const journal = await openTestJournal(dir, { keepDates: 1 });
  const ingest = createIngest(STORE_ENGINE);
  const checkpoints = new Checkpoints({
    ...{ dir, tag: stateTag(STORE_ENGINE), journal, everyBytes: CHECKPOINT_BYTES },
    nowMs: () => 0,
    log: () => {},
  });
  const recovery = await recoverDay(ingest, { journal, checkpoints, clock, note: () => {} });
  await journal.close();
  assert.equal(recovery?.replayed, 0, "the clean stop left a checkpoint of its state");
  return stateHash(ingest.engine);
}

Deno.test("However often the whole server is killed with -9, database, live state and a control run agree, and no PostgreSQL is left (F21)", async () => {
  const dataDir = await Deno.makeTempDir();
  // The account that runs PostgreSQL for root has to come in.
  await Deno.chmod(dataDir, 0o755);
  const databaseDir = `${dataDir}/sim/postgres`;
  const journalDir = `${dataDir}/sim/journal`;
  await withService({ openDay: createDay, speed: 10, seed }, async (service) => {
    const place = { service, dataDir, databaseDir };
    service.resume();
    await Deno.mkdir(databaseDir, { recursive: true });
    for (let kill = 1; kill <= KILLS; kill++) await killAt(place, kill);
    await runToTheEnd(place);
  });
  const control = await controlDay(journalDir, TEST_DATE);
  assert.equal(await hashOfServer(journalDir), control.hash, `seed ${seed}`);
  const opened = await startEmbedded({
    ...{ dir: databaseDir, log: testLog(), onDown: () => {}, onUp: () => {} },
  });
  assert.ok(opened.ok);
  try {
    await assertStored(opened.server, control, `seed ${seed}`);
    console.log(`      ${control.rows.trades.length} trades after ${KILLS} kills (seed ${seed})`);
  } finally {
    await opened.server.close();
  }
  await Deno.remove(dataDir, { recursive: true });
});
