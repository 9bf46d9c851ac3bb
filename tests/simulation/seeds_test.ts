import assert from "node:assert/strict";
import { IGNORED_REASONS } from "../../core/engine/counters.ts";
import { counters } from "../../core/engine/ingest.ts";
import { REFUSAL_REASONS } from "../../core/ssi/decode_value.ts";
import { ADMISSION_KINDS } from "../../core/tape/tape.ts";
import { FAULTS } from "./world/faults.ts";
import { SimWorld } from "./world/world.ts";

/** Worlds of every test run; `SIM_SEEDS` and `SIM_FIRST` give a longer window elsewhere. */
const SEEDS = Number(Deno.env.get("SIM_SEEDS") ?? 2_000);
const FIRST = Number(Deno.env.get("SIM_FIRST") ?? 1);
/** Replays one world. */
const ONE = Deno.env.get("SIM_SEED");

const failedOnce = Deno.readTextFileSync(new URL("seeds.txt", import.meta.url))
  .split("\n").filter((line) => /^\d/.test(line)).map((line) => Number.parseInt(line));

/** What must have happened in at least one world of the set. */
const MARKS = [
  ...ADMISSION_KINDS.map((kind) => `admission ${kind}`),
  ...REFUSAL_REASONS.map((reason) => `refused ${reason}`),
  ...IGNORED_REASONS.map((reason) => `ignored ${reason}`),
  ...FAULTS.map((fault) => `fault ${fault}`),
  ...["conflated", "closed_slow"].map((name) => `client ${name}`),
];

/** Runs one world; a broken promise names the command that shows it again. */
function run(seed: number, marks: Set<string>): void {
  const world = new SimWorld(seed);
  try {
    world.run();
  } catch (error) {
    const command = `SIM_SEED=${seed} deno test --frozen -A tests/simulation/seeds_test.ts`;
    throw new Error(`Seed ${seed} broke a promise; again: ${command}`, { cause: error });
  }
  mark(world, marks);
}

function mark({ faults, server }: SimWorld, marks: Set<string>): void {
  const { trades, ignored, refused } = counters(server.ingest);
  const hub = server.hub.metrics();
  const note = (name: string, count: number | undefined) => count! > 0 && marks.add(name);
  for (const kind of ADMISSION_KINDS) note(`admission ${kind}`, trades[kind]);
  for (const reason of REFUSAL_REASONS) note(`refused ${reason}`, refused[reason]);
  for (const reason of IGNORED_REASONS) note(`ignored ${reason}`, ignored[reason]);
  for (const fault of FAULTS) note(`fault ${fault}`, faults.fired[fault]);
  for (const name of ["conflated", "closed_slow"]) note(`client ${name}`, hub[`hub_${name}_total`]);
}

Deno.test({
  name: "Worlds that once broke a promise keep it (I1, I2, I3, I5, I6)",
  ignore: ONE !== undefined,
  fn() {
    assert.ok(failedOnce.length > 0);
    for (const seed of failedOnce) run(seed, new Set());
  },
});

Deno.test("Seeded worlds keep the sums, count every frame, repeat nothing, write each trade once and show it to every client, whatever goes wrong (I1, I2, I3, I5, I6, F05, F06, F07, F27)", () => {
  const marks = new Set<string>();
  if (ONE !== undefined) return run(Number(ONE), marks);
  for (let seed = FIRST; seed < FIRST + SEEDS; seed++) run(seed, marks);
  assert.deepEqual(MARKS.filter((name) => !marks.has(name)), [], "every mark is reached");
});
