import type { Address } from "../../../db/address.ts";
import type { Provider } from "../../../db/identity.ts";
import { Pool } from "../../../db/pool.ts";
import type { Logger } from "../../log.ts";
import { Secret } from "../../secret.ts";
import { WANTED_DEFAULT } from "./arguments.ts";
import type { BackfillSource } from "./at_start.ts";
import { openClients } from "./clients.ts";
import { RUN_LIMITS } from "./run.ts";
import { FILLER_LIMITS, type FillerEnds, StartFiller } from "./start_filler.ts";
import { backfillStore, STATEMENT_MS } from "./store.ts";
import { lastClosedDay } from "./units.ts";

export interface OpenFillerDeps {
  readonly address: Address;
  readonly provider: Provider;
  /** Trading date of what the feed brings; null before it brings anything. */
  readonly runningDay: () => string | null;
  readonly log: Logger;
}

/** What fills the store from a service as `deno task backfill` does; it begins when it is told. */
export function openStartFiller(
  { baseUrl, consumerId, consumerSecret, spacingMs }: BackfillSource,
  { address, provider, runningDay, log }: OpenFillerDeps,
): StartFiller {
  const key = { id: consumerId, secret: new Secret(consumerSecret) };
  return new StartFiller({
    open(): FillerEnds {
      const service = openClients(baseUrl, key, { spacingMs, waitingMax: 1 });
      const options = { address, min: 0, max: 1, name: "vnstock backfill", log };
      const pool = new Pool({ ...options, statementTimeoutMs: STATEMENT_MS });
      return {
        service,
        store: backfillStore(pool, log),
        async close() {
          await service.close();
          await pool.close();
        },
      };
    },
    wanted: WANTED_DEFAULT,
    lastClosed: () => lastClosedDay(Date.now(), provider === "sim"),
    runningDay,
    limits: { ...FILLER_LIMITS, run: RUN_LIMITS },
    nowMs: () => performance.now(),
    random: Math.random,
    log,
  });
}
