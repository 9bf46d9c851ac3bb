import type { PostgresStore } from "../../db/store.ts";
import type { StoreHealth } from "../port/store.ts";
import type { StartFiller } from "./backfill/start_filler.ts";
import type { StoreWriter } from "./store_writer.ts";

/** The store as health tells of it: one that can be read may still have no room for rows. */
export function storeHealth(
  { status }: Pick<PostgresStore, "status">,
  { problem }: Pick<StoreWriter, "problem">,
  filler: Pick<StartFiller, "health"> | null,
): StoreHealth {
  const { state, reason, backend, facts } = status;
  return { state, reason: reason ?? problem, backend, facts, backfill: filler?.health ?? null };
}
