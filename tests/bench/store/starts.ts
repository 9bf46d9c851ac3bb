import { Client } from "../../../db/client.ts";
import { startEmbedded } from "../../../db/embedded/embedded.ts";
import { median } from "./rounds.ts";
import { log } from "./servers.ts";

const RUNS = 5;

export interface StartFigures {
  readonly firstMs: number;
  readonly againMs: number;
  readonly runs: number;
}

/** Starts the embedded server on empty directories, and once more on each, up to a first answer. */
export async function measureStarts(): Promise<StartFigures> {
  const firsts: number[] = [];
  const agains: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const dir = await Deno.makeTempDir();
    try {
      firsts.push(await startAndAsk(dir));
      agains.push(await startAndAsk(dir));
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  }
  return { firstMs: median(firsts), againMs: median(agains), runs: RUNS };
}

async function startAndAsk(dir: string): Promise<number> {
  const startMs = performance.now();
  const started = await startEmbedded({ dir, log, onDown() {}, onUp() {} });
  if (!started.ok) throw new Error(started.message);
  const { host, port, user, database, close } = started.server;
  const address = { host, port, user, database };
  const client = new Client({ address, name: "vnstock bench", statementTimeoutMs: null });
  await client.sql`SELECT 1`;
  const tookMs = performance.now() - startMs;
  await client.end(1);
  await close();
  return tookMs;
}
