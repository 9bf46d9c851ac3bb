import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { canWriteDirectly, DirectWriter } from "../../../core/gateway/direct_writer.ts";
import { libc } from "../../../core/gateway/libc.ts";
import { descriptorOf, nameSockets } from "../../../core/gateway/named_sockets.ts";
import { until } from "../sim/support/until.ts";

/** A connection: what a server holds of it, and the client's end, which reads when told to. */
async function withConnection(
  act: (socket: Socket, client: Socket) => Promise<void>,
  isNamed = false,
): Promise<void> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  if (isNamed) nameSockets(server);
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

Deno.test("Direct writes by descriptor need what this machine has", {
  ignore: Deno.build.os !== "linux",
}, () => {
  assert.notEqual(libc, null);
});

for (const isNamed of [false, true]) {
  const how = isNamed ? "by the kernel's own call" : "by the runtime";
  Deno.test(`${how}: direct writes and those of the stream arrive in their order, read or not`, async () => {
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
    }, isNamed);
  });

  Deno.test(`${how}: a direct write to a peer that is gone ends the socket`, async () => {
    await withConnection(async (socket, client) => {
      const writer = new DirectWriter(socket);
      client.resetAndDestroy();
      await until(() => {
        if (!socket.destroyed) writer.write(Buffer.alloc(100_000));
        return socket.destroyed;
      }, "the end of the socket");
    }, isNamed);
  });

  Deno.test(`${how}: a direct write to a socket that was ended goes nowhere`, async () => {
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
    }, isNamed);
  });
}

Deno.test(
  "A number that went to somebody else is not written to",
  { ignore: libc === null },
  async () => {
    await withConnection(async (socket) => {
      const { _handle: handle } = socket as Socket & { readonly _handle: object };
      const writer = new DirectWriter(socket);
      const descriptor = descriptorOf(handle, writer);
      const path = await Deno.makeTempFile();
      socket.destroy();
      await once(socket, "close");
      // Each gets the lowest number that is free, and soon that one.
      const files: Deno.FsFile[] = [];
      do files.push(await Deno.open(path, { append: true })); while (nameOf(descriptor) !== path);
      writer.write(Buffer.from("not for a file"));
      assert.equal(await Deno.readTextFile(path), "");
      files.forEach((file) => file.close());
      await Deno.remove(path);
    }, true);
  },
);

Deno.test(
  "Connections that come at once are all named and answered",
  { ignore: libc === null },
  async () => {
    const server = createServer();
    server.listen({ port: 0, host: "127.0.0.1", backlog: 512 });
    await once(server, "listening");
    nameSockets(server);
    const holder = { descriptorLost() {} };
    const descriptors = new Set<number>();
    server.on("connection", (socket: Socket & { readonly _handle: object }) => {
      const descriptor = descriptorOf(socket._handle, holder);
      descriptors.add(descriptor);
      assert.ok(libc!.send(descriptor, Buffer.from(`${socket.remotePort}`)) > 0);
      socket.end();
    });
    const { port } = server.address() as AddressInfo;
    await Promise.all(Array.from({ length: 200 }, async () => {
      const client = connect(port, "127.0.0.1");
      const [text] = await once(client, "data");
      assert.equal(String(text), `${client.localPort}`);
      await once(client, "close");
    }));
    assert.ok(!descriptors.has(-1));
    server.close();
    await once(server, "close");
  },
);

/** What a descriptor of this process is open on; null while it is nobody's. */
function nameOf(descriptor: number): string | null {
  try {
    return Deno.readLinkSync(`/proc/self/fd/${descriptor}`);
  } catch (error) {
    assert.ok(error instanceof Deno.errors.NotFound);
    return null;
  }
}
