import assert from "node:assert/strict";
import { createDay } from "../../core/exchange/day.ts";
import { stateHash } from "../../core/engine/hash.ts";
import { createIngest, ingestFrame } from "../../core/engine/ingest.ts";
import { drawUnit } from "../../core/exchange/rng.ts";
import { Checkpoints } from "../../core/feed/checkpoint.ts";
import { listCheckpoints } from "../../core/feed/checkpoint_files.ts";
import type { SimService } from "../../core/sim/service.ts";
import { engineOptions } from "../../core/tasks/ingest.ts";
import { recoverDay, type Recovery } from "../../core/tasks/recovery.ts";
import { stateTag } from "../../core/tasks/state_tag.ts";
import { clock, MIB, openTestJournal } from "../core/feed/support/journals.ts";
import { TEST_DATE, withService } from "../core/sim/support/with_service.ts";

const PROCESS = new URL("./support/ingest_process.ts", import.meta.url).pathname;
/** Random moments of the day at which the process is killed; every fourth time while it recovers. */
const KILLS = 20;
/** A checkpoint for each of these, so that there is one between most kills. */
const EVERY_BYTES = 2 * MIB;
const OPTIONS = engineOptions({ classifier: "feed", spikeMinVnd: 0 });

interface Line {
  readonly opened?: true;
  readonly recovered?: string;
  readonly quotes?: number;
  readonly stopped?: string;
}

/** Starts the engine side; `onLine` hears what it says, and the end of it is waited for. */
async function runProcess(
  service: SimService,
  dir: string,
  onLine: (line: Line, child: Deno.ChildProcess) => void,
): Promise<Deno.CommandStatus> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", PROCESS, dir, service.url, service.streamUrl, String(EVERY_BYTES)],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let rest = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) onLine(JSON.parse(line), child);
  }
  const status = await child.status;
  // A killed process leaves the pipe to it open, one that ended by itself does not.
  await child.stdin.close().catch(() => {});
  return status;
}

/** What the folder gives by recovery, and by the whole journal without any checkpoint. */
async function readFolder(
  dir: string,
): Promise<{ hash: string; control: string; recovery: Recovery }> {
  const journal = await openTestJournal(dir, { keepDates: 1 });
  const control = createIngest(OPTIONS);
  for await (const { frame } of journal.read(TEST_DATE)) ingestFrame(control, frame);
  const recovered = createIngest(OPTIONS);
  const tag = stateTag(OPTIONS);
  const checkpoints = new Checkpoints({
    ...{ dir, tag, journal, everyBytes: EVERY_BYTES },
    nowMs: () => 0,
    log: () => {},
  });
  const recovery = await recoverDay(recovered, { journal, checkpoints, clock, note: () => {} });
  assert.ok(recovery !== null);
  await journal.close();
  for (const { tape, symbol } of recovered.engine.market.instruments.values()) {
    assert.equal(tape.counted + tape.missing, tape.head, symbol);
  }
  assert.equal(recovered.engine.counters.trades.conflict, 0);
  const hash = stateHash(recovered.engine);
  return { hash, control: stateHash(control.engine), recovery };
}

Deno.test("However often the engine side is killed with -9, also while it recovers, checkpoint and journal give the state of the journal alone (F21, I12, B-34)", async () => {
  const dir = await Deno.makeTempDir();
  const seed = Date.now() % 1_000_000;
  const draw = (n: number) => drawUnit(seed, 0, n);
  await withService({ openDay: createDay, speed: 10 }, async (service) => {
    service.resume();
    let fromCheckpoint = 0;
    let before: string | null = null;
    for (let kill = 1; kill <= KILLS; kill++) {
      const isInRecovery = kill % 4 === 0;
      const untilMs = 300 * draw(kill);
      const said: Line[] = [];
      let isAimed = false;
      const status = await runProcess(service, dir, (line, child) => {
        said.push(line);
        const isMoment = isInRecovery ? line.opened : line.quotes! > 0;
        if (!isMoment || isAimed) return;
        isAimed = true;
        setTimeout(() => child.kill("SIGKILL"), isInRecovery ? untilMs / 10 : untilMs);
      });
      const what = `kill ${kill} of seed ${seed}`;
      assert.equal(status.signal, "SIGKILL", `${what} fired`);
      const recovered = said.find((line) => line.recovered !== undefined)?.recovered;
      if (before !== null && recovered !== undefined) assert.equal(recovered, before, what);
      const { hash, control, recovery } = await readFolder(dir);
      assert.equal(hash, control, what);
      if (recovery.isFromCheckpoint) fromCheckpoint++;
      before = hash;
    }
    assert.ok(fromCheckpoint > KILLS / 2, `${fromCheckpoint} recoveries of seed ${seed} used one`);

    // A clean stop at last: its checkpoint holds everything.
    const said: Line[] = [];
    let isEnding = false;
    await runProcess(service, dir, (line, child) => {
      said.push(line);
      if (line.quotes === undefined || line.quotes === 0 || isEnding) return;
      isEnding = true;
      void child.stdin.close();
    });
    const { hash, control, recovery } = await readFolder(dir);
    assert.equal(said.at(-1)?.stopped, hash);
    assert.equal(hash, control);
    assert.equal(recovery.replayed, 0);
    assert.ok(listCheckpoints(dir, TEST_DATE).length <= 2);
  });
  await Deno.remove(dir, { recursive: true });
});
