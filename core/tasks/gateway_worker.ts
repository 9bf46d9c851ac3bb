import { PortSubscriber } from "../bus/message_port.ts";
import { type HubLoop, startHubLoop } from "../gateway/hub_loop.ts";
import type { LinkHost } from "../gateway/link_events.ts";
import { WsServer } from "../gateway/ws_server.ts";
import { Hub } from "../hub/hub.ts";
import { LAG_MS_MAX } from "../hub/limits.ts";
import { connectingStatus } from "../hub/replica.ts";
import { createLogger } from "../log.ts";
import { Secret } from "../secret.ts";
import { type BusSource, createBusSource } from "./bus_source.ts";
import type { GatewayReply, GatewayRequest, GatewaySettings } from "./gateway_messages.ts";
import { RemoteDoor } from "./remote_door.ts";

// Entry of a gateway worker: sockets, and a hub of its own that serves them.
const TELL_MS = 1_000;
/** Time for clients to take their good-bye and close; the rest is ended. */
const GOODBYE_MS = 2_000;
const GOODBYE_STEP_MS = 20;
/** Longest wait for the door of the main process, which is busy with a page at worst. */
const DOOR_MS_MAX = 5_000;

interface Running {
  readonly host: LinkHost & { isDraining: boolean };
  readonly loop: HubLoop;
  readonly server: WsServer;
  readonly source: BusSource | null;
}

const door = new RemoteDoor(reply, { waitMs: DOOR_MS_MAX });
let running: Promise<Running | null> = Promise.resolve(null);
let bus: MessagePort | null = null;
let telling: ReturnType<typeof setInterval> | null = null;

self.addEventListener("message", ({ data }: MessageEvent<GatewayRequest>) => {
  if (data.kind === "verdict" || data.kind === "token") door.take(data);
  else if (data.kind === "start") running = start(data.settings);
  else if (data.kind === "bus") void connect(data.port);
  else if (data.kind === "no-bus") void disconnect(data.reason);
  else void stop();
});

async function start(settings: GatewaySettings): Promise<Running | null> {
  const clock = { nowMs: () => Date.now() };
  const log = createLogger({ level: settings.logLevel, ...clock }).bind({ part: "gateway" });
  const status = connectingStatus(settings.provider, clock.nowMs());
  const hub = new Hub({
    status: { ...status, replay: settings.isReplay },
    throttleMs: settings.throttleMs,
    lagMsMax: LAG_MS_MAX,
    isValidToken: (token) => door.isValidToken(token),
  });
  const host = { hub, clock, log, door, isDraining: false };
  let server: WsServer;
  try {
    server = await WsServer.listen(settings.server, host);
  } catch (error) {
    reply({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    return null;
  }
  const tell = () => {
    const metrics = { ...hub.metrics(), ...server.metrics(), ...door.metrics() };
    reply({ kind: "metrics", metrics });
  };
  telling = setInterval(tell, TELL_MS);
  tell();
  reply({ kind: "listening" });
  const loop = startHubLoop(host);
  const source = settings.busUrl === null
    ? null
    : createBusSource(new Secret(settings.busUrl), log);
  source?.connectHub(loop);
  return { host, loop, server, source };
}

async function connect(port: MessagePort): Promise<void> {
  const side = await running;
  bus?.close();
  bus = port;
  side?.loop.connect(new PortSubscriber(port));
}

async function disconnect(reason: string): Promise<void> {
  const side = await running;
  side?.loop.disconnect(reason);
  bus?.close();
  bus = null;
}

/** Data stops first, then clients are told, then the port is given back. */
async function stop(): Promise<void> {
  const side = await running;
  side?.loop.stop();
  bus?.close();
  await side?.source?.close();
  const untilMs = performance.now() + GOODBYE_MS;
  while (side !== null && side.server.open > 0 && performance.now() < untilMs) {
    await new Promise((resolve) => setTimeout(resolve, GOODBYE_STEP_MS));
  }
  door.close();
  await side?.server.close();
  if (telling !== null) clearInterval(telling);
  reply({ kind: "stopped" });
  self.close();
}

function reply(message: GatewayReply): void {
  self.postMessage(message);
}
