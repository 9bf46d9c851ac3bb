import type { Knock, Refusal } from "../gateway/door.ts";
import type { WsServerOptions } from "../gateway/ws_server.ts";
import type { LogLevel } from "../log.ts";
import type { FeedStatus } from "../wire/status.ts";

/** What a gateway worker is started with. */
export interface GatewaySettings {
  readonly server: WsServerOptions;
  readonly provider: FeedStatus["provider"];
  readonly isReplay: boolean;
  readonly throttleMs: number;
  readonly logLevel: LogLevel;
  /** The bus between machines that feeds the hub, may hold a password; null: the engine side does. */
  readonly busUrl: string | null;
}

/** What the door of the main process says; a lease is known there by its number. */
export type RemoteVerdict =
  | { readonly ok: true; readonly lease: number; readonly isAuthenticated: boolean }
  | { readonly ok: false; readonly why: Refusal; readonly lease: number | null };

/** What a gateway worker is told. */
export type GatewayRequest =
  | { readonly kind: "start"; readonly settings: GatewaySettings }
  /** The engine side speaks at the other end of this port. */
  | { readonly kind: "bus"; readonly port: MessagePort }
  /** The engine side is gone. */
  | { readonly kind: "no-bus"; readonly reason: string }
  | { readonly kind: "verdict"; readonly id: number; readonly verdict: RemoteVerdict }
  | { readonly kind: "token"; readonly id: number; readonly isValid: boolean }
  | { readonly kind: "stop" };

/** What a gateway worker asks the door of the main process. */
export type DoorRequest =
  | { readonly kind: "knock"; readonly id: number; readonly knock: Knock }
  | { readonly kind: "token"; readonly id: number; readonly token: string }
  | { readonly kind: "release"; readonly lease: number };

/** What a gateway worker says. */
export type GatewayReply =
  | DoorRequest
  /** Sign of life, once a second. */
  | { readonly kind: "metrics"; readonly metrics: Readonly<Record<string, number>> }
  | { readonly kind: "listening" }
  /** The worker cannot listen. */
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "stopped" };
