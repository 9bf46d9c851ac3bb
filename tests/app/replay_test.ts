import assert from "node:assert/strict";
import { listDays, listSegments } from "../../core/feed/journal_files.ts";
import { getJson, type Program, startProgram, until } from "../support/program.ts";

/** A day that runs through in seconds; the tests look at its first minutes. */
const SIM = { SIM_SPEED: "10", SIM_START: "open", APP_PORT: "0" };

/** The one day of a folder, once its journal holds frames. */
function recordedDate(dir: string): Promise<string> {
  const journal = `${dir}/sim/journal`;
  return until("a recorded day", () => {
    const days = isDirectory(journal) ? listDays(journal) : [];
    const [date] = days.filter((day) => listSegments(journal, day).some((s) => s.bytes > 100_000));
    return Promise.resolve(date ?? null);
  });
}

function isDirectory(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function ended(program: Program): Promise<number> {
  program.kill("SIGTERM");
  return (await program.status).code;
}

/** A replay that must not start: its one line. */
async function refused(dir: string, ...args: string[]): Promise<string> {
  await using program = startProgram({ ...SIM, DATA_DIR: dir }, ["replay", ...args]);
  assert.equal((await program.status).code, 1);
  const lines = program.output().trim().split("\n");
  assert.equal(lines.length, 1, program.output());
  return lines[0]!;
}

/** The snapshot of a replay once prices are there, and its page. */
async function shown(dir: string, ...args: string[]) {
  const env = { ...SIM, DATA_DIR: dir, LOG_LEVEL: "info" };
  await using program = startProgram(env, ["replay", ...args, "--speed", "max", "--port", "0"]);
  const url = await program.url;
  const snapshot = await until("prices of the replay", async () => {
    const body = await getJson(`${url}/api/market/snapshot?symbols=FPT`);
    const { prices } = (body ?? { prices: {} }) as {
      prices: Record<string, { ref: number | null }>;
    };
    return typeof prices.FPT?.ref === "number" ? body : null;
  });
  await until("the end", () => Promise.resolve(program.output().includes("replay_ended") || null));
  const page = await (await fetch(url)).text();
  assert.equal(await ended(program), 0);
  return { feed: snapshot.feed as Record<string, unknown>, status: snapshot.data_status, page };
}

Deno.test("A day that is being recorded is replayed beside it, over REST and on the page, with its labels", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await using recorder = startProgram({ ...SIM, DATA_DIR: dir }, ["record"]);
    const date = await recordedDate(dir);
    assert.match(recorder.output(), /recording the built-in simulated exchange/);

    await using second = startProgram({ ...SIM, DATA_DIR: dir }, ["record"]);
    assert.equal((await second.status).code, 1);
    assert.match(second.output(), /DATA_DIR: another process has the journal/);

    const simulated = await shown(dir, date);
    assert.equal(simulated.status, "simulated");
    const { provider, replay, trading_date } = simulated.feed;
    assert.deepEqual([provider, replay, trading_date], ["sim", true, date]);
    assert.match(simulated.page, /class="ribbon".*SIMULATED.*REPLAY/);
    assert.ok(
      isDirectory(`${dir}/replay/journal/${date}`),
      "it is recorded in a folder of its own",
    );

    assert.equal(await ended(recorder), 0);
    assert.match(recorder.output(), new RegExp(`Recorded [\\d,]+ records .* of ${date}, in `));
    assert.match(await refused(dir, "2026-01-05"), new RegExp(`2026-01-05: .*holds ${date}$`));
    assert.match(await refused(dir, date, "--provider", "ssi"), /holds no day/);

    // What the recording of a real day looks like: the provider's folder tells them apart.
    Deno.mkdirSync(`${dir}/ssi`);
    Deno.renameSync(`${dir}/sim/journal`, `${dir}/ssi/journal`);
    const real = await shown(dir, date, "--provider", "ssi");
    assert.equal(real.status, "replay");
    assert.deepEqual([real.feed.provider, real.feed.replay], ["ssi", true]);
    assert.match(real.page, /class="ribbon".*REPLAY/);
    assert.doesNotMatch(real.page, /SIMULATED/);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
