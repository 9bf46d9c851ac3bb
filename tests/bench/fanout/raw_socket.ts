import { Buffer } from "node:buffer";

/** How the answer to an upgrade begins. */
export const UPGRADED = "HTTP/1.1 101";

/** Asks for an upgrade; each of the headers ends in a line end. */
export async function askUpgrade(
  socket: Deno.TcpConn,
  { port, path, headers }: {
    readonly port: string;
    readonly path: string;
    readonly headers: string;
  },
): Promise<void> {
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\n` +
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
    `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers}\r\n`;
  await socket.write(Buffer.from(request));
}

/** Sends a text of a client; a mask of zeros leaves it as it is. */
export async function sendText(socket: Deno.TcpConn, text: string): Promise<void> {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? [0x81, 0x80 | length] : [0x81, 0xfe, length >> 8, length & 255];
  await socket.write(Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), Buffer.from(text)]));
}
