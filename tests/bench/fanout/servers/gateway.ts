import type { Door } from "../../../../core/gateway/door.ts";
import { WsServer } from "../../../../core/gateway/ws_server.ts";
import { createLogger } from "../../../../core/log.ts";
import type { BenchHub } from "../bench_hub.ts";

/** No run lasts as long. */
const NEVER_MS = 3_600_000;

export const openDoor: Door = {
  admit: () => ({ ok: true, lease: { release() {} }, isAuthenticated: true }),
  isValidToken: () => true,
};

/** What links of the hub need beside it. */
export function hostOf(hub: BenchHub) {
  const clock = { nowMs: () => hub.nowMs };
  return { hub, clock, log: createLogger({ level: "error", ...clock }), isDraining: false };
}

/** Listens for sockets of a hub as a gateway worker does, and gives the port; 0 takes a free one. */
export async function listenGateway(hub: BenchHub, port: number): Promise<number> {
  const server = await WsServer.listen({
    hostname: "127.0.0.1",
    port,
    pagesPort: port,
    hosts: null,
    connectionsMax: 20_000,
    heartbeatIntervalMs: NEVER_MS,
    heartbeatTimeoutMs: NEVER_MS,
    closeMs: 5_000,
    // Its contender has the permission or not.
    isNative: true,
  }, { ...hostOf(hub), door: openDoor });
  return server.port;
}
