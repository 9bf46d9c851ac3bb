import {
  type SimChannel,
  type SimDay,
  type SimDayOptions,
  type SimInstrument,
  type SimMessage,
  STEP_MS,
} from "../../../../core/exchange/types.ts";
import { formatVnDate, formatVnTime } from "../../../../core/market/time.ts";

const START_SECOND = 8 * 3600 + 45 * 60;
const OPEN_SECOND = 9 * 3600;
const END_SECOND = 15 * 3600 + 5 * 60;

const INSTRUMENTS: readonly SimInstrument[] = [
  instrument("AAA", "HOSE", "stock"),
  instrument("BBB", "HNX", "stock"),
  instrument("CCC", "UPCOM", "stock"),
  instrument("E1VFVN30", "HOSE", "etf"),
  { ...instrument("41I1GC000", "DER", "future"), lotSize: 1, lastTradingDate: "2026-12-17" },
];

const INDICES = [
  { id: "VN30", name: "VN30", exchange: "HOSE", members: ["AAA", "E1VFVN30"] },
  { id: "HNXIndex", name: "HNX Index", exchange: "HNX", members: ["BBB"] },
] as const;

/** A market of five securities: once a second each of them trades at a seeded price. */
export function tinyDay(options: SimDayOptions): SimDay {
  const latest = new Map<string, SimMessage>();
  let timeOfDayMs = START_SECOND * 1000;
  const record = (channel: SimChannel, symbol: string, second: number) => ({
    RType: channel,
    TradingDate: formatVnDate(options.date),
    Time: formatVnTime(second),
    [channel === "MI" ? "IndexId" : "Symbol"]: symbol,
    LastPrice: price(`${options.seed} ${options.scenario} ${options.date} ${symbol} ${second}`),
    LastVol: 100,
    TotalVol: (second - OPEN_SECOND + 1) * 100,
    AvgPrice: "NaN",
  });
  return {
    date: options.date,
    instruments: INSTRUMENTS,
    indices: INDICES,
    get timeOfDayMs() {
      return timeOfDayMs;
    },
    get done() {
      return timeOfDayMs >= END_SECOND * 1000;
    },
    step(wants) {
      timeOfDayMs += STEP_MS;
      const second = timeOfDayMs / 1000;
      if (!Number.isInteger(second) || second < OPEN_SECOND || second > END_SECOND) return [];
      const out: SimMessage[] = [];
      for (const [channel, symbol] of topics()) {
        const message = { channel, symbol, record: record(channel, symbol, second) };
        latest.set(`${channel} ${symbol}`, message);
        if (wants(channel, symbol)) out.push(message);
      }
      return out;
    },
    figures: () => null,
    hasFigures: () => false,
    latest: (channel, symbol) => latest.get(`${channel} ${symbol}`) ?? null,
  };
}

function* topics(): Generator<[SimChannel, string]> {
  for (const { symbol } of INSTRUMENTS) {
    for (const channel of ["F", "X", "X-QUOTE", "X-TRADE", "R", "B"] as const) {
      yield [channel, symbol];
    }
  }
  for (const { id } of INDICES) {
    yield ["MI", id];
    yield ["B", id];
  }
}

function price(key: string): number {
  let hash = 2166136261;
  for (const char of key) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619) >>> 0;
  return 10_000 + (hash % 100) * 50;
}

function instrument(
  symbol: string,
  exchange: SimInstrument["exchange"],
  kind: SimInstrument["kind"],
): SimInstrument {
  return {
    symbol,
    exchange,
    kind,
    nameVi: `CTCP ${symbol}`,
    nameEn: `${symbol} JSC`,
    listedShares: 1_000_000,
    lotSize: 100,
    lastTradingDate: null,
  };
}
