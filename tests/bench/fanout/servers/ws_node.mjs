/** `ws` on Node, each message one Buffer for all; with `--deflate` each socket compresses it. */
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { readTexts } from "./texts.mjs";

const isDeflated = process.argv.includes("--deflate");
const textFor = readTexts(process.argv.slice(2).filter((path) => path !== "--deflate"));
const server = createServer();
const perMessageDeflate = isDeflated && {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  threshold: 0,
};
const sockets = new WebSocketServer({ server, perMessageDeflate });
sockets.on("connection", (socket) => {
  // The load client ends without a close frame.
  socket.on("error", () => socket.terminate());
  socket.on("message", (order) => {
    const bytes = Buffer.from(textFor(order));
    for (const client of sockets.clients) client.send(bytes, { binary: false });
  });
});
server.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 }, () => {
  process.stdout.write(`port ${server.address().port}\n`);
});
