import type { LogLevel } from "../log.ts";
import type { IngestSettings } from "./ingest.ts";

/** What the ingest worker is told; bus requests travel beside these as strings. */
export type IngestRequest =
  | { readonly kind: "start"; readonly settings: IngestSettings; readonly journal: JournalSettings }
  /** A store takes rows at the other end of this port; `market` as in its StoreHello. */
  | { readonly kind: "store"; readonly port: MessagePort; readonly market: string | null }
  /** A hub in another worker listens at the other end of this port; null when it is gone. */
  | { readonly kind: "hub"; readonly name: string; readonly port: MessagePort | null }
  | { readonly kind: "stop" };

/** Where and how much the worker may record. */
export interface JournalSettings {
  readonly dir: string;
  readonly bytesMax: number;
  /** A simulated day replaces the last one; null keeps days until the size cap. */
  readonly datesMax: number | null;
  /** The simulated exchange began anew: what an earlier run recorded is of another market. */
  readonly isFresh: boolean;
  readonly logLevel: LogLevel;
}

/** What the ingest worker says; bus messages travel beside these as strings. */
export type IngestReply =
  /** Sign of life, once a second. */
  | { readonly kind: "alive" }
  /** The worker cannot run at all; the message names the setting. */
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "stopped" };
