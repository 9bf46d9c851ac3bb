import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { canWriteDirectly, DirectWriter } from "../../../core/gateway/direct_writer.ts";
import { until } from "../sim/support/until.ts";

/** A connection: what a server holds of it, and the client's end, which reads when told to. */
async function withConnection(
  act: (socket: Socket, client: Socket) => Promise<void>,
): Promise<void> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [socket] = await once(server, "connection") as [Socket];
  // A cut connection is what one of the tests is about.
  for (const end of [socket, client]) end.on("error", () => {});
  try {
    await act(socket, client);
  } finally {
    client.destroy();
    socket.destroy();
    server.close();
    await once(server, "close");
  }
}

Deno.test("A direct write needs what this runtime has", () => {
  assert.equal(canWriteDirectly, true);
});

Deno.test("Direct writes and those of the stream arrive in their order, read or not", async () => {
  await withConnection(async (socket, client) => {
    const writer = new DirectWriter(socket);
    const sent: Buffer[] = [];
    const say = (bytes: Buffer, isDirect: boolean) => {
      sent.push(bytes);
      if (isDirect) return writer.write(bytes);
      socket.write(bytes);
      writer.streamWritten();
    };
    const frame = (n: number, length: number) => Buffer.alloc(length, `${n};`);
    client.pause();
    // Until the kernel takes no more, and then some.
    for (let n = 0; n < 40 || writer.unsentBytes < 1_000_000; n++) {
      say(frame(n, 1 + n % 7 * 40_000), n % 5 !== 3);
    }
    assert.ok(writer.unsentBytes > 0);
    const got: Buffer[] = [];
    client.on("data", (bytes: Buffer) => got.push(bytes));
    client.resume();
    await until(() => writer.unsentBytes === 0, "everything taken");
    say(frame(99, 10), true);
    assert.equal(writer.unsentBytes, 0, "the kernel took it at once");
    const wanted = Buffer.concat(sent);
    await until(() => got.reduce((sum, { length }) => sum + length, 0) >= wanted.length, "all");
    assert.ok(Buffer.concat(got).equals(wanted));
  });
});

Deno.test("A direct write to a peer that is gone ends the socket", async () => {
  await withConnection(async (socket, client) => {
    const writer = new DirectWriter(socket);
    client.resetAndDestroy();
    await until(() => {
      if (!socket.destroyed) writer.write(Buffer.alloc(100_000));
      return socket.destroyed;
    }, "the end of the socket");
  });
});

Deno.test("A direct write to a socket that was ended goes nowhere", async () => {
  await withConnection(async (socket, client) => {
    const writer = new DirectWriter(socket);
    let received = 0;
    client.on("data", ({ length }: Buffer) => received += length);
    writer.write(Buffer.alloc(10));
    await until(() => received === 10, "what was written before");
    socket.destroy();
    // Before and after the runtime has closed what the writer holds of it.
    writer.write(Buffer.alloc(100));
    await once(socket, "close");
    writer.write(Buffer.alloc(100));
    await once(client, "close");
    assert.equal(received, 10);
    assert.equal(writer.unsentBytes, 0);
  });
});
