import assert from "node:assert/strict";
import type { SimService } from "../../../core/sim/service.ts";
import { bearer, hubUrl, negotiate, RawClient, tokenOf } from "./support/raw_client.ts";
import { until } from "./support/until.ts";
import { withService } from "./support/with_service.ts";

function hub(name: string, body: (sim: SimService) => Promise<void>): void {
  Deno.test(name, () => withService({}, body));
}

async function status(url: string, init?: RequestInit): Promise<number> {
  const response = await fetch(url, init);
  await response.body?.cancel();
  return response.status;
}

for (const method of ["GET", "POST"]) {
  hub(`Negotiate by ${method} answers the figures of the service`, async (sim) => {
    const headers = bearer(await tokenOf(sim.url));
    const body = await (await fetch(hubUrl(sim.url, "negotiate"), { method, headers })).json();
    const { ConnectionToken, ConnectionId, ...rest } = body;
    assert.match(ConnectionId, /^[0-9a-f-]{36}$/);
    for (const sign of "+/=") assert.ok(ConnectionToken.includes(sign));
    assert.deepEqual(rest, {
      Url: "/v2.0/signalr",
      KeepAliveTimeout: 20,
      DisconnectTimeout: 30,
      ConnectionTimeout: 110,
      TryWebSockets: true,
      ProtocolVersion: "1.3",
      TransportConnectTimeout: 5,
      LongPollDelay: 0,
    });
  });
}

hub("The protocol version is clamped to 1.3 through 1.5", async (sim) => {
  const headers = bearer(await tokenOf(sim.url));
  const wanted = { "1.2": "1.3", "1.3": "1.3", "1.4": "1.4", "1.5": "1.5", "2.1": "1.5", x: "1.3" };
  for (const [clientProtocol, version] of Object.entries(wanted)) {
    const url = hubUrl(sim.url, "negotiate", { clientProtocol });
    assert.equal((await (await fetch(url, { headers })).json()).ProtocolVersion, version);
  }
});

hub("Start and ping answer, start only with both tokens", async (sim) => {
  const token = await tokenOf(sim.url);
  const connectionToken = await negotiate(sim.url, token);
  const url = hubUrl(sim.url, "start", { connectionToken });
  const started = await fetch(url, { headers: bearer(token) });
  assert.deepEqual(await started.json(), { Response: "started" });
  assert.equal(await status(url), 401);
  assert.equal(await status(hubUrl(sim.url, "start"), { headers: bearer(token) }), 400);
  const ping = await fetch(hubUrl(sim.url, "ping"));
  assert.deepEqual(await ping.json(), { Response: "pong" });
});

hub("Negotiate and connect want an access token of ours", async (sim) => {
  const token = await tokenOf(sim.url);
  const [head, body] = token.split(".");
  const connectionToken = await negotiate(sim.url, token);
  const forged = [{}, bearer("x"), bearer(`${head}.${body}.AAAA`), bearer(token.slice(0, -2))];
  for (const headers of forged) {
    assert.equal(await status(hubUrl(sim.url, "negotiate"), { headers }), 401);
    assert.equal(await status(hubUrl(sim.url, "connect", { connectionToken }), { headers }), 401);
  }
});

hub("A malformed connection token is 400", async (sim) => {
  const headers = bearer(await tokenOf(sim.url));
  const good = await negotiate(sim.url, await tokenOf(sim.url));
  // A + that was not percent-encoded arrives as a space.
  for (const connectionToken of ["", "abc", good.replaceAll("+", " "), `A${good.slice(1)}`]) {
    const url = hubUrl(sim.url, "connect", { connectionToken });
    assert.equal(await status(url, { headers }), 400);
  }
});

Deno.test("A connection token of another user is 403", () => {
  const keys = [{ id: "demo", secret: "demo" }, { id: "other", secret: "s" }];
  return withService({ keys }, async (sim) => {
    const connectionToken = await negotiate(sim.url, await tokenOf(sim.url));
    const headers = bearer(await tokenOf(sim.url, "other", "s"));
    assert.equal(await status(hubUrl(sim.url, "start", { connectionToken }), { headers }), 403);
    assert.equal(await status(hubUrl(sim.url, "connect", { connectionToken }), { headers }), 403);
  });
});

hub("Connect refuses an unknown hub, other transports and plain requests", async (sim) => {
  const token = await tokenOf(sim.url);
  const headers = bearer(token);
  const connectionToken = await negotiate(sim.url, token);
  const connect = (extra: Record<string, string>) =>
    status(hubUrl(sim.url, "connect", { connectionToken, ...extra }), { headers });
  assert.equal(await connect({ connectionData: '[{"name":"tea"}]' }), 500);
  assert.equal(await connect({ connectionData: "tea" }), 400);
  assert.equal(await connect({ connectionData: "[null]" }), 400);
  assert.equal(await connect({ transport: "longPolling" }), 400);
  assert.equal(await connect({ transport: "serverSentEvents" }), 400);
  assert.equal(await connect({}), 400);
  assert.equal(await status(hubUrl(sim.url, "tea"), { headers }), 404);
  assert.equal(await status(hubUrl(sim.url, "abort"), { headers }), 405);
});

hub("Abort ends the connection for good", async (sim) => {
  const client = await RawClient.connect(sim);
  const { connectionToken, token } = client;
  const url = hubUrl(sim.url, "abort", { connectionToken });
  assert.equal(await status(url, { method: "POST", headers: bearer(token) }), 200);
  await until(() => client.closeCode !== null, "close");
  assert.equal(sim.stats().connected, 0);
});

Deno.test("An expired token is 401 in REST bodies and on negotiate, its open socket stays", () => {
  let nowMs = Date.UTC(2026, 10, 20, 3);
  return withService({ clock: { nowMs: () => nowMs }, tokenLifeMs: 60_000 }, async (sim) => {
    const client = await RawClient.connect(sim);
    const ask = async () => {
      const init = { headers: bearer(client.token) };
      const response = await fetch(`${sim.url}/api/v2/Market/IndexList`, init);
      return [response.status, (await response.json()).status];
    };
    nowMs += 59_000;
    assert.deepEqual(await ask(), [200, "Success"]);
    nowMs += 1_000;
    assert.deepEqual(await ask(), [200, 401]);
    const headers = bearer(client.token);
    assert.equal(await status(hubUrl(sim.url, "negotiate"), { headers }), 401);
    assert.equal((await client.switchChannels("X:AAA")).I, "1");
    await client.close();
  });
});

hub("Revoked tokens are refused, later ones work", async (sim) => {
  const old = bearer(await tokenOf(sim.url));
  sim.revokeTokens();
  assert.equal(await status(hubUrl(sim.url, "negotiate"), { headers: old }), 401);
  const fresh = bearer(await tokenOf(sim.url));
  assert.equal(await status(hubUrl(sim.url, "negotiate"), { headers: fresh }), 200);
});
