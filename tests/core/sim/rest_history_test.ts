import assert from "node:assert/strict";
import { createDay } from "../../../core/exchange/day.ts";
import { smallDayOf } from "../exchange/play.ts";
import type { SimService } from "../../../core/sim/service.ts";
import { bearer, tokenOf } from "./support/raw_client.ts";
import { second, withService } from "./support/with_service.ts";

type Row = Record<string, string | null>;
interface Answer {
  readonly data: Row[] | null;
  readonly message: string;
  readonly status: string | number;
  readonly totalRecord?: number;
}

const openDay = ({ seed, date }: Parameters<typeof createDay>[0]) => smallDayOf({ seed, date });
const PAST = "fromDate=02/11/2026&toDate=19/11/2026&pageSize=100";

/** Asks with one token, as a client does. */
async function asker(sim: SimService): Promise<(path: string) => Promise<Answer>> {
  const headers = bearer(await tokenOf(sim.url));
  return async (path) =>
    await (await fetch(`${sim.url}/api/v2/Market/${path}`, { headers })).json();
}

function history(name: string, body: (ask: (path: string) => Promise<Answer>) => Promise<void>) {
  Deno.test(name, () => withService({ openDay }, async (sim) => await body(await asker(sim))));
}

const keys = (answer: Answer) => Object.keys(answer.data![0]!);
const number = (row: Row, key: string) => Number(row[key]);

history(
  "DailyOhlc gives strings, newest first or as asked, with noise that rounds away",
  async (ask) => {
    const answer = await ask(`DailyOhlc?symbol=hpg&${PAST}`);
    assert.deepEqual(
      [answer.status, answer.message, answer.totalRecord],
      ["Success", "Success", 14],
    );
    assert.deepEqual(
      keys(answer),
      "Symbol Market TradingDate Time Open High Low Close Volume Value".split(" "),
    );
    const [row] = answer.data!;
    assert.deepEqual([row!.Symbol, row!.Market, row!.TradingDate], ["HPG", "HOSE", "19/11/2026"]);
    assert.ok(
      row!.Time === null && Object.values(row!).every((v) => v === null || typeof v === "string"),
    );
    assert.match(row!.Value!, /^\d+9\.98\d\d$/);
    const ascending = await ask(`DailyOhlc?symbol=HPG&ascending=true&${PAST}`);
    assert.deepEqual(ascending.data, answer.data!.toReversed());
  },
);

history("a stock, an index and a future have history, an unknown symbol has none", async (ask) => {
  for (const [symbol, market] of [["FPT", "HOSE"], ["vn30", "HOSE"], ["41I1GC000", "DER"]]) {
    const { data } = await ask(`DailyOhlc?symbol=${symbol}&${PAST}`);
    assert.deepEqual([data!.length, data![0]!.Market], [14, market], symbol!);
  }
  assert.deepEqual(await ask(`DailyOhlc?symbol=NOSUCH&${PAST}`), {
    data: null,
    message: "No data",
    status: "Success",
    totalRecord: 0,
  });
  const weekend = await ask("IntradayOhlc?symbol=FPT&fromDate=14/11/2026&toDate=15/11/2026");
  assert.deepEqual([weekend.data, weekend.message], [null, "No data"]);
});

history("IntradayOhlc, DailyOhlc and DailyStockPrice of a day agree", async (ask) => {
  const range = "fromDate=17/11/2026&toDate=17/11/2026";
  for (const symbol of ["HPG", "41I1GC000"]) {
    const bars = (await ask(`IntradayOhlc?symbol=${symbol}&${range}&pageSize=1000&ascending=true`))
      .data!;
    const day = (await ask(`DailyOhlc?symbol=${symbol}&${range}`)).data![0]!;
    const price = (await ask(`DailyStockPrice?symbol=${symbol}&${range}`)).data![0]!;
    assert.ok(bars.length > 200, `${bars.length}`);
    assert.deepEqual(
      Object.keys(bars[0]!),
      "Symbol TradingDate Time Open High Low Close Volume Value".split(" "),
    );
    assert.ok(bars.every((bar) => bar.Value === bar.Close));
    assert.ok(bars.some((bar) => !bar.Time!.endsWith(":00")));
    assert.equal(Math.max(...bars.map((bar) => number(bar, "High"))), number(day, "High"));
    assert.equal(Math.min(...bars.map((bar) => number(bar, "Low"))), number(day, "Low"));
    assert.equal(bars.reduce((sum, bar) => sum + number(bar, "Volume"), 0), number(day, "Volume"));
    assert.deepEqual([bars[0]!.Open, bars.at(-1)!.Close], [day.Open, day.Close]);
    assert.deepEqual(
      [price.OpenPrice, price.HighestPrice, price.LowestPrice, price.ClosePrice],
      [day.Open, day.High, day.Low, day.Close],
    );
    assert.equal(price.TotalMatchVol, day.Volume);
    assert.equal(number(price, "TotalMatchVal"), Math.round(number(day, "Value")));
    const average = number(price, "AveragePrice");
    assert.ok(average >= number(day, "Low") && average <= number(day, "High"), `${average}`);
  }
});

history("bars of five minutes are those of one minute put together", async (ask) => {
  const path = "IntradayOhlc?symbol=HPG&fromDate=17/11/2026&toDate=17/11/2026&pageSize=1000";
  const one = (await ask(path)).data!;
  const five = (await ask(`${path}&resolution=5`)).data!;
  assert.deepEqual(await ask(`${path}&resollution=5`), await ask(`${path}&resolution=5`));
  const volume = (rows: Row[]) => rows.reduce((sum, row) => sum + number(row, "Volume"), 0);
  assert.equal(volume(five), volume(one));
  assert.ok(five.length < one.length / 4, `${five.length} ${one.length}`);
  assert.equal((await ask(`${path}&resolution=0`)).status, 400);
});

history("DailyStockPrice carries every field, chained from day to day", async (ask) => {
  const { data } = await ask(`DailyStockPrice?symbol=HPG&market=HOSE&ascending=true&${PAST}`);
  const fields = ["TradingDate", "Symbol", "Time", "PriceChange", "PerPriceChange", "CeilingPrice"]
    .concat("FloorPrice", "RefPrice", "OpenPrice", "HighestPrice", "LowestPrice", "ClosePrice")
    .concat("AveragePrice", "ClosePriceAdjusted", "TotalMatchVol", "TotalMatchVal")
    .concat("TotalDealVol", "TotalDealVal", "ForeignBuyVolTotal", "ForeignSellVolTotal")
    .concat("ForeignBuyValTotal", "ForeignSellValTotal", "ForeignCurrentRoom", "TotalBuyTrade")
    .concat("TotalBuyTradeVol", "TotalSellTrade", "TotalSellTradeVol", "NetBuySellVol")
    .concat("NetBuySellVal", "TotalTradedVol", "TotalTradedValue");
  assert.deepEqual(Object.keys(data![0]!).sort(), fields.sort());
  for (const [i, row] of data!.entries()) {
    if (i > 0) assert.equal(row.RefPrice, data![i - 1]!.ClosePrice);
    assert.equal(number(row, "PriceChange"), number(row, "ClosePrice") - number(row, "RefPrice"));
    assert.equal(
      number(row, "NetBuySellVol"),
      number(row, "ForeignBuyVolTotal") - number(row, "ForeignSellVolTotal"),
    );
    assert.ok(number(row, "TotalTradedVol") >= number(row, "TotalMatchVol"));
  }
  assert.ok(data!.some((row) => number(row, "TotalDealVol") > 0));
  const market = await ask("DailyStockPrice?market=DER&fromDate=19/11/2026&toDate=19/11/2026");
  assert.ok(market.data!.every(({ Symbol }) => Symbol!.startsWith("41I1")));
});

history("DailyIndex gives value, totals and breadth of an index", async (ask) => {
  const answer = await ask(`DailyIndex?indexId=hnxindex&${PAST}`);
  const fields = ["IndexId", "IndexName", "IndexValue", "TradingDate", "Time", "Change"]
    .concat("RatioChange", "TotalTrade", "TotalMatchVol", "TotalMatchVal", "TotalDealVol")
    .concat("TotalDealVal", "TotalVol", "TotalVal", "Advances", "NoChanges", "Declines")
    .concat("Ceilings", "Floors", "TypeIndex", "TradingSession");
  assert.deepEqual(keys(answer), fields);
  for (const row of answer.data!) {
    assert.deepEqual([row.IndexId, row.Time, row.TypeIndex], ["HNXIndex", null, null]);
    assert.equal(
      number(row, "TotalVol"),
      number(row, "TotalMatchVol") + number(row, "TotalDealVol"),
    );
    assert.ok(number(row, "Advances") + number(row, "Declines") > 0);
  }
  const ohlc = await ask(`DailyOhlc?symbol=HNXIndex&${PAST}`);
  assert.deepEqual(
    ohlc.data!.map(({ Close }) => Close),
    answer.data!.map(({ IndexValue }) => IndexValue),
  );
  assert.equal((await ask("DailyIndex")).status, 400);
});

history(
  "pages follow one another, and too long a range or a wrong date is refused",
  async (ask) => {
    const path = "IntradayOhlc?symbol=HPG&fromDate=16/11/2026&toDate=19/11/2026&pageSize=100";
    const first = await ask(path);
    const second = await ask(`${path}&pageIndex=2`);
    assert.equal(first.totalRecord, second.totalRecord);
    assert.notDeepEqual(first.data, second.data);
    assert.equal((await ask(`${path}0&pageIndex=2`)).data, null);
    const range = (from: string, to: string) =>
      ask(`DailyOhlc?symbol=HPG&fromDate=${from}&toDate=${to}`);
    assert.equal((await range("21/10/2026", "19/11/2026")).status, "Success");
    assert.equal((await range("20/10/2026", "19/11/2026")).status, 400);
    assert.equal((await range("31/02/2026", "19/11/2026")).status, 400);
    assert.equal((await range("19/11/2026", "18/11/2026")).data, null);
    assert.equal((await ask("DailyOhlc")).status, 400);
  },
);

Deno.test("without dates the answer is the running day, as far as it has gone", () =>
  withService({ openDay }, async (sim) => {
    const ask = await asker(sim);
    assert.equal((await ask("DailyOhlc?symbol=HPG")).data, null);
    await sim.stepTo(second("09:21:00"));
    const [day] = (await ask("DailyOhlc?symbol=HPG")).data!;
    assert.equal(day!.TradingDate, "20/11/2026");
    const bars = (await ask("IntradayOhlc?symbol=HPG")).data!;
    assert.equal(bars.length, 6);
    assert.match(bars[0]!.Time!, /^09:20:/);
    assert.equal(bars[0]!.Close, day!.Close);
    const volume = bars.reduce((sum, bar) => sum + number(bar, "Volume"), 0);
    const [price] = (await ask("DailyStockPrice?symbol=HPG")).data!;
    assert.deepEqual([String(volume), day!.Volume], [price!.TotalMatchVol, price!.TotalMatchVol]);
    const [vn30] = (await ask("DailyIndex?indexId=VN30")).data!;
    assert.equal(vn30!.TradingSession, "LO");
  }));
