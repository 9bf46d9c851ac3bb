import assert from "node:assert/strict";
import { Secret } from "../../../core/secret.ts";
import { TestServer } from "./test_server.ts";

const TOKEN = "s3cret-token";
const PLAIN_PATHS = ["/ws/market", "/ws/foreign", "/ws/index", "/ws/alerts", "/ws/stocks/FPT"];

Deno.test("A plain client without the token is told inside the socket and closed with 1008 (F-109, F-110, F-160, B-36)", async () => {
  await using server = TestServer.started({ wsAuthToken: new Secret(TOKEN) });
  for (const path of [...PLAIN_PATHS, "/ws/market?token=wrong-token"]) {
    const client = server.connect(path);
    const message = await client.next();
    assert.deepEqual([message.type, message.code], ["error", "UNAUTHENTICATED"]);
    assert.equal((await client.closed).code, 1008);
  }
  const good = server.connect(`/ws/market?token=${TOKEN}`);
  assert.equal((await good.next()).type, "status");
  assert.ok(!server.lines.join().includes(TOKEN));
});

Deno.test("A v1 client without the token is closed with 4001; the ticket or the token lets it in (F-109, F-167)", async () => {
  await using server = TestServer.started({ wsAuthToken: new Secret(TOKEN) });
  const withToken = (token: string) => {
    const bearer = btoa(token).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    return server.connect("/ws", ["vnstock.v1.json", `base64url.bearer.vnstock.${bearer}`]);
  };
  const refused = withToken("wrong-token");
  assert.equal((await refused.next()).code, "UNAUTHENTICATED");
  assert.equal((await refused.closed).code, 4001);
  const oneTime = server.services.admission.issueTicket()!;
  for (const token of [TOKEN, server.services.pageTicket(), oneTime]) {
    const client = withToken(token);
    assert.equal((await client.next()).auth, false);
    assert.equal(client.socket.protocol, "vnstock.v1.json");
  }
  assert.equal((await withToken(oneTime).closed).code, 4001);
});

Deno.test("A v1 client may say its token first; before that it is told nothing, and a ticket serves once", async () => {
  await using server = TestServer.started({ wsAuthToken: new Secret(TOKEN) });
  const token = server.services.admission.issueTicket()!;
  const client = server.connectV1();
  assert.equal((await client.next()).auth, true);
  client.say({ op: "sub", id: 1, c: ["index"] });
  assert.equal((await client.next()).code, "UNAUTHENTICATED");
  client.say({ op: "auth", id: 2, token });
  assert.equal((await client.next()).k, "ok");
  client.say({ op: "sub", id: 3, c: ["index"] });
  assert.deepEqual((await client.next()).map(({ k }: { k: string }) => k), ["ok", "st", "s"]);
  const second = server.connectV1();
  await second.next();
  second.say({ op: "auth", id: 1, token });
  assert.equal((await second.closed).code, 4001);
});
