import assert from "node:assert/strict";
import { startSimService } from "../../../core/sim/service.ts";
import { createDay } from "../../../core/exchange/day.ts";
import { hubUrl, negotiate, RawClient, tokenOf } from "./support/raw_client.ts";
import { until } from "./support/until.ts";
import { second, withService } from "./support/with_service.ts";

const REAL = { openDay: createDay };

Deno.test("The simulated exchange is served: VN30 members, futures and a thousand symbols", () =>
  withService(REAL, async (sim) => {
    const headers = { Authorization: `Bearer ${await tokenOf(sim.url)}` };
    const get = async (path: string) =>
      await (await fetch(`${sim.url}/api/v2/Market/${path}`, { headers })).json();
    const vn30 = await get("IndexComponents?indexCode=VN30&pageSize=100");
    assert.equal(vn30.data[0].IndexComponent.length, 30);
    const futures = await get("Securities?market=DER");
    assert.ok(futures.data.some(({ Symbol }: { Symbol: string }) => Symbol === "41I1GC000"));
    const all = await get("SecuritiesDetails?pageSize=1000&pageIndex=2");
    assert.ok(all.totalRecord >= 1600);
    assert.equal(all.data[0].RepeatedInfo.length, all.totalRecord - 1000);
  }));

Deno.test("Only loopback addresses are listened on", async () => {
  const options = { port: 0, seed: 1, scenario: "normal", speed: 1, start: "open" } as const;
  await assert.rejects(
    startSimService({ ...options, hostname: "0.0.0.0" }),
    { name: "RangeError", message: /0\.0\.0\.0.*loopback/ },
  );
});

Deno.test("A port in use is one clear message", () =>
  withService({}, async (sim) => {
    const port = Number(new URL(sim.url).port);
    const options = { port, seed: 1, scenario: "normal", speed: 1, start: "open" } as const;
    await assert.rejects(
      startSimService(options),
      { message: `Cannot listen on 127.0.0.1:${port}: the port is in use` },
    );
  }));

Deno.test("A client that never reads loses messages, is counted, and does not hold up the end", async () => {
  let deaf: Deno.Conn | null = null;
  await withService(REAL, async (sim) => {
    deaf = await deafClient(sim.url, await tokenOf(sim.url));
    await until(() => sim.stats().connected === 1, "connection");
    for (let n = 0; n < 8; n++) await deaf.write(textFrame(invocation("ALL")));
    await until(() => sim.stats().droppedMessages > 0, "dropped messages");
    const reader = await RawClient.connect(sim);
    await reader.switchChannels("MI:VN30");
    await sim.stepTo(second("09:15:05"));
    await until(() => reader.delivered.length >= 2, "messages of a healthy client");
    await reader.close();
  });
  // Only now does the client read: all that was under way, then the end of the connection.
  await deaf!.readable.pipeTo(new WritableStream());
});

function invocation(channels: string): string {
  return JSON.stringify({ H: "FcMarketDataV2Hub", M: "SwitchChannels", A: [channels], I: 1 });
}

/** A masked text frame (the mask is zero) of less than 64 KB. */
function textFrame(text: string): Uint8Array {
  const payload = new TextEncoder().encode(text);
  assert.ok(payload.length < 126);
  return new Uint8Array([0x81, 0x80 | payload.length, 0, 0, 0, 0, ...payload]);
}

/** Opens a WebSocket by hand and never reads from it. */
async function deafClient(url: string, token: string): Promise<Deno.Conn> {
  const target = new URL(hubUrl(url, "connect", { connectionToken: await negotiate(url, token) }));
  const connection = await Deno.connect({ hostname: target.hostname, port: Number(target.port) });
  await connection.write(new TextEncoder().encode(
    `GET ${target.pathname}${target.search} HTTP/1.1\r\nHost: ${target.host}\r\n` +
      `Authorization: Bearer ${token}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
  ));
  return connection;
}
