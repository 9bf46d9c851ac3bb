import type { Logger } from "../log.ts";
import type { Secret } from "../secret.ts";
import type { Broker } from "./broker.ts";
import { openNats } from "./nats_broker.ts";
import { openRedis } from "./redis_broker.ts";

/** Connects to the broker of a URL; waits until it is there. */
export function openBroker(url: Secret, log: Logger): Promise<Broker> {
  return new URL(url.reveal()).protocol === "redis:" ? openRedis(url, log) : openNats(url, log);
}
