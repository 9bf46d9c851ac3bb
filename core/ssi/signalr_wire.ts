import { z } from "zod";
import { parseLowerKeys } from "./token_reply.ts";

/** The hub of SSI's v2 stream and its one method that a client calls. */
export const HUB_NAME = "FcMarketDataV2Hub";

const CONNECTION_DATA = encodeURIComponent(`[{"name":"${HUB_NAME.toLowerCase()}"}]`);
const CLIENT_PROTOCOL = "1.3";

/** What a negotiation grants. */
export interface Negotiation {
  readonly connectionToken: string;
  /** The server's promise to send some frame within this time; null when it promises none. */
  readonly keepAliveMs: number | null;
  readonly protocolVersion: string | null;
}

const NegotiationReply = z.object({
  connectiontoken: z.string().min(1),
  keepalivetimeout: z.number().positive().nullish(),
  protocolversion: z.string().nullish(),
});

/** Reads the answer of negotiate; null when it carries no connection token. */
export function readNegotiation(text: string): Negotiation | null {
  const reply = NegotiationReply.safeParse(parseLowerKeys(text));
  if (!reply.success) return null;
  const { connectiontoken, keepalivetimeout, protocolversion } = reply.data;
  return {
    connectionToken: connectiontoken,
    keepAliveMs: keepalivetimeout == null ? null : keepalivetimeout * 1000,
    protocolVersion: protocolversion ?? null,
  };
}

/** Address of the negotiate call; `base` is `https://host/v2.0/signalr`. */
export function negotiateUrl(base: string): string {
  return `${base}/negotiate?clientProtocol=${CLIENT_PROTOCOL}&connectionData=${CONNECTION_DATA}`;
}

/** Address of the WebSocket; `tid` (0–10) only keeps caches away. */
export function connectUrl(base: string, connectionToken: string, tid: number): string {
  const socketBase = base.replace(/^http/, "ws");
  return `${callUrl(socketBase, "connect", connectionToken)}&tid=${tid}`;
}

/** Address of the start or abort call of a connection. */
export function callUrl(
  base: string,
  call: "connect" | "start" | "abort",
  connectionToken: string,
): string {
  // The token holds + / and =, which a query would change.
  return `${base}/${call}?transport=webSockets&clientProtocol=${CLIENT_PROTOCOL}` +
    `&connectionToken=${encodeURIComponent(connectionToken)}&connectionData=${CONNECTION_DATA}`;
}

/** The frame that sets the whole selection of channels (`F:ALL,X-TRADE:ALL`). */
export function switchChannelsText(channels: string, invocation: number): string {
  return JSON.stringify({ H: HUB_NAME, M: "SwitchChannels", A: [channels], I: invocation });
}
