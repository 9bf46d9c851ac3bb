import type { Logger } from "../log.ts";
import type { BusMessage, BusSubscriber } from "../port/bus.ts";
import type { Broker } from "./broker.ts";
import { Follower, type FollowerCounters } from "./follower.ts";

/** The hub's end of a bus between machines. */
export class RemoteSubscriber implements BusSubscriber {
  readonly #deps: { broker: Broker; clock: { nowMs(): number }; log: Logger };
  readonly #counters: FollowerCounters = {
    ...{ heard: 0, malformed: 0, fenced: 0, gaps: 0, bridged: 0 },
    ...{ snapshots: 0, failures: 0, silences: 0, overflows: 0 },
  };

  constructor(deps: { broker: Broker; clock: { nowMs(): number }; log: Logger }) {
    this.#deps = deps;
  }

  subscribe(onMessage: (message: BusMessage) => void): () => void {
    const follower = new Follower({ ...this.#deps, onMessage }, this.#counters);
    return () => follower.close();
  }

  /** Figures since start. */
  metrics(): Readonly<Record<string, number>> {
    return {
      bus_connected: this.#deps.broker.isConnected ? 1 : 0,
      ...Object.fromEntries(
        Object.entries(this.#counters).map(([name, count]) => [`bus_${name}_total`, count]),
      ),
    };
  }
}
