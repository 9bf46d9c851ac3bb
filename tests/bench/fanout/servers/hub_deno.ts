/** This server on the application's own port: the hub behind links of `Deno.upgradeWebSocket`. */
import { answerSocket } from "../../../../core/gateway/socket.ts";
import { requestIdOf } from "../../../../core/gateway/secure.ts";
import type { Services } from "../../../../core/gateway/services.ts";
import { ownHub } from "../bench_hub.ts";
import { hostOf, openDoor } from "./gateway.ts";

const hub = ownHub(Deno.args.map(Number));
/** What sockets need of them. */
const services = { ...hostOf(hub), admission: openDoor, config: { wsIdleTimeoutS: 120 } };
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(`port ${port}`),
}, (req, info) => {
  const state = { requestId: requestIdOf(req), services: services as unknown as Services };
  return answerSocket({ req, url: new URL(req.url), info, state }, { plain: null });
});
