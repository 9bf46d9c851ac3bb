import { FLUSH_GAP_MS } from "../hub/limits.ts";
import type { BusMessage, BusSubscriber } from "../port/bus.ts";
import type { LinkHost } from "./link_events.ts";

/** A clean stop asks clients to come back spread over this time, so that they do not all come at once. */
const RETURN_MS_MAX = 5_000;

/** The running hub of a process. */
export interface HubLoop {
  /** Takes another engine side (a worker that was started again). */
  connect(bus: BusSubscriber): void;
  /** The engine side is gone; what is shown is stale until the next `connect` brings data. */
  disconnect(reason: string): void;
  /** Takes no more data, says good-bye to every client and closes it. */
  stop(): void;
}

/** Drives the hub: the bus into it, and its clock. */
export function startHubLoop(host: LinkHost & { isDraining: boolean }): HubLoop {
  const { hub, clock, log } = host;
  let bus: BusSubscriber | null = null;
  let unsubscribe = () => {};

  const guarded = (event: string, act: () => void) => {
    try {
      act();
    } catch (error) {
      log.error(event, { error });
    }
  };
  const subscribe = () => {
    unsubscribe();
    unsubscribe = bus === null ? () => {} : bus.subscribe(take);
  };
  const take = (message: BusMessage) =>
    guarded("hub_apply_failed", () => {
      if (hub.apply(message, clock.nowMs()) !== "gap") return;
      log.warn("hub_gap_seen", { epoch: hub.view().epoch, seq: hub.view().seq });
      subscribe();
    });
  const timer = setInterval(
    () => guarded("hub_tick_failed", () => hub.tick(clock.nowMs())),
    FLUSH_GAP_MS,
  );

  return {
    connect(next) {
      bus = next;
      subscribe();
    },
    disconnect(reason) {
      bus = null;
      subscribe();
      hub.markStale(reason, clock.nowMs());
    },
    stop() {
      host.isDraining = true;
      bus = null;
      subscribe();
      clearInterval(timer);
      hub.closeAll(() => Math.random() * RETURN_MS_MAX);
    },
  };
}
