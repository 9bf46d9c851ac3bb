import assert from "node:assert/strict";
import { withApp } from "../support/app.ts";
import { RawClient } from "../core/gateway/raw_client.ts";
import { askRaw } from "../support/raw_http.ts";

const UPGRADE = {
  connection: "Upgrade, close",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": btoa("0123456789abcdef"),
};

Deno.test("The front door", async (t) => {
  await withApp({ CORS_ORIGINS: "https://board.example.vn" }, async ({ port, lines }) => {
    await t.step("A Host that makes no address is the client's fault, and no news", async () => {
      for (const host of ["a b", "[", "a:b:c", "x:99999", "%"]) {
        const answer = await askRaw(port, { target: "/health", host });
        assert.equal(answer?.status, 400, host);
        assert.match(answer.headers.get("content-type")!, /problem\+json/);
        assert.ok(!answer.body.includes(`"${host}"`));
      }
      assert.deepEqual(lines, []);
    });

    await t.step("A page elsewhere whose name points here gets nothing", async () => {
      for (const target of ["/", "/health", "/api/market/snapshot", "/favicon.svg"]) {
        for (const host of ["evil.example", `localhost.evil.example:${port}`, "192.168.1.7"]) {
          const answer = await askRaw(port, { target, host });
          assert.equal(answer?.status, 421, `${host}${target}`);
          assert.equal(JSON.parse(answer.body).code, "WRONG_HOST");
          assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
        }
      }
      const origin = "http://evil.example";
      const headers = { ...UPGRADE, origin };
      const socket = await askRaw(port, { target: "/ws/market", host: "evil.example", headers });
      assert.equal(socket?.status, 421);
    });

    await t.step(
      "This machine's own names and those of configured origins are answered",
      async () => {
        const hosts = ["localhost", `127.0.0.1:${port}`, "[::1]:8000", "board.example.vn", null];
        for (const host of hosts) {
          assert.equal((await askRaw(port, { target: "/livez", host }))?.status, 200, String(host));
        }
      },
    );

    await t.step(
      "A socket in another version of the protocol is told which one is spoken",
      async () => {
        const headers = { ...UPGRADE, "sec-websocket-version": "8" };
        const answer = await askRaw(port, { target: "/ws/market", headers });
        assert.equal(answer?.status, 426);
        assert.equal(answer.headers.get("sec-websocket-version"), "13");
      },
    );

    await t.step(
      "X-Forwarded-For changes nothing about who counts for how many sockets",
      async () => {
        const clients = [];
        for (let i = 0; i < 6; i++) {
          const client = await RawClient.connect(port);
          clients.push(client);
          const headers = { host: "localhost", "x-forwarded-for": `10.0.0.${i}` };
          assert.equal((await client.upgrade("/ws/market", headers)).status, 101);
          const { type } = JSON.parse((await client.frame())!.text);
          assert.equal(type, i < 5 ? "status" : "error");
        }
        for (const client of clients) client[Symbol.dispose]();
      },
    );
  });
});
