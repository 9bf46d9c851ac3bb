import assert from "node:assert/strict";
import type { SimService } from "../../../core/sim/service.ts";
import { bearer, tokenOf } from "./support/raw_client.ts";
import { withService } from "./support/with_service.ts";

async function accessToken(sim: SimService, body: unknown): Promise<Response> {
  return await fetch(`${sim.url}/api/v2/Market/AccessToken`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** Fetches a path under Market/ with a fresh token and returns the body, which is under HTTP 200. */
async function market(sim: SimService, path: string) {
  const token = await tokenOf(sim.url);
  const response = await fetch(`${sim.url}/api/v2/Market/${path}`, { headers: bearer(token) });
  assert.equal(response.status, 200);
  return await response.json();
}

function rest(name: string, body: (sim: SimService) => Promise<void>): void {
  Deno.test(name, () => withService({}, body));
}

rest("A right key gets a JWT whose exp is eight hours ahead in seconds", async (sim) => {
  const response = await accessToken(sim, { ConsumerID: "demo", ConsumerSecret: "demo" });
  assert.equal(response.status, 200);
  const body = await response.json();
  assert.deepEqual([body.message, body.status], ["Success", 200]);
  const parts = body.data.accessToken.split(".");
  assert.equal(parts.length, 3);
  const { exp, iat } = JSON.parse(atob(parts[1]));
  assert.equal(exp - iat, 8 * 3600);
});

rest("A wrong key or an unreadable body is refused under HTTP 200", async (sim) => {
  const wrong = await accessToken(sim, { consumerID: "demo", consumerSecret: "no" });
  assert.equal(wrong.status, 200);
  const body = await wrong.json();
  assert.deepEqual([body.status, body.data], [401, null]);
  for (const text of ["", "{", "null", "7", JSON.stringify({ consumerID: "x".repeat(20_000) })]) {
    assert.equal((await (await accessToken(sim, text)).json()).status, 400);
  }
});

rest("setAuth makes AccessToken refuse or fail until it is well again", async (sim) => {
  const demo = { consumerID: "demo", consumerSecret: "demo" };
  sim.setAuth("refuse");
  assert.equal((await (await accessToken(sim, demo)).json()).status, 401);
  sim.setAuth("http500");
  const failed = await accessToken(sim, demo);
  assert.equal(failed.status, 500);
  await failed.body?.cancel();
  sim.setAuth("ok");
  assert.equal((await (await accessToken(sim, demo)).json()).status, 200);
});

rest("Securities lists a market in rows of strings", async (sim) => {
  assert.deepEqual(await market(sim, "Securities?market=hose&pageIndex=1&pageSize=1000"), {
    data: [
      { Market: "HOSE", Symbol: "AAA", StockName: "CTCP AAA", StockEnName: "AAA JSC" },
      {
        Market: "HOSE",
        Symbol: "E1VFVN30",
        StockName: "CTCP E1VFVN30",
        StockEnName: "E1VFVN30 JSC",
      },
    ],
    message: "Success",
    status: "Success",
    totalRecord: 2,
  });
  assert.equal((await market(sim, "Securities")).totalRecord, 5);
});

rest("Prefixed and flat query keys work in any case", async (sim) => {
  const body = await market(sim, "securities?LookupRequest.Market=DER&lookupRequest.pageSize=20");
  assert.deepEqual(body.data.map((row: { Symbol: string }) => row.Symbol), ["41I1GC000"]);
});

rest("An unknown market and a page past the end are empty, not errors", async (sim) => {
  for (const query of ["market=BOND", "pageIndex=2"]) {
    const body = await market(sim, `Securities?${query}`);
    assert.deepEqual([body.data, body.message, body.status], [null, "No data", "Success"]);
  }
});

rest("A page index or size outside the list is refused in the body", async (sim) => {
  for (const query of ["pageIndex=0", "pageIndex=11", "pageSize=500", "pageSize=x"]) {
    const body = await market(sim, `Securities?${query}`);
    assert.deepEqual([body.status, body.data], [400, null]);
  }
});

rest("SecuritiesDetails wraps a page in one row and keeps the odd spellings", async (sim) => {
  const body = await market(sim, "SecuritiesDetails?market=HOSE&symbol=aaa");
  assert.equal(body.data.length, 1);
  const [row] = body.data;
  assert.deepEqual([row.RType, row.ReportDate, row.TotalNoSym], ["y", "20/11/2026", "1"]);
  const [detail] = row.RepeatedInfo;
  assert.equal(detail.SecType, "S");
  assert.equal(detail.ExcerciseRatio, "0");
  assert.equal(detail.ListedShare, "1000000");
  assert.deepEqual(
    [1, 2, 3, 4].map((n) => [detail[`TickPrice${n}`], detail[`TickIncrement${n}`]]),
    [["0", "10"], ["10000", "50"], ["50000", "100"], [null, null]],
  );
  for (const value of Object.values(detail)) assert.ok(value === null || typeof value === "string");
});

rest("SecuritiesDetails tells a future's multiplier and last day", async (sim) => {
  const body = await market(sim, "SecuritiesDetails?market=DER");
  const [future] = body.data[0].RepeatedInfo;
  assert.deepEqual(
    [future.SecType, future.ContractMultiplier, future.LastTradingDate, future.LotSize],
    ["FU", "100000", "17/12/2026", "1"],
  );
});

rest("IndexComponents nests the members, IndexList names the indices", async (sim) => {
  const components = await market(sim, "IndexComponents?indexCode=vn30&pageSize=100");
  assert.deepEqual(components.data, [{
    IndexCode: "VN30",
    IndexName: "VN30",
    Exchange: "HOSE",
    TotalSymbolNo: "2",
    IndexComponent: [
      { Isin: "AAA", StockSymbol: "AAA" },
      { Isin: "E1VFVN30", StockSymbol: "E1VFVN30" },
    ],
  }]);
  const list = await market(sim, "IndexList?exchange=HNX");
  assert.deepEqual(list.data, [
    { IndexCode: "HNXIndex", IndexName: "HNX Index", Exchange: "HNX" },
  ]);
  assert.equal((await market(sim, "IndexComponents")).status, 400);
  assert.equal((await market(sim, "IndexComponents?indexCode=NONE")).data, null);
  assert.equal((await market(sim, "IndexList?exchange=UPCOM")).data, null);
});

rest("Unknown paths and wrong methods are HTTP errors", async (sim) => {
  for (const [path, status] of [["/api/v2/Market/DailyTea", 404], ["/x", 404]] as const) {
    const response = await fetch(sim.url + path);
    assert.equal(response.status, status);
    await response.body?.cancel();
  }
  const wrong = await fetch(`${sim.url}/api/v2/Market/Securities`, { method: "POST" });
  assert.equal(wrong.status, 405);
  await wrong.body?.cancel();
});

Deno.test("A quota refuses the request too many with its text, and the next second is new", () => {
  let nowMs = Date.UTC(2026, 10, 20, 3);
  const clock = { nowMs: () => nowMs };
  return withService({ restPerSecond: 2, clock }, async (sim) => {
    const token = await tokenOf(sim.url);
    const ask = () => fetch(`${sim.url}/api/v2/Market/IndexList`, { headers: bearer(token) });
    assert.equal((await (await ask()).json()).status, "Success");
    const refused = await ask();
    assert.equal(refused.status, 429);
    assert.match((await refused.json()).message, /quota exceeded.*2 per 1s/);
    nowMs += 1000;
    assert.equal((await (await ask()).json()).status, "Success");
  });
});
