import assert from "node:assert/strict";
import { RawClient } from "./raw_client.ts";
import { until } from "./test_server.ts";

/** What a program may hold open, and twice that of connections that say nothing. */
const DESCRIPTORS = 100;
const CONNECTIONS = 2 * DESCRIPTORS;

/** A program that has run out of descriptors. */
interface Scarce {
  readonly port: number;
  output(): string;
  /** Descriptors that it holds. */
  held(): number;
  /** Ends the connections. */
  leave(): void;
}

async function withScarce(
  way: string,
  act: (program: Scarce) => Promise<void>,
): Promise<void> {
  const { pathname } = new URL("scarce_program.ts", import.meta.url);
  const run = `ulimit -n ${DESCRIPTORS}; exec "$0" run --frozen --quiet --no-check -A "$1" "$2"`;
  const child = new Deno.Command("/bin/sh", {
    args: ["-c", run, Deno.execPath(), pathname, way],
    stdout: "piped",
  }).spawn();
  let output = "";
  const decoder = new TextDecoder();
  const reading = child.stdout.pipeTo(
    new WritableStream({ write: (bytes) => void (output += decoder.decode(bytes)) }),
  );
  const connections: Deno.TcpConn[] = [];
  const leave = () => connections.splice(0).forEach((connection) => connection.close());
  try {
    await until(() => /port \d+/.test(output), "the program listens");
    const port = Number(/port (\d+)/.exec(output)![1]);
    await connectTo(port, connections);
    const held = () => [...Deno.readDirSync(`/proc/${child.pid}/fd`)].length;
    await act({ port, output: () => output, held, leave });
  } finally {
    leave();
    child.kill("SIGKILL");
    await child.status;
    await reading;
  }
}

async function connectTo(port: number, connections: Deno.TcpConn[]): Promise<void> {
  try {
    while (connections.length < CONNECTIONS) {
      connections.push(await Deno.connect({ hostname: "127.0.0.1", port }));
    }
  } catch (error) {
    // Nobody listens for now, or no more.
    const { ConnectionRefused, ConnectionReset } = Deno.errors;
    assert.ok(error instanceof ConnectionRefused || error instanceof ConnectionReset, `${error}`);
  }
}

const ignore = Deno.build.os !== "linux";

for (
  const [way, path, answer] of [
    ["pages", "/", "here"],
    ["sim", "/", '{"message":"Not found"}'],
    ["health", "/livez", '{"status":"alive"}'],
  ] as const
) {
  Deno.test({
    name: `${way}: a port that the runtime gave up for want of descriptors is found again`,
    ignore,
    fn: () =>
      withScarce(way, async ({ port, output, leave }) => {
        await until(() => output().includes("port_lost"), "the port is lost");
        leave();
        await until(() => output().includes("port_found"), "the port is found");
        assert.equal(await (await fetch(`http://127.0.0.1:${port}${path}`)).text(), answer);
      }),
  });
}

for (const way of ["ws", "native"] as const) {
  Deno.test({
    name: `${way}: a gateway that had no descriptor left takes sockets again`,
    ignore,
    fn: () =>
      withScarce(way, async ({ port, held, leave }) => {
        // The last one comes and goes, as a connection may need two for a moment.
        await until(() => held() >= DESCRIPTORS - 1, "every descriptor is taken");
        leave();
        using client = await RawClient.connect(port);
        const asked = { "sec-websocket-protocol": "vnstock.v1.json" };
        assert.equal((await client.upgrade("/ws", asked)).status, 101);
      }),
  });
}
