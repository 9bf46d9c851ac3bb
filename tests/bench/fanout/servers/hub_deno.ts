/** This server on the application's own port: the hub behind links of `Deno.upgradeWebSocket`. */
import { upgradeToLink } from "../../../../core/gateway/deno_link.ts";
import { SUBPROTOCOL } from "../../../../core/wire/frames.ts";
import { ownHub } from "../bench_hub.ts";

const hub = ownHub(Deno.args.map(Number));
let sockets = 0;
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(`port ${port}`),
}, (request) => {
  const options = { id: `${sockets++}`, protocol: SUBPROTOCOL, idleTimeoutS: 120 };
  return upgradeToLink(request, options, {
    open: (link) => hub.join(link, "v1", hub.nowMs, { isAuthenticated: true }),
    text: (link, text) => hub.receive(link, "v1", text, hub.nowMs),
    binary() {},
    closed: (link) => hub.leave(link, "v1"),
    failed() {},
  });
});
