/** A web process of `gateway_nats.ts`: a hub that follows a bus. It ends with its input. */
import { openBroker } from "../../../../core/bus/open_broker.ts";
import { RemoteSubscriber } from "../../../../core/bus/remote_subscriber.ts";
import { createLogger } from "../../../../core/log.ts";
import { Secret } from "../../../../core/secret.ts";
import { BenchHub } from "../bench_hub.ts";
import { listenGateway } from "./gateway.ts";

const [url, port] = Deno.args as [string, string];
const hub = new BenchHub(({ size, stampMs }) => console.log(`${size} ${stampMs}`));
const clock = { nowMs: () => Date.now() };
const log = createLogger({ level: "error", ...clock });
const broker = await openBroker(new Secret(url), log, new AbortController().signal);
const ready = Promise.withResolvers<void>();
new RemoteSubscriber({ broker, clock, log }).subscribe((message) => {
  hub.take(message);
  if (hub.ready()) ready.resolve();
});
await ready.promise;
console.log(`port ${await listenGateway(hub, Number(port))}`);
for await (const _ of Deno.stdin.readable);
Deno.exit(0);
