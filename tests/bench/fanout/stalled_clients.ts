/**
 * Clients that ask for everything and never read: `stalled_clients.ts PORT COUNT HEADERS FIRST`.
 * Prints a line once all are connected, and holds them until it is ended.
 */
import { Buffer } from "node:buffer";
import { askUpgrade, sendText, UPGRADED } from "./raw_socket.ts";

const [port, count, headers, first] = Deno.args as [string, string, string, string];
const connections: Deno.TcpConn[] = [];
for (let opened = 0; opened < Number(count); opened++) connections.push(await open());
console.log("open");
for await (const _ of Deno.stdin.readable);
for (const connection of connections) connection.close();

async function open(): Promise<Deno.TcpConn> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  await askUpgrade(connection, { port, path: "/ws", headers });
  const answer = Buffer.alloc(UPGRADED.length);
  await connection.read(answer);
  if (answer.toString() !== UPGRADED) throw new Error(`Refused: ${answer}`);
  if (first !== "") await sendText(connection, first);
  return connection;
}
