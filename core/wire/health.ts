import type { FeedOut } from "./snapshot.ts";
import type { DataStatus } from "./status.ts";

/** How far the past is that the start fills in. */
export interface BackfillHealth {
  /** `waiting` for the store, the service or another try; `failed` is over and not whole. */
  readonly state: "waiting" | "filling" | "done" | "failed";
  /** What is being asked for, such as `intraday FPT 2026-10-27 to 2026-11-25`. */
  readonly unit: string | null;
  /** Parts of the present step, and those that are stored. */
  readonly units: number;
  readonly done: number;
  /** Rows stored since the start. */
  readonly rows: number;
  /** Why it waits or is not whole. */
  readonly reason: string | null;
}

/** Whether what went by before the start is still being filled in. */
export function isFillingIn(
  { state, backfill }: Pick<Health["store"], "state" | "backfill">,
): boolean {
  return state === "starting" || backfill?.state === "waiting" || backfill?.state === "filling";
}

/** Body of `/health` for who may know what is behind it; null is what has not been told yet. */
export interface Health {
  /** The process answers, so it is ok. */
  readonly status: "ok";
  readonly database: "connected" | "unavailable";
  readonly provider: FeedOut["provider"];
  readonly data_status: DataStatus;
  readonly feed: FeedOut & { readonly as_of: string | null };
  readonly journal: {
    readonly frames: number | null;
    readonly bytes: number | null;
    readonly damaged: number | null;
    readonly write_errors: number | null;
    readonly writable: boolean | null;
  };
  readonly store: {
    readonly state: "off" | "starting" | "ready" | "unreachable" | "refused";
    readonly reason: string | null;
    readonly backend: "embedded" | "external" | null;
    readonly server_version: string | null;
    readonly timescale_version: string | null;
    readonly timescale_license: "timescale" | "apache" | null;
    readonly schema: string | null;
    readonly layout: "hypertables" | "partitions" | null;
    readonly stray_rows: number | null;
    /** Null where nothing is filled in at the start. */
    readonly backfill: BackfillHealth | null;
  };
  readonly uptime_seconds: number;
  /** Memory of all threads. */
  readonly memory_bytes: number;
  readonly version: string;
  readonly deno_version: string;
  readonly metrics: Readonly<Record<string, number>>;
}
