import assert from "node:assert/strict";
import { RestClient } from "../../../core/feed/rest_client.ts";
import { FakeSsi } from "./support/fake_ssi.ts";
import { type TestRest, withRestDeps } from "./support/rest_deps.ts";

interface Setup extends Pick<TestRest, "keeper"> {
  readonly ssi: FakeSsi;
  readonly rest: RestClient;
}

/** A REST client on a fake service. */
async function withRest(run: (setup: Setup) => Promise<void>, waitingMax = 16): Promise<void> {
  await using ssi = new FakeSsi();
  await withRestDeps(
    ssi,
    { waitingMax },
    ({ options, deps, keeper }) => run({ ssi, rest: new RestClient(options, deps), keeper }),
  );
}

const page = (rows: readonly unknown[]) =>
  Response.json({ Data: rows, Message: "Success", Status: "Success", TotalRecord: rows.length });

Deno.test("rest - reads members with any case of keys, each once, in order", async () => {
  await withRest(async ({ ssi, rest }) => {
    ssi.scripts.indexcomponents = () =>
      page([{
        INDEXCODE: "VN30",
        indexComponent: [{ isin: "vcb", StockSymbol: null }, { StockSymbol: " ACB " }, {
          Isin: "ACB",
        }],
      }]);
    const result = await rest.indexComponents("VN30");
    assert.deepEqual(result, { ok: true, rows: ["ACB", "VCB"], skipped: 0 });
  });
});

Deno.test("rest - pages until a page is not full, and skips rows of another shape", async () => {
  await withRest(async ({ ssi, rest }) => {
    const asked: string[] = [];
    ssi.scripts.securities = (request) => {
      const { searchParams } = new URL(request.url);
      asked.push(searchParams.toString());
      const first = searchParams.get("pageIndex") === "1";
      const rows = [...Array(first ? 1_000 : 3).keys()].map((n) => ({
        Market: "HOSE",
        Symbol: first ? `A${n}` : `B${n}`,
        StockName: "TÊN",
      }));
      return page(first ? rows : [...rows, { Symbol: "<script>" }, null]);
    };
    const result = await rest.securities("HOSE");
    assert.ok(result.ok);
    assert.equal(result.rows.length, 1_003);
    assert.equal(result.skipped, 2);
    assert.deepEqual(result.rows[1_002], {
      symbol: "B2",
      market: "HOSE",
      nameVi: "TÊN",
      nameEn: null,
    });
    assert.deepEqual(asked, [
      "market=HOSE&pageIndex=1&pageSize=1000",
      "market=HOSE&pageIndex=2&pageSize=1000",
    ]);
  });
});

Deno.test("rest - asks at most ten pages", async () => {
  await withRest(async ({ ssi, rest }) => {
    const full = [...Array(1_000).keys()].map((n) => ({ Market: "HOSE", Symbol: `A${n}` }));
    ssi.scripts.securities = () => page(full);
    const result = await rest.securities("HOSE");
    assert.equal(result.ok && result.rows.length, 10_000);
    assert.equal(ssi.calls.securities, 10);
  });
});

Deno.test("rest - reads the codes of indices as they are spelt, each once", async () => {
  await withRest(async ({ ssi, rest }) => {
    const asked: string[] = [];
    ssi.scripts.indexlist = (request) => {
      asked.push(new URL(request.url).search);
      return page([
        { IndexCode: "HNXIndex", IndexName: null, Exchange: "HNX" },
        { IndexCode: " HNX30 " },
        { IndexCode: "HNX30" },
        { IndexCode: "<b>" },
        { IndexName: "nameless" },
      ]);
    };
    const result = await rest.indexList("HNX");
    assert.deepEqual(result, { ok: true, rows: ["HNXIndex", "HNX30"], skipped: 2 });
    assert.deepEqual(asked, ["?exchange=HNX&pageIndex=1&pageSize=1000"]);
  });
});

Deno.test("rest - reads listed shares page by page, from the one row around each page", async () => {
  await withRest(async ({ ssi, rest }) => {
    const info = (count: number, head: string) =>
      [...Array(count).keys()].map((n) => ({ Symbol: `${head}${n}`, ListedShare: String(n) }));
    ssi.scripts.securitiesdetails = (request) => {
      const isFirst = new URL(request.url).searchParams.get("pageIndex") === "1";
      const RepeatedInfo = isFirst ? info(1_000, "A") : [
        ...info(2, "B"),
        { Symbol: "C", ListedShare: "" },
        { Symbol: "D", ListedShare: null },
        { Symbol: "E" },
        { Symbol: "F", ListedShare: "many" },
        { Symbol: "G", ListedShare: "1.5" },
        { Symbol: "H", ListedShare: "-1" },
        { ListedShare: "5" },
        { Symbol: "I", ListedShare: "9007199254740991" },
        { Symbol: "J", ListedShare: "9007199254740992" },
      ];
      return page([{ RType: "y", TotalNoSym: "1011", RepeatedInfo }]);
    };
    const result = await rest.securitiesDetails("HOSE");
    assert.ok(result.ok);
    assert.equal(ssi.calls.securitiesdetails, 2);
    assert.equal(result.skipped, 5);
    const shares = Object.fromEntries(result.rows.map((row) => [row.symbol, row.listedShares]));
    assert.equal(shares.A999, 999);
    assert.deepEqual(
      result.rows.slice(1_000).map((row) => [row.symbol, row.listedShares]),
      [["B0", null], ["B1", 1], ["C", null], ["D", null], ["E", null], ["I", 9007199254740991]],
    );
    ssi.scripts.securitiesdetails = () => page([{ Symbol: 5 }]);
    const other = await rest.securitiesDetails("HOSE");
    assert.equal(!other.ok && other.kind, "bad-shape");
  });
});

Deno.test("rest - no data is an empty list, not an error", async () => {
  await withRest(async ({ ssi, rest }) => {
    ssi.scripts.securities = () =>
      Response.json({ data: null, message: "No data", status: "Success" });
    assert.deepEqual(await rest.securities("DER"), { ok: true, rows: [], skipped: 0 });
  });
});

Deno.test("rest - a refused token is replaced once, and only once (F-014)", async () => {
  await withRest(async ({ ssi, rest }) => {
    await rest.indexComponents("VN30");
    ssi.revoked.add(ssi.token);
    const result = await rest.indexComponents("VN30");
    assert.equal(result.ok, true);
    assert.equal(ssi.calls.accesstoken, 2);
    ssi.scripts.indexcomponents = () => Response.json({ message: "Unauthorized", status: 401 });
    const refused = await rest.indexComponents("VN30");
    assert.equal(!refused.ok && refused.kind, "refused");
    assert.equal(ssi.calls.indexcomponents, 5);
    assert.equal(ssi.calls.accesstoken, 3);
  });
});

Deno.test("rest - every failure is a value that says what failed and hides secrets (F-156)", async () => {
  await withRest(async ({ ssi, rest }) => {
    const cases: [() => Response, string][] = [
      [() => Response.json({ message: `quota exceeded ${ssi.secret}`, status: 400 }), "blocked"],
      [() => new Response(ssi.secret, { status: 500 }), "transient"],
      [() => new Response("<html>"), "transient"],
      [() => Response.json({ rows: [] }), "ok"],
      [() => Response.json({ data: {} }), "bad-shape"],
      [() => page([{ nothing: 1 }]), "bad-shape"],
    ];
    for (const [answer, kind] of cases) {
      ssi.scripts.securities = answer;
      const result = await rest.securities("DER");
      assert.equal(result.ok ? "ok" : result.kind, kind);
      assert.ok(result.ok || result.reason.startsWith("Securities "));
      assert.ok(!JSON.stringify(result).includes(ssi.secret));
    }
  });
});

Deno.test("rest - a service that does not answer is given up after the time-out", async () => {
  await withRest(async ({ ssi, rest }) => {
    let release: (response: Response) => void = () => {};
    ssi.holds.securities = () => new Promise((resolve) => release = resolve);
    const result = await rest.securities("DER");
    assert.equal(!result.ok && result.reason, "Securities failed: no answer within 0.3 s");
    release(new Response("late"));
  });
});

Deno.test("rest - a service that is not there is said without its address", async () => {
  await withRest(async ({ rest, ssi }) => {
    await rest.securities("DER");
    const { url } = ssi;
    await ssi[Symbol.asyncDispose]();
    const result = await rest.securities("DER");
    assert.equal(!result.ok && result.kind, "transient");
    assert.ok(!JSON.stringify(result).includes(new URL(url).port));
  });
});

Deno.test("rest - too many waiting calls are refused, not queued without end", async () => {
  await withRest(async ({ rest }) => {
    const results = await Promise.all([...Array(5)].map(() => rest.securities("DER")));
    assert.deepEqual(results.map((r) => r.ok || r.kind), [true, true, true, "busy", "busy"]);
  }, 2);
});

Deno.test("rest - one token request serves all who wait for it", async () => {
  await withRest(async ({ ssi, keeper }) => {
    const need = { fresh: true, refusedSerial: null };
    const answers = await Promise.all([keeper.get(need), keeper.get(need), keeper.get(need)]);
    assert.ok(answers.every((answer) => answer.ok && answer.token.reveal() === ssi.token));
    assert.equal(ssi.calls.accesstoken, 1);
  });
});
