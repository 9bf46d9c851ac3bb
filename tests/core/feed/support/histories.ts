import { HistoryClient } from "../../../../core/feed/history_client.ts";
import { FakeSsi } from "./fake_ssi.ts";
import { type TestRest, withRestDeps } from "./rest_deps.ts";

export interface HistorySetup extends TestRest {
  readonly ssi: FakeSsi;
  readonly history: HistoryClient;
}

/** A history client on a fake service. */
export async function withHistory(
  run: (setup: HistorySetup) => Promise<void>,
  spacingMs = 1,
): Promise<void> {
  await using ssi = new FakeSsi();
  await withRestDeps(
    ssi,
    { spacingMs },
    (rest) => run({ ...rest, ssi, history: new HistoryClient(rest.options, rest.deps) }),
  );
}

export const DAY = { from: "2026-11-18", to: "2026-11-18" };
/** An answer of the service. */
export const reply = (data: readonly unknown[], totalRecord: number | null = data.length) =>
  Response.json({ data, message: "Success", status: "Success", totalRecord });

/** A row of DailyOhlc, or with a `Time` of IntradayOhlc. */
export const bar = (TradingDate: string, rest = {}) => ({
  Symbol: "FPT",
  Market: "HOSE",
  TradingDate,
  Time: null,
  Open: "100000",
  High: "101000",
  Low: "99500",
  Close: "100500",
  Volume: "1000",
  Value: "100250000.9850",
  ...rest,
});
