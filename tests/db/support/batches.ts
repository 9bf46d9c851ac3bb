import type { StoreBatch, StoreRows } from "../../../core/port/store.ts";
import { NO_ROWS } from "../../../core/tasks/store_rows.ts";

export const DATE = "2026-11-25";
/** 09:30:07 of it. */
export const AT_MS = Date.parse(`${DATE}T09:30:07+07:00`);

/** A batch of some rows that no journal holds. */
export function batchOf(rows: Partial<StoreRows>, more: Partial<StoreBatch> = {}): StoreBatch {
  return {
    ...{ tradingDate: DATE, voided: [], from: null, to: null, rows: { ...NO_ROWS, ...rows } },
    ...more,
  };
}

/** One row of each table in which no two values are alike. */
export const ONE_OF_EACH: StoreRows = {
  trades: [{
    ...{
      symbol: "FPT",
      exchangeMs: AT_MS,
      totalVolume: 9_007_199_254_740_991,
      volume: 3_000_000_000,
    },
    ...{ priceE2: 10_050_000, side: "buy", method: "quote", reason: "above-ask" },
    ...{ feedSide: "sell", phase: "continuous", late: true },
  }],
  candles: [{
    ...{ symbol: "FPT", minute: 570, openE2: 11, highE2: 14, lowE2: 10, closeE2: 12 },
    ...{ buy: 100, sell: 200, none: 300, valueVnd: 4_000, fromVolume: 5_000, toVolume: 5_600 },
  }],
  indexCandles: [{
    ...{ code: "VN30", minuteMs: AT_MS - 7_000, openE2: 21, highE2: 24, lowE2: 20, closeE2: 22 },
    ...{ openMs: AT_MS, openVolume: 31, closeMs: AT_MS + 9_000, closeVolume: 32 },
  }],
  foreign: [{
    ...{ symbol: "FPT", exchangeMs: AT_MS, buyVolume: 41, sellVolume: 42, buyValueVnd: 43 },
    ...{ sellValueVnd: 44, currentRoom: null, totalRoom: 45 },
  }],
  indices: [{
    ...{ code: "VN30", exchangeMs: AT_MS, valueE2: 51, referenceE2: 52, volume: 53, valueVnd: 54 },
    ...{ advances: 55, noChanges: 56, declines: 57, ceilings: 58, floors: 59 },
  }],
  basis: [{ symbol: "VN30F2612", exchangeMs: AT_MS, futuresE2: 61, spotE2: 64 }],
  alerts: [{
    ...{ id: `${DATE}-7`, n: 7, alert_type: "volume_spike", severity: "warning", symbol: "FPT" },
    ...{ message: "up", message_vi: "tăng", timestamp: `${DATE}T09:30:07+07:00` },
    data: { inputs: { a: 1.5, b: null }, threshold: { c: "x" }, explanation: "because" },
  }],
  instruments: [{
    ...{ symbol: "FPT", exchange: "HOSE", nameVi: "Công ty", nameEn: "Company" },
    listedShares: 71,
  }],
  dailyPrices: [{
    ...{ symbol: "FPT", referenceE2: 80, ceilingE2: 81, floorE2: 82, openE2: 83, highE2: 84 },
    ...{ lowE2: 85, closeE2: 86, averageE2: 87, volume: 88, valueVnd: 89 },
    ...{ putThroughVolume: 90, putThroughValueVnd: 91, foreignBuyVolume: 92 },
    ...{ foreignSellVolume: 93, foreignBuyValueVnd: 94, foreignSellValueVnd: 95 },
    ...{ foreignRoom: 96, activeBuyVolume: 97, activeSellVolume: 98 },
  }],
  dailyIndices: [{
    ...{ code: "VN30", referenceE2: 101, openE2: 102, highE2: 103, lowE2: 104, closeE2: 105 },
    ...{ volume: 106, valueVnd: 107, putThroughVolume: 108, putThroughValueVnd: 109 },
    ...{ advances: 110, noChanges: 111, declines: 112 },
  }],
  sessions: [{
    archivedMs: AT_MS,
    stateHash: "4f",
    feed: { stalls: 1, reconnects: 2 },
    certificate: {
      trading_date: DATE,
      archived_at: `${DATE}T15:05:00+07:00`,
      boards: { HOSE: { trades: 1, volume: 2, value: 3 } },
      indices: { VN30: { close: 1.5, change: null } },
      alerts: {
        ...{ foreign_acceleration: 0, basis_divergence: 1, volume_spike: 2, price_breakout: 3 },
        session_event: 4,
      },
      quality: {
        counted_volume: 121,
        missing_volume: 122,
        messages: { accepted: 5, duplicate: 123, conflict: 124 },
        phase_drifts: [],
      },
    },
  }],
};
