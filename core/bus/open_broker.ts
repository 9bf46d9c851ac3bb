import type { Logger } from "../log.ts";
import type { Secret } from "../secret.ts";
import type { Broker } from "./broker.ts";
import { openNats } from "./nats_broker.ts";
import { openRedis } from "./redis_broker.ts";

/** Connects to the broker of a URL; waits until it is there, or rejects when the signal comes. */
export function openBroker(url: Secret, log: Logger, signal: AbortSignal): Promise<Broker> {
  const open = new URL(url.reveal()).protocol === "redis:" ? openRedis : openNats;
  return open(url, log, signal);
}
