import assert from "node:assert/strict";
import { delay } from "../../../../core/feed/delay.ts";
import type { SimService, SimServiceOptions } from "../../../../core/sim/service.ts";
import { HistoryClient } from "../../../../core/feed/history_client.ts";
import { RestClient } from "../../../../core/feed/rest_client.ts";
import type { BackfillArguments } from "../../../../core/tasks/backfill/arguments.ts";
import { fill, type FillDeps } from "../../../../core/tasks/backfill/fill.ts";
import type { Outcome } from "../../../../core/tasks/backfill/run.ts";
import { backfillStore } from "../../../../core/tasks/backfill/store.ts";
import type { Pool } from "../../../../db/pool.ts";
import { historyStoreTest, silent } from "../../../support/history_store.ts";
import { smallDayOf } from "../../exchange/play.ts";
import { withRestDeps } from "../../feed/support/rest_deps.ts";
import { withService } from "../../sim/support/with_service.ts";

const LIMITS = {
  triesMax: 40,
  backoff: { minMs: 10, maxMs: 100 },
  blocked: { minMs: 10, maxMs: 100 },
  lostMax: 2,
};
/** The day before the simulated one. */
export const LAST_CLOSED = "2026-11-19";
export const THREE: BackfillArguments = {
  days: 14,
  names: ["HPG", "41I1GC000", "VN30", "HNXINDEX"],
  kinds: ["prices", "daily", "index", "intraday"],
};

export interface Rig {
  readonly sim: SimService;
  readonly pool: Pool;
  readonly deps: FillDeps;
  /** Fills from the simulated service and answers how it ended. */
  fill(wanted: BackfillArguments, deps?: Partial<FillDeps>): Promise<Outcome>;
  /** The first column of a query's only row. */
  one(query: string): Promise<unknown>;
}

/** A test with a simulated exchange and an empty store. */
export function fillTest(
  name: string,
  act: (rig: Rig) => Promise<void>,
  options: Partial<SimServiceOptions> = {},
): void {
  const openDay: SimServiceOptions["openDay"] = ({ seed, date }) => smallDayOf({ seed, date });
  const key = { consumerId: "demo", secret: "demo" };
  const limits = { spacingMs: 0, waitingMax: 1, timeoutMs: 10_000 };
  historyStoreTest(
    `backfill - ${name}`,
    (pool) =>
      withService(
        { openDay, ...options },
        (sim) =>
          withRestDeps({ url: sim.url, ...key }, limits, async (rest) => {
            const service = {
              history: new HistoryClient(rest.options, rest.deps),
              rest: new RestClient(rest.options, rest.deps),
            };
            const deps: FillDeps = {
              service,
              lastClosed: LAST_CLOSED,
              store: backfillStore(pool, silent),
              onProgress: () => {},
              onFailed: (unit, reason) => assert.fail(`${unit.kind} ${unit.symbol}: ${reason}`),
              stop: rest.stop.signal,
              pause: (ms) => delay(ms, rest.stop.signal),
              random: Math.random,
              limits: LIMITS,
            };
            await act({
              sim,
              pool,
              deps,
              fill: (wanted, changed = {}) => fill(wanted, { ...deps, ...changed }),
              async one(query) {
                const [row] = await pool.run((sql) => sql.unsafe(query));
                return Object.values(row!)[0];
              },
            });
          }),
      ),
  );
}
