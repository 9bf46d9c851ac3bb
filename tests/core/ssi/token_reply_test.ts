import assert from "node:assert/strict";
import {
  parseLowerKeys,
  readTokenReply,
  replyProblem,
  shortText,
  tokenLifeMs,
} from "../../../core/ssi/token_reply.ts";

const NOW_MS = Date.UTC(2026, 10, 20, 1);
const HOUR_MS = 3_600_000;

/** A token with the given claims; the signature is nobody's. */
function jwt(claims: Record<string, unknown>): string {
  const part = (value: unknown) =>
    btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `${part({ alg: "RS256" })}.${part(claims)}.c2ln`;
}

const success = (token: string) =>
  JSON.stringify({ message: "Success", status: 200, data: { accessToken: token } });

Deno.test("token reply - a non-empty accessToken is a success, whatever the case of the keys (F-014)", () => {
  const token = jwt({ exp: NOW_MS / 1000 + 8 * 3600 });
  for (const text of [success(token), `{"Status":200,"Data":{"AccessToken":"${token}"}}`]) {
    assert.deepEqual(readTokenReply(200, text, NOW_MS), {
      ok: true,
      token,
      lifeMs: 8 * HOUR_MS,
    });
  }
});

Deno.test("token reply - errors under HTTP 200 and real ones are told apart by what helps (F-014)", () => {
  const cases: [number, string, string][] = [
    [200, '{"message":"Invalid consumer","status":401,"data":null}', "refused"],
    [200, '{"message":"Connection invalid","status":400,"data":null}', "refused"],
    [200, '{"message":"Connection invalid","status":"400","data":null}', "refused"],
    [401, "", "refused"],
    [403, "<html>", "refused"],
    [302, "", "refused"],
    [404, "not here", "refused"],
    [500, "oops", "transient"],
    [200, '{"message":"busy","status":503}', "transient"],
    [200, "<html>upkeep</html>", "transient"],
    [200, '{"message":"Success","status":200,"data":{"accessToken":""}}', "transient"],
    [200, '{"message":"Success","status":200,"data":null}', "transient"],
    [200, "[]", "transient"],
    [429, "", "blocked"],
    [
      200,
      '{"message":"API calls quota exceeded! maximum admitted 1 per 1s.","status":400}',
      "blocked",
    ],
    [403, '{"message":"Connection has been blocked, quota 1 exceeded by 3"}', "blocked"],
  ];
  for (const [status, text, kind] of cases) {
    const reply = readTokenReply(status, text, NOW_MS);
    assert.equal(reply.ok, false, text);
    assert.equal(!reply.ok && reply.failure.kind, kind, `${status} ${text}`);
    assert.ok(!reply.ok && reply.failure.reason.length > 10);
  }
});

Deno.test("token reply - data that mention a quota are not taken for a blocked key", () => {
  const text = '{"status":"Success","message":"Success","data":[{"StockName":"Blocked quota"}]}';
  assert.equal(replyProblem(200, text, parseLowerKeys(text)), null);
});

Deno.test("token reply - foreign text becomes one short line", () => {
  assert.equal(shortText("a\r\n\tb\u0000c"), "a b c");
  assert.equal(shortText("x".repeat(500)).length, 161);
});

Deno.test("token reply - hostile keys change nothing but the value", () => {
  const value = parseLowerKeys('{"__proto__":{"data":1},"Status":200}') as { status: number };
  assert.equal(value.status, 200);
  assert.equal(({} as { data?: number }).data, undefined);
});

Deno.test("token life - is what the token names, as far as the two clocks agree", () => {
  const nowS = NOW_MS / 1000;
  const life = (claims: Record<string, unknown>) => tokenLifeMs(jwt(claims), NOW_MS);
  assert.equal(life({ exp: nowS + 120, iat: nowS }), 120_000);
  assert.equal(life({ exp: nowS + 60, iat: nowS - 60 }), 60_000, "half of it is over");
  assert.equal(life({ exp: nowS + 4_200, iat: nowS + 600 }), 3_600_000, "our clock is behind");
  assert.equal(life({ exp: nowS - 480, iat: nowS - 600 }), 120_000, "our clock is far ahead");
  assert.equal(life({}), 8 * HOUR_MS, "the documented life");
  assert.equal(tokenLifeMs("no jwt", NOW_MS), 8 * HOUR_MS);
  assert.equal(tokenLifeMs("a.%%%.c", NOW_MS), 8 * HOUR_MS);
});
