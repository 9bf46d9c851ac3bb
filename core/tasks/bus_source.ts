import type { Broker } from "../bus/broker.ts";
import { openBroker } from "../bus/open_broker.ts";
import { RemoteSubscriber } from "../bus/remote_subscriber.ts";
import type { HubLoop } from "../gateway/hub_loop.ts";
import type { Logger } from "../log.ts";
import type { Secret } from "../secret.ts";

/** The way from the broker between machines to the hub of this process. */
export interface BusSource {
  /** Feeds a hub as soon as the broker is there; nobody waits for it. */
  connectHub(loop: HubLoop): void;
  /** Figures of the way; only whether it is there before it was. */
  metrics(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** The source of a web node; it reaches for the broker once there is a hub to be fed. */
export function createBusSource(url: Secret, log: Logger): BusSource {
  const busLog = log.bind({ part: "bus" });
  const closing = new AbortController();
  let broker: Broker | null = null;
  let subscriber: RemoteSubscriber | null = null;
  let opening: Promise<void> = Promise.resolve();
  const open = async (loop: HubLoop) => {
    try {
      broker = await openBroker(url, busLog, closing.signal);
    } catch (error) {
      if (closing.signal.aborted) return;
      throw error;
    }
    busLog.info("bus_connected", { broker: broker.name });
    subscriber = new RemoteSubscriber({ broker, clock: { nowMs: () => Date.now() }, log: busLog });
    if (!closing.signal.aborted) loop.connect(subscriber);
  };
  return {
    connectHub: (loop) => opening = open(loop),
    metrics: () => subscriber?.metrics() ?? { bus_connected: 0 },
    async close() {
      closing.abort();
      await opening;
      await broker?.close();
    },
  };
}
