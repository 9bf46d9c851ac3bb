/** What a Deno application gets without more ado: `Deno.upgradeWebSocket` and a loop. */
import { readTexts } from "./texts.mjs";

const textFor: (order: string) => string = readTexts(Deno.args);
const sockets = new Set<WebSocket>();

function upgrade(request: Request): Response {
  const { socket, response } = Deno.upgradeWebSocket(request);
  socket.onopen = () => sockets.add(socket);
  socket.onclose = () => sockets.delete(socket);
  socket.onmessage = ({ data }) => {
    const text = textFor(data);
    for (const one of sockets) one.send(text);
  };
  return response;
}

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(`port ${port}`),
}, upgrade);
