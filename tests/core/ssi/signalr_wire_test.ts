import assert from "node:assert/strict";
import {
  callUrl,
  connectUrl,
  negotiateUrl,
  readNegotiation,
  switchChannelsText,
} from "../../../core/ssi/signalr_wire.ts";

const BASE = "https://hub.example/v2.0/signalr";

Deno.test("signalr wire - connection tokens keep their + / and = on the way", () => {
  const token = "a+b/c==&d %";
  for (const text of [connectUrl(BASE, token, 3), callUrl(BASE, "start", token)]) {
    assert.equal(new URL(text).searchParams.get("connectionToken"), token);
  }
});

Deno.test("signalr wire - addresses carry what the hub asks for", () => {
  const connect = new URL(connectUrl(BASE, "t", 10));
  assert.equal(connect.protocol, "wss:");
  assert.equal(connect.pathname, "/v2.0/signalr/connect");
  assert.equal(connect.searchParams.get("transport"), "webSockets");
  assert.equal(connect.searchParams.get("clientProtocol"), "1.3");
  assert.equal(connect.searchParams.get("connectionData"), '[{"name":"fcmarketdatav2hub"}]');
  assert.equal(connect.searchParams.get("tid"), "10");
  assert.equal(new URL(connectUrl("http://127.0.0.1:1/x", "t", 0)).protocol, "ws:");
  assert.ok(
    negotiateUrl(BASE).startsWith(`${BASE}/negotiate?clientProtocol=1.3&connectionData=%5B`),
  );
});

Deno.test("signalr wire - the negotiation gives token and keep-alive time, whatever the case", () => {
  assert.deepEqual(
    readNegotiation('{"ConnectionToken":"x","KeepAliveTimeout":20.0,"ProtocolVersion":"1.3"}'),
    { connectionToken: "x", keepAliveMs: 20_000, protocolVersion: "1.3" },
  );
  assert.deepEqual(readNegotiation('{"connectiontoken":"x","KeepAliveTimeout":null}'), {
    connectionToken: "x",
    keepAliveMs: null,
    protocolVersion: null,
  });
  for (const text of ["<html>", "{}", '{"ConnectionToken":""}', "[]", "null"]) {
    assert.equal(readNegotiation(text), null, text);
  }
});

Deno.test("signalr wire - SwitchChannels is one invocation with one text", () => {
  assert.deepEqual(JSON.parse(switchChannelsText("F:ALL,MI:ALL", 2)), {
    H: "FcMarketDataV2Hub",
    M: "SwitchChannels",
    A: ["F:ALL,MI:ALL"],
    I: 2,
  });
});
