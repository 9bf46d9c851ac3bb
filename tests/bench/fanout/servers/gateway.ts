import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { SUBPROTOCOL } from "../../../../core/wire/frames.ts";
import type { BenchHub } from "../bench_hub.ts";
import { PrototypeLink } from "./prototype_link.ts";

/** Listens for sockets of a hub as a gateway does, and gives the port; 0 takes a free one. */
export async function listenGateway(hub: BenchHub, port: number): Promise<number> {
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
  server.on("connection", (socket) => socket.setNoDelay(true));
  server.on("upgrade", (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const link = new PrototypeLink(`${count++}`, socket, ws);
      ws.on("error", () => ws.terminate());
      ws.on("close", () => hub.leave(link));
      ws.on("message", (data) => hub.receive(link, String(data)));
      hub.join(link);
    });
  });
  const address = { port, host: "127.0.0.1", backlog: 4_096, reusePort: true };
  await new Promise<void>((resolve) => server.listen(address, resolve));
  return (server.address() as { port: number }).port;
}
