import type { JournalPlace, Store } from "../../../core/port/store.ts";
import type { StoreMessage } from "../../../core/tasks/store_messages.ts";
import type { StoreOutlet } from "../../../core/tasks/store_outlet.ts";
import { StoreWriter } from "../../../core/tasks/store_writer.ts";
import type { Address } from "../../../db/address.ts";
import { openStore, type PostgresStore } from "../../../db/store.ts";
import { testLog } from "../../db/support/pools.ts";
import { STORE_ENGINE } from "./stored_day.ts";

export interface ChainOptions {
  readonly address: Address;
  readonly journalDir: string;
  /** Puts something between the writer and the database. */
  readonly wrap?: (target: Store) => Store;
}

/** The store's side as its worker wires it, over a real database; it takes rows of one outlet. */
export class StoreChain {
  readonly database: PostgresStore;
  readonly writer: StoreWriter;
  /** Names of what the writer logged. */
  readonly events: string[] = [];

  constructor(
    outlet: StoreOutlet,
    { address, journalDir, wrap = (target) => target }: ChainOptions,
  ) {
    this.database = openStore({
      ...{ address, backend: "external", provider: "sim", poolMin: 1, poolMax: 4 },
      clock: { nowMs: () => Date.now() },
      onStatus: () => {},
      log: testLog(),
    });
    this.writer = new StoreWriter({
      store: wrap(this.database),
      ...{ journalDir, engine: STORE_ENGINE, filler: null },
      nowMs: () => performance.now(),
      log: (event) => void this.events.push(event),
    });
    this.writer.connect((answer) => outlet.settled(answer));
    const postMessage = (message: StoreMessage) => {
      if (message.kind !== "end") this.writer.take(structuredClone(message));
    };
    outlet.attach({ postMessage, close: () => {} }, null);
  }

  get isReady(): boolean {
    return this.database.status.state === "ready";
  }

  /** Writes what waits and lets the database go. */
  async close(): Promise<void> {
    await this.writer.end();
    await this.database.close();
  }
}

/** A store with a flush of its own; everything else goes to the target. */
export function besides(target: Store, flush: Store["flush"]): Store {
  return {
    flush,
    progress: () => target.progress(),
    rewind: (tradingDate, place) => target.rewind(tradingDate, place),
    enterMarket: (market) => target.enterMarket(market),
    isRefused: () => target.isRefused(),
  };
}

/** Longest wait for rows to be stored. */
const WAIT_MS = 120_000;

/** Waits until the database says that a day is stored up to a place; asks for the place each time. */
export async function stored(
  { database }: StoreChain,
  tradingDate: string,
  place: () => JournalPlace | null,
): Promise<void> {
  const endMs = performance.now() + WAIT_MS;
  let held: JournalPlace | undefined;
  while (performance.now() < endMs) {
    const wanted = place();
    held = database.status.state === "ready"
      ? (await database.progress()).get(tradingDate)
      : undefined;
    if (wanted !== null && held?.segment === wanted.segment && held.offset === wanted.offset) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Waited in vain for the store: it is at ${JSON.stringify(held)}`);
}
