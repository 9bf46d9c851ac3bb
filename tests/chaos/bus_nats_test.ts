import { brokerTest } from "../support/broker_server.ts";
import { busStorm } from "./support/bus_storm.ts";

brokerTest(
  "Whatever is killed or hangs, broker, engine side or web node, everybody goes on and ends with the engine's state (F17, F-026, I5, I6)",
  busStorm,
  { kinds: ["nats"] },
);
