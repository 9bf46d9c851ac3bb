/**
 * Clients that ask for everything and never read: `stalled_clients.ts PORT COUNT HEADERS FIRST`.
 * Prints a line once all are connected, and holds them until it is ended.
 */
import { Buffer } from "node:buffer";

const [port, count, headers, first] = Deno.args as [string, string, string, string];
const UPGRADED = "HTTP/1.1 101";
const connections: Deno.TcpConn[] = [];
for (let opened = 0; opened < Number(count); opened++) connections.push(await open());
console.log("open");
for await (const _ of Deno.stdin.readable);
for (const connection of connections) connection.close();

async function open(): Promise<Deno.TcpConn> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  const request = `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\n` +
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
    `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers}\r\n`;
  await connection.write(Buffer.from(request));
  const answer = Buffer.alloc(UPGRADED.length);
  await connection.read(answer);
  if (answer.toString() !== UPGRADED) throw new Error(`Refused: ${answer}`);
  if (first !== "") await connection.write(maskedFrame(first));
  return connection;
}

/** A mask of zeros leaves the text as it is. */
function maskedFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? [0x81, 0x80 | length] : [0x81, 0xfe, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), Buffer.from(text)]);
}
