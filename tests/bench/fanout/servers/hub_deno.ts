/** This server on the application's own port: the hub behind links of `Deno.upgradeWebSocket`. */
import { upgradeToLink } from "../../../../core/gateway/deno_link.ts";
import type { ClientLink } from "../../../../core/hub/link.ts";
import { SUBPROTOCOL } from "../../../../core/wire/frames.ts";
import { BenchBoard, readOrder } from "../board.ts";

const board = new BenchBoard(Deno.args.map(Number));
const { hub } = board;
const events = {
  open: (link: ClientLink) => board.join(link),
  text(link: ClientLink, text: string) {
    const order = readOrder(text);
    if (order === null) hub.receive(link, "v1", text, board.nowMs);
    else board.change(order.size, order.stampMs);
  },
  binary() {},
  closed: (link: ClientLink) => hub.leave(link, "v1"),
  failed() {},
};

let sockets = 0;
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(`port ${port}`),
}, (request) => {
  const options = { id: `${sockets++}`, protocol: SUBPROTOCOL, idleTimeoutS: 120 };
  return upgradeToLink(request, options, events);
});
