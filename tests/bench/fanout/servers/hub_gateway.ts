/** This server behind a gateway: the hub and links that share frames. */
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { SUBPROTOCOL } from "../../../../core/wire/frames.ts";
import { BenchBoard, readOrder } from "../board.ts";
import { PrototypeLink } from "./prototype_link.ts";

const board = new BenchBoard(Deno.args.map(Number));
const { hub } = board;
const sockets = new WebSocketServer({
  noServer: true,
  clientTracking: false,
  handleProtocols: () => SUBPROTOCOL,
  perMessageDeflate: {
    serverNoContextTakeover: true,
    clientNoContextTakeover: true,
    threshold: 1e9,
  },
});
let count = 0;
const server = createServer();
server.on("upgrade", (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (ws) => {
    const link = new PrototypeLink(`${count++}`, socket, ws);
    ws.on("error", () => ws.terminate());
    ws.on("close", () => hub.leave(link, "v1"));
    ws.on("message", (data) => {
      const order = readOrder(String(data));
      if (order === null) hub.receive(link, "v1", String(data), board.nowMs);
      else board.change(order.size, order.stampMs);
    });
    board.join(link);
  });
});
server.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 }, () => {
  const address = server.address();
  if (typeof address === "object") console.log(`port ${address?.port}`);
});
