import type { Address, ServerAddress } from "../../db/address.ts";
import type { Retention } from "../../db/prune.ts";
import type { StoreOptions } from "../../db/store_watch.ts";
import type { EngineOptions } from "../engine/state.ts";
import type { LogLevel } from "../log.ts";
import type { StoreHealth } from "../port/store.ts";
import { Secret } from "../secret.ts";
import type { BackfillSource } from "./backfill/at_start.ts";

/** How the store worker is set up; plain data, so that it can be posted to it. */
export interface StoreSettings
  extends Pick<StoreOptions, "backend" | "provider" | "poolMin" | "poolMax"> {
  readonly address: { readonly url: string } | ServerAddress;
  /** Folder of the provider's journal. */
  readonly journalDir: string;
  readonly engine: EngineOptions;
  readonly retention: Retention;
  /** Null where the past is not filled in. */
  readonly backfill: BackfillSource | null;
  readonly logLevel: LogLevel;
}

/** What the store worker is told. */
export type StoreRequest =
  | { readonly kind: "start"; readonly settings: StoreSettings }
  /** The engine side is at the other end of this port. */
  | { readonly kind: "feed"; readonly port: MessagePort }
  | { readonly kind: "stop" };

/** What the store worker says, once a second at least. */
export type StoreReply =
  | { readonly kind: "alive" }
  | {
    readonly kind: "store";
    readonly health: StoreHealth;
    readonly metrics: Readonly<Record<string, number>>;
  }
  | { readonly kind: "stopped" };

/** An address as it came over the port, its password out of sight again. */
export function addressOf(address: StoreSettings["address"]): Address {
  return "url" in address ? { url: new Secret(address.url) } : address;
}
