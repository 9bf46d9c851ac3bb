import { formatVnDate, formatVnTime } from "../market/time.ts";
import type { OddLots } from "./odd_lots.ts";
import { type DayTerms, percent, sessionOf, statusOf, type WireRecord } from "./records.ts";
import type { Security } from "./security.ts";

/** Levels of the odd-lot book on the wire. */
const LEVELS = 3;
const STOCK_TYPES = { stock: "Stock", etf: "ETF", warrant: "CW", future: "Future" } as const;

/** Channel OL: the odd-lot book and its last match; the totals hold the round lots too. */
export function oddLotRecord(s: Security, odd: OddLots, { date, clock }: DayTerms): WireRecord {
  const { exchange, referenceE2, band, instrument } = s.listing;
  const hasTraded = odd.lastE2 !== 0;
  const changeE2 = hasTraded ? odd.lastE2 - referenceE2 : 0;
  const record: WireRecord = {
    RType: "OL",
    TradingDate: formatVnDate(date),
    Time: formatVnTime(odd.second),
    Symbol: s.symbol,
    StockNo: 1_000 + (s.key >>> 0) % 9_000,
    Ceiling: band.ceilingE2 / 100,
    Floor: band.floorE2 / 100,
    RefPrice: referenceE2 / 100,
    Open: odd.openE2 / 100,
    High: odd.highE2 / 100,
    Low: odd.lowE2 / 100,
    LastPrice: odd.lastE2 / 100,
    LastVol: odd.lastVolume,
    TotalVal: odd.roundValueVnd + odd.valueVnd,
    TotalVol: odd.roundVolume + odd.volume,
  };
  writeBook(record, s, odd);
  record.Exchange = exchange;
  record.TradingSession = sessionOf(s, clock, odd.second);
  record.TradingStatus = statusOf(s, odd.second);
  record.Change = changeE2 / 100;
  record.RatioChange = percent(changeE2, referenceE2);
  record.StockType = STOCK_TYPES[instrument.kind];
  return record;
}

function writeBook(record: WireRecord, s: Security, { book }: OddLots): void {
  for (let n = 1; n <= LEVELS; n++) {
    record[`BidPrice${n}`] = 0;
    record[`BidVol${n}`] = 0;
    record[`AskPrice${n}`] = 0;
    record[`AskVol${n}`] = 0;
  }
  book.forEachLevel(true, LEVELS, 0, (rank, level, shares) => {
    record[`BidPrice${rank + 1}`] = s.priceE2[level]! / 100;
    record[`BidVol${rank + 1}`] = shares;
  });
  book.forEachLevel(false, LEVELS, 0, (rank, level, shares) => {
    record[`AskPrice${rank + 1}`] = s.priceE2[level]! / 100;
    record[`AskVol${rank + 1}`] = shares;
  });
}
