import { LoadClient } from "./client.ts";
import { FrameReader } from "./frame_reader.ts";
import { compareViews, type Equality } from "./equality.ts";
import type { LoadPlan } from "./plan.ts";
import { loadRest, type RestFigures } from "./rest.ts";
import { play } from "./scenario.ts";
import { readServer, type ServerFigures } from "./server_figures.ts";
import { Tally } from "./tally.ts";

/** Between two progress lines. */
const PROGRESS_MS = 1_000;
/** Clients whose round trip is measured every second: within what a server takes of one. */
const PINGING_MAX = 50;

/** What a run takes from its surroundings. */
export interface LoadShell {
  readonly token: string | null;
  /** Called about every second. */
  progress(tally: Tally, live: number, ranMs: number): void;
}

/** All that a run has found. */
export interface LoadResult {
  readonly plan: LoadPlan;
  readonly ranMs: number;
  /** Clients connected when the scenario ended, and those that the server did not want back. */
  readonly live: number;
  readonly unwanted: number;
  readonly tally: Tally;
  readonly equality: Equality;
  readonly before: ServerFigures;
  readonly after: ServerFigures;
  readonly rest: RestFigures | null;
}

/** Plays a scenario against a server and compares at the end what clients hold with the server. */
export async function runLoad(plan: LoadPlan, shell: LoadShell): Promise<LoadResult> {
  const tally = new Tally();
  const options = { ...plan, token: shell.token, reader: new FrameReader() };
  const clients = Array.from({ length: plan.clients }, () => new LoadClient({ ...options, tally }));
  // What the fresh client is sent belongs to no figure.
  const fresh = new LoadClient({ ...options, tally: new Tally() });
  const before = await readServer(plan.httpUrl, shell.token);
  const startMs = performance.now();
  const live = () => clients.filter(({ isLive }) => isLive).length;
  const watch = setInterval(() => {
    clients.slice(0, PINGING_MAX).forEach((client) => client.ping());
    shell.progress(tally, live(), performance.now() - startMs);
  }, PROGRESS_MS);
  const ending = new AbortController();
  const resting = plan.isRest ? loadRest(options, ending.signal) : null;
  try {
    const { scenario, seconds } = plan;
    await play(clients, { scenario, ms: seconds * 1_000 });
    const [ranMs, liveAtEnd] = [performance.now() - startMs, live()];
    ending.abort();
    const after = await readServer(plan.httpUrl, shell.token);
    fresh.open();
    const equality = await compareViews(clients, fresh);
    const unwanted = clients.filter(({ finalCode }) => finalCode !== null).length;
    const rest = await resting;
    return { plan, ranMs, live: liveAtEnd, unwanted, tally, equality, before, after, rest };
  } finally {
    ending.abort();
    clearInterval(watch);
    await Promise.all([...clients, fresh].map((client) => client.end()));
    await resting;
  }
}
