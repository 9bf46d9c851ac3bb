/** This server behind a gateway: the hub and links that share frames, in one thread. */
import { ownHub } from "../bench_hub.ts";
import { listenGateway } from "./gateway.ts";

console.log(`port ${await listenGateway(ownHub(Deno.args.map(Number)), 0)}`);
