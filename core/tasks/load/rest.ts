import { bearer } from "./server_figures.ts";
import { Samples } from "./tally.ts";
import { wait } from "./wait.ts";

const PATHS = [
  "/api/market/snapshot",
  "/api/market/foreign-detail",
  "/api/market/volume-stats",
  "/api/market/alerts",
  "/api/vn30-components",
] as const;
/** Requests at once, and the pause of each between two: 80 a second at most. */
const READERS = 4;
const PAUSE_MS = 50;
const TIMEOUT_MS = 10_000;

/** Answers of REST while sockets are served. */
export interface RestFigures {
  readonly answered: number;
  readonly failed: number;
  /** From request to the last byte; null without an answer. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** Asks until the signal comes. */
export async function loadRest(
  { httpUrl, token }: { readonly httpUrl: string; readonly token: string | null },
  signal: AbortSignal,
): Promise<RestFigures> {
  const times = new Samples();
  let failed = 0;
  const read = async (reader: number) => {
    for (let i = reader; !signal.aborted; i++) {
      const startMs = performance.now();
      if (await isAnswered(`${httpUrl}${PATHS[i % PATHS.length]}`, token)) {
        times.add(performance.now() - startMs);
      } else failed++;
      await wait(PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: READERS }, (_, reader) => read(reader)));
  return {
    answered: times.count,
    failed,
    p50Ms: times.quantile(0.5),
    p95Ms: times.quantile(0.95),
  };
}

async function isAnswered(url: string, token: string | null): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { headers: bearer(token), signal });
    await response.arrayBuffer();
    return response.ok;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    return false;
  }
}
