import type { LogLevel } from "../log.ts";
import type { Mute } from "./hub.ts";
import type { RecordedListing } from "./recorded_facts.ts";
import type { ReplaySpeed } from "./replay_runner.ts";
import type { AuthMode } from "./rest.ts";
import type { SimServiceOptions, SimStats } from "./service.ts";

/** Options that can be posted to a worker. */
export type SimWorkerOptions = Omit<SimServiceOptions, "clock" | "log" | "openDay" | "onTrade">;

/** What the worker is told; `start` comes first and once. */
export type SimWorkerRequest =
  | { readonly kind: "start"; readonly options: SimWorkerOptions; readonly logLevel: LogLevel }
  | { readonly kind: "dropSockets" }
  | { readonly kind: "mute"; readonly mode: Mute }
  | { readonly kind: "revokeTokens" }
  | { readonly kind: "setAuth"; readonly mode: AuthMode }
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  | { readonly kind: "stats" }
  | { readonly kind: "close" };

/** Which recorded day a replay serves, and how; it can be posted to a worker. */
export interface ReplayWorkerOptions {
  readonly port: number;
  /** Folder of the provider's journal. */
  readonly dir: string;
  readonly listing: RecordedListing;
  readonly speed: ReplaySpeed;
  readonly seekMs: number | null;
  readonly logLevel: LogLevel;
}

/** What the worker of a replay is told; `start` comes first and once. */
export type ReplayWorkerRequest =
  | { readonly kind: "start"; readonly options: ReplayWorkerOptions }
  | { readonly kind: "close" };

/** What either worker says. After `failed` and `closed` it has ended. */
export type SimWorkerReply =
  | { readonly kind: "ready"; readonly url: string; readonly date: string }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "stats"; readonly stats: SimStats }
  | { readonly kind: "closed" };
