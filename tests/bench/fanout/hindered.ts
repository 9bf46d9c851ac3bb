/**
 * Clients that are hindered: `hindered.ts PORT SECONDS`. Prints a line once all of them are served,
 * is busy with them for so many seconds more, and then prints how they ended, as JSON. They are on
 * other machines in life, so they take only processor time that nobody else wants.
 */
import { constants, setPriority } from "node:os";
import { LoadClient } from "../../../core/tasks/load/client.ts";
import { compareViews, type Equality } from "../../../core/tasks/load/equality.ts";
import { FrameReader } from "../../../core/tasks/load/frame_reader.ts";
import type { Scenario } from "../../../core/tasks/load/plan.ts";
import { play } from "../../../core/tasks/load/scenario.ts";
import { Tally } from "../../../core/tasks/load/tally.ts";
import { wait } from "../../../core/tasks/load/wait.ts";

/** Each of them is hindered; the last ones only read, and are compared as well. */
const CLIENTS_OF: readonly (readonly [scenario: Scenario, clients: number])[] = [
  ["slow", 100],
  ["stalled", 200],
  ["storm", 100],
  ["stream", 20],
];
export const HINDERED = CLIENTS_OF.reduce((sum, [, clients]) => sum + clients, 0);
/** Not all stop reading, read again and lose their connection at the same moment. */
const PARTS = 10;
const PART_OFFSET_MS = 200;
/** First snapshots of the market are no part of what is measured. */
const OPENING_SECONDS = 4;

/** How they ended. */
export interface HinderedFigures extends Equality {
  /** Times that they stopped reading, came back, and found something missing. */
  readonly pauses: number;
  readonly returns: number;
  readonly gaps: number;
}

if (import.meta.main) await main(Deno.args[0]!, Number(Deno.args[1]));

async function main(port: string, seconds: number): Promise<void> {
  setPriority(constants.priority.PRIORITY_LOW);
  const tally = new Tally();
  // Plain as the fast ones are: to inflate would take the processors from the server and from them.
  const options = {
    url: `ws://127.0.0.1:${port}/ws`,
    channels: ["market" as const],
    rateMs: null,
    token: null,
    reader: new FrameReader(),
    isPlain: true,
  };
  const groups = CLIENTS_OF.flatMap(([scenario, count]) =>
    Array.from({ length: PARTS }, (_, part) => ({
      scenario,
      startMs: part * PART_OFFSET_MS,
      clients: Array.from({ length: count / PARTS }, () => new LoadClient({ ...options, tally })),
    }))
  );
  const playing = Promise.all(groups.map(async ({ scenario, clients, startMs }) => {
    await wait(startMs);
    await play(clients, { scenario, ms: (OPENING_SECONDS + seconds) * 1_000, every: 1 });
  }));
  await wait(OPENING_SECONDS * 1_000);
  console.log("open");
  await playing;
  const all = groups.flatMap(({ clients }) => clients);
  const fresh = new LoadClient({ ...options, tally: new Tally() });
  fresh.open();
  const figures: HinderedFigures = {
    ...await compareViews(all, fresh),
    pauses: tally.pauses,
    returns: tally.opened - all.length,
    gaps: tally.gaps,
  };
  await Promise.all([...all, fresh].map((one) => one.end()));
  console.log(JSON.stringify(figures));
}
