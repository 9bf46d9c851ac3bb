import type { LoadClient } from "./client.ts";
import type { Scenario } from "./plan.ts";
import { wait } from "./wait.ts";

/** Pause between two groups of sockets being opened, and the time that opening is spread over. */
const OPEN_STEP_MS = 20;
const OPEN_SPREAD_MS = 2_000;
const HINDER_STEP_MS = 50;
const SLOW_READ_MS = 100;
const SLOW_PAUSE_MS = 900;
const STORM_EVERY_MS = 2_000;
const BURST_EVERY_MS = 1_000;
/** A stalled client reads again for the last part of the run. */
const STALLED_SHARE = 0.7;

/** How a scenario opens its clients and what it does to them; times are of the whole run. */
interface Course {
  /** Over which time sockets are opened. */
  readonly openMs: number;
  /** Of the clients, which it is done to: every so manieth. */
  readonly hinderedEvery: number;
  /** Does something to clients again and again. */
  readonly act?: {
    readonly everyMs: number;
    readonly on: (hindered: readonly LoadClient[], ranMs: number, wholeMs: number) => void;
  };
}

const COURSES: Readonly<Record<Scenario, Course>> = {
  stream: { openMs: OPEN_SPREAD_MS, hinderedEvery: 1 },
  // Everybody at once, and everybody's snapshot again every second.
  burst: {
    openMs: 0,
    hinderedEvery: 1,
    act: {
      everyMs: BURST_EVERY_MS,
      on: (clients) => clients.forEach((client) => client.restart()),
    },
  },
  // Half of them lose their connection at the same moment and are back at once.
  storm: {
    openMs: OPEN_SPREAD_MS,
    hinderedEvery: 2,
    act: {
      everyMs: STORM_EVERY_MS,
      on: (clients) => clients.forEach((client) => client.cut(0)),
    },
  },
  slow: {
    openMs: OPEN_SPREAD_MS,
    hinderedEvery: 5,
    act: {
      everyMs: HINDER_STEP_MS,
      on: (clients, ranMs) => {
        const isReading = ranMs % (SLOW_READ_MS + SLOW_PAUSE_MS) < SLOW_READ_MS;
        for (const client of clients) {
          if (isReading) client.resume();
          else client.pause();
        }
      },
    },
  },
  stalled: {
    openMs: OPEN_SPREAD_MS,
    hinderedEvery: 5,
    act: {
      everyMs: HINDER_STEP_MS,
      on: (clients, ranMs, wholeMs) => {
        for (const client of clients) {
          if (ranMs < wholeMs * STALLED_SHARE) client.pause();
          else client.resume();
        }
      },
    },
  },
};

/** Opens the clients and does to them, or to every so manieth, what the scenario says, for so long. */
export async function play(
  clients: readonly LoadClient[],
  what: { readonly scenario: Scenario; readonly ms: number; readonly every?: number },
): Promise<void> {
  const { openMs, act, hinderedEvery } = COURSES[what.scenario];
  const hindered = clients.filter((_, i) => i % (what.every ?? hinderedEvery) === 0);
  const startMs = performance.now();
  const ranMs = () => performance.now() - startMs;
  const spreadMs = Math.min(openMs, what.ms / 4);
  for (let opened = 0; opened < clients.length;) {
    const due = spreadMs === 0 ? clients.length : clients.length * ranMs() / spreadMs;
    while (opened < Math.min(due, clients.length)) clients[opened++]!.open();
    if (opened < clients.length) await wait(OPEN_STEP_MS);
  }
  while (act !== undefined && ranMs() + act.everyMs < what.ms) {
    await wait(act.everyMs);
    act.on(hindered, ranMs(), what.ms);
  }
  await wait(Math.max(0, what.ms - ranMs()));
  for (const client of clients) client.resume();
}
