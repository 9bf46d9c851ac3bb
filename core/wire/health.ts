import type { FeedOut } from "./snapshot.ts";
import type { DataStatus } from "./status.ts";

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
  };
  readonly uptime_seconds: number;
  /** Memory of all threads. */
  readonly memory_bytes: number;
  readonly version: string;
  readonly deno_version: string;
  readonly metrics: Readonly<Record<string, number>>;
}
