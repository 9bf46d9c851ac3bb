/** Bun's own publish to a topic; with `--deflate` compressed. */
import { readTexts } from "./texts.mjs";

const isDeflated = process.argv.includes("--deflate");
const textFor = readTexts(process.argv.slice(2).filter((path) => path !== "--deflate"));
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: (request, self) => self.upgrade(request) ? undefined : new Response(null, { status: 426 }),
  websocket: {
    perMessageDeflate: isDeflated ? { compress: "shared", decompress: "shared" } : false,
    backpressureLimit: 64 * 1_024 * 1_024,
    open: (socket) => socket.subscribe("all"),
    message: (_, order) => void server.publish("all", textFor(order), isDeflated),
  },
});
console.log(`port ${server.port}`);
