import assert from "node:assert/strict";
import { CONNECTIONS_PER_WINDOW } from "../../core/gateway/connection_rate.ts";
import type { ServerFrame } from "../../core/wire/frames.ts";
import { RawClient } from "../core/gateway/raw_client.ts";
import { until } from "../core/gateway/test_server.ts";
import { withApp } from "../support/app.ts";

const PER_ADDRESS = 5;
const ADDRESSES = 60;
const CROWD = 100;

/** A client at an address, as a proxy on this machine tells it. */
async function connect(port: number, address: string) {
  const client = await RawClient.connect(port);
  const { status, head } = await client.upgrade("/ws", {
    host: `127.0.0.1:${port}`,
    "sec-websocket-protocol": "vnstock.v1.json",
    "x-forwarded-for": `198.51.100.1, ${address}`,
  });
  return { client, status, head };
}

/** The next frames; the close code when the server closes. */
async function framesOf(client: RawClient): Promise<ServerFrame[]> {
  const frame = await client.frame();
  assert.equal(frame?.opcode, 1);
  return [JSON.parse(frame!.text)].flat();
}

/** Connects, subscribes and says what it got. */
async function board(port: number, address: string) {
  const { client, status } = await connect(port, address);
  assert.equal(status, 101);
  await client.say('{"op":"sub","id":1,"c":["board:vn30"]}');
  const kinds: string[] = [];
  while (!kinds.includes("s")) kinds.push(...(await framesOf(client)).map(({ k }) => k));
  assert.equal(kinds[0], "hello");
  return client;
}

/** A connection beyond what its address may have: told inside the socket, or with when to come back. */
async function refused(port: number, address: string): Promise<"told" | "answered"> {
  const { client, status, head } = await connect(port, address);
  using _ = client;
  if (status === 429) {
    assert.match(head, /^retry-after: \d+\r$/im);
    return "answered";
  }
  assert.equal(status, 101);
  const [error] = await framesOf(client);
  assert.ok(error?.k === "err" && error.code === "RATE_LIMITED");
  assert.equal((await client.frame())?.opcode, 8);
  return "told";
}

Deno.test("F19: everybody who comes back at once is served, a crowd at one address is told and counted, without any database", async () => {
  const env = {
    DATABASE_URL: "off",
    SIM_START: "open",
    TRUSTED_HOPS: "1",
    WS_MAX_CONNECTIONS_PER_IP: String(PER_ADDRESS),
  };
  await withApp(env, async ({ port, services }) => {
    const { admission, hub } = services;
    const addresses = Array.from({ length: ADDRESSES }, (_, i) => `203.0.113.${i}`);
    const everybody = addresses.flatMap((address) => new Array<string>(PER_ADDRESS).fill(address));
    for (let storm = 1; storm <= 2; storm++) {
      const clients = await Promise.all(everybody.map((address) => board(port, address)));
      assert.equal(admission.open.links, everybody.length);
      assert.equal(admission.open.addresses, ADDRESSES);
      const crowd = Array.from({ length: CROWD }, () => refused(port, addresses[0]!));
      const ends = await Promise.all(crowd);
      assert.ok(ends.includes("told"));
      assert.equal(services.metrics().ws_refused_address_total, storm * CROWD);
      for (const client of clients) client[Symbol.dispose]();
      await until(
        () => admission.open.links + admission.open.refused + hub.links === 0,
        "no client",
      );
    }
    assert.equal(services.metrics().ws_admitted_total, 2 * everybody.length);
    // What this address has used of its rate: its own places and the crowd, twice.
    const used = 2 * (PER_ADDRESS + CROWD);
    for (let i = used; i < CONNECTIONS_PER_WINDOW; i++) {
      (await connect(port, addresses[0]!)).client[Symbol.dispose]();
      await until(() => admission.open.links === 0, "a free place");
    }
    assert.equal(await refused(port, addresses[0]!), "told");
    assert.equal(services.metrics().ws_refused_rate_total, 1);
    (await board(port, addresses[1]!))[Symbol.dispose]();
  });
});
