import type { EngineState } from "../../../core/engine/state.ts";
import type { Store } from "../../../core/port/store.ts";
import { createDay } from "../../../core/exchange/day.ts";
import { until } from "../../core/sim/support/until.ts";
import { second, TEST_DATE, withService } from "../../core/sim/support/with_service.ts";
import { end, type Rig, rig } from "../../core/tasks/ingest_rig.ts";
import type { DatabaseAddress } from "../../support/postgres_server.ts";
import { StoreChain, stored } from "./store_chain.ts";
import { assertStored, controlDay } from "./stored_day.ts";

/** Feed, journal, engine and store as in the product. */
export interface IngestChain {
  readonly rig: Rig;
  readonly chain: StoreChain;
}

export interface IngestChainOptions {
  readonly address: DatabaseAddress;
  readonly seed: number;
  readonly journalDir: string;
  readonly wrap?: (target: Store) => Store;
  /** Default 10 x. */
  readonly speed?: 1 | 10;
}

/** The opening auction is over, and trades come at once. */
const OPENED = { secondOfDay: second("09:15:05") };

/**
 * Plays a fault against the whole chain; afterwards the market stands still, and when all is written
 * the database must hold what the journal makes without any fault.
 */
export async function withIngestChain(
  options: IngestChainOptions,
  play: (all: IngestChain) => Promise<void>,
): Promise<void> {
  const { address, seed, journalDir, speed = 10 } = options;
  await withService({ openDay: createDay, speed, seed, start: OPENED }, async (service) => {
    const one = await rig(service, journalDir, "chaos");
    const chain = new StoreChain(one.run.store, options);
    try {
      one.run.start();
      service.resume();
      await until(() => one.run.engine.counters.trades.accepted > 0, "the first trade");
      await play({ rig: one, chain });
      service.pause();
      await stored(chain, TEST_DATE, () => one.journal.position(TEST_DATE));
    } finally {
      await end(one);
      await chain.close();
    }
  });
  await assertStored(address, await controlDay(journalDir, TEST_DATE), `seed ${seed}`);
}

/** Waits until the engine has counted so many more trades. */
export async function goesOn({ counters }: EngineState, trades: number): Promise<void> {
  const before = counters.trades.accepted;
  await until(() => counters.trades.accepted >= before + trades, "the engine goes on");
}
