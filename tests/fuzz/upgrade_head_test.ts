import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { readUpgradeHead } from "../../core/gateway/upgrade_head.ts";
import { RawClient } from "../core/gateway/raw_client.ts";

const RUNS = 500;
/** Of the runs, how many at least are to be requests that we read ourselves. */
const READ_MIN = RUNS / 5;

const BASE = [
  "GET /ws HTTP/1.1",
  "Host: board.test:8000",
  "Connection: Upgrade",
  "Upgrade: websocket",
];
const ODD = fc.constantFrom(
  "\r",
  "\n",
  "\0",
  "\t",
  " ",
  ":",
  ",",
  "\x7f",
  "\x80",
  "\xff",
  '"',
  "#",
);
const printable = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code));
const text = (most: number) =>
  fc.array(fc.oneof({ weight: 20, arbitrary: printable }, ODD), { maxLength: most })
    .map((letters) => letters.join(""));
const name = fc.oneof(
  fc.constantFrom("X-A", "x-a", "Cookie", "Origin", "Connection", "Content-Length", "Expect"),
  fc.stringMatching(/^[\w!#$%&'*+.^`|~-]{1,12}$/),
  text(8),
);
const header = fc.tuple(name, fc.constantFrom(":", ": ", ":\t "), text(30))
  .map((parts) => parts.join(""));
const request = fc.record({
  target: fc.oneof(fc.constant("/ws"), text(20).map((rest) => `/${rest}`)),
  headers: fc.array(header, { maxLength: 4 }),
  at: fc.nat(4),
}).map(({ target, headers, at }) => {
  const lines = [`GET ${target} HTTP/1.1`, ...BASE.slice(1)];
  lines.splice(1 + at, 0, ...headers);
  return Buffer.from([...lines, "", ""].join("\r\n"), "latin1");
});

Deno.test("A head that is read here is read by node:http in the same way, whatever it says", async () => {
  const seen: IncomingMessage[] = [];
  const server = createServer();
  server.on("upgrade", (message, socket) => {
    seen.push(message);
    socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  let read = 0;
  try {
    await fc.assert(
      fc.asyncProperty(request, async (bytes) => {
        const head = readUpgradeHead(bytes);
        if (head === null) return;
        read++;
        using client = await RawClient.connect(port);
        await client.write(bytes);
        await client.head();
        const message = seen.pop();
        assert.ok(message, "node:http takes it for no upgrade");
        const { method, url, headers } = message;
        assert.deepEqual(
          { ...head, headers: { ...head.headers } },
          { method, url, headers: { ...headers } },
        );
      }),
      { numRuns: RUNS },
    );
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
  assert.ok(read > READ_MIN, `${read} of ${RUNS} were read here`);
});
