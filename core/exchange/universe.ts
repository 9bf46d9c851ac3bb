import { listedVn30Futures } from "../market/futures.ts";
import { type Band, bandOf, lotSize, tickE2 } from "../market/instrument.ts";
import { VN30_SECTORS } from "../market/vn30.ts";
import { meanBasisE2 } from "./futures_flow.ts";
import type { Listing, WarrantTerms } from "./listing.ts";
import { makeName, makeTickers, SECTOR_COUNT } from "./names.ts";
import { keyOf } from "./rng.ts";
import { fixedTrait, share, stockOf, Trait } from "./share_listing.ts";
import type { SimInstrument } from "./types.ts";
import { VN30_LISTINGS } from "./vn30_listing.ts";

/** Made-up stocks per board, beside the VN30 names; with funds and warrants 1,612 in all. */
const STOCKS = { HOSE: 342, HNX: 310, UPCOM: 890 } as const;
const ETF_NAMES = ["VN30", "VN50", "VNMID", "FIN", "DIAMOND", "VALUE", "GROWTH", "VN100"];
const WARRANTS_PER_UNDERLYING = 2;
const WARRANT_UNDERLYINGS = 16;

/** The last part of each board hardly trades; some of its names not at all on a day. */
const QUIET_FROM = 0.75;
const QUIET_RATE = 0.1;

/** The listings of a date, busiest first within each group; futures come last. */
export function buildUniverse(seed: number, date: string, vn30PriorE2: number): Listing[] {
  const day = keyOf(seed, date);
  const tickers = makeTickers(STOCKS.HOSE + STOCKS.HNX + STOCKS.UPCOM);
  const vn30 = vn30Listings(day);
  return [
    ...vn30,
    ...etfListings(day),
    ...madeUpListings(day, "HOSE", tickers.slice(0, STOCKS.HOSE)),
    ...warrantListings(day, date, vn30),
    ...madeUpListings(day, "HNX", tickers.slice(STOCKS.HOSE, STOCKS.HOSE + STOCKS.HNX)),
    ...madeUpListings(day, "UPCOM", tickers.slice(STOCKS.HOSE + STOCKS.HNX)),
    ...futuresListings(date, vn30PriorE2),
  ];
}

function vn30Listings(day: number): Listing[] {
  return VN30_LISTINGS.map((row, rank) => {
    const sector = VN30_SECTORS.findIndex(({ symbols }) => symbols.includes(row.symbol));
    const instrument = stockOf(row.symbol, "HOSE", row.nameVi, row.nameEn, row.sharesMillion * 1e6);
    return share(day, instrument, row.priceVnd, sector, 40 / (rank + 9), 45e6);
  });
}

function madeUpListings(day: number, exchange: keyof typeof STOCKS, tickers: string[]): Listing[] {
  return tickers.map((symbol, rank) => {
    const trait = (which: Trait) => fixedTrait(symbol, which);
    const sector = Math.floor(trait(Trait.sector) * SECTOR_COUNT);
    const name = makeName(symbol, sector);
    const { lowVnd, spanVnd, busy, lag, maxShares, orderVnd } = BOARDS[exchange];
    const shares = 3_000_000 + Math.floor(trait(Trait.shares) ** 3 * maxShares / 1000) * 1000;
    const priceVnd = lowVnd + trait(Trait.price) ** 3 * spanVnd;
    const instrument = stockOf(symbol, exchange, name.vi, name.en, shares);
    const isQuiet = rank > tickers.length * QUIET_FROM;
    const rate = busy / (rank + lag) * (isQuiet ? QUIET_RATE : 1);
    return share(day, instrument, priceVnd, sector, rate, orderVnd);
  });
}

const BOARDS = {
  HOSE: { lowVnd: 4_200, spanVnd: 95_000, busy: 24, lag: 14, maxShares: 1.2e9, orderVnd: 25e6 },
  HNX: { lowVnd: 3_000, spanVnd: 70_000, busy: 8, lag: 8, maxShares: 4e8, orderVnd: 16e6 },
  UPCOM: { lowVnd: 1_400, spanVnd: 85_000, busy: 6, lag: 8, maxShares: 5e8, orderVnd: 12e6 },
} as const;

function etfListings(day: number): Listing[] {
  return ETF_NAMES.map((follows, rank) => {
    const symbol = `FUESIM${String(rank + 1).padStart(2, "0")}`;
    const instrument: SimInstrument = {
      ...stockOf(symbol, "HOSE", `Quỹ ETF mô phỏng ${follows}`, `Simulated ETF ${follows}`, 4e7),
      kind: "etf",
    };
    const listing = share(day, instrument, 14_000 + rank * 2_300, 0, 1.2 / (rank + 2), 30e6);
    return { ...listing, beta: 1, volatility: 0.002, totalRoom: 4e7, currentRoom: 4e7 };
  });
}

function warrantListings(day: number, date: string, vn30: Listing[]): Listing[] {
  const year = date.slice(2, 4);
  return vn30.slice(0, WARRANT_UNDERLYINGS).flatMap((underlying, rank) =>
    Array.from({ length: WARRANTS_PER_UNDERLYING }, (_, series) => {
      const of = underlying.instrument.symbol;
      const symbol = `C${of}${year}0${series + 1}`;
      const ratio = underlying.referenceE2 > 6_000_000 ? 10 : 4;
      const instrument: SimInstrument = {
        ...stockOf(symbol, "HOSE", `Chứng quyền ${of}`, `Covered warrant ${of}`, 1e7),
        kind: "warrant",
      };
      const listing = share(day, instrument, 900 + rank * 70 + series * 310, 0, 0.12, 6e6);
      const band = warrantBand(listing.referenceE2, underlying, ratio);
      const warrant: WarrantTerms = { underlying: of, ratio };
      return { ...listing, band, warrant, volatility: 0.004, totalRoom: 1e7, currentRoom: 1e7 };
    })
  );
}

/** Reference price of a future: its index's last close and what the days to expiry are worth. */
export function futureReferenceE2(vn30PriorE2: number, days: number): number {
  return Math.round((vn30PriorE2 + meanBasisE2(days)) / 10) * 10;
}

/** A warrant may move as far as its underlying may, divided by the ratio. */
export function warrantBand(
  referenceE2: number,
  underlying: Pick<Listing, "band" | "referenceE2">,
  ratio: number,
): Band {
  const tick = tickE2("HOSE", "warrant", referenceE2);
  const up = (underlying.band.ceilingE2 - underlying.referenceE2) / ratio;
  const down = (underlying.referenceE2 - underlying.band.floorE2) / ratio;
  return {
    ceilingE2: Math.max(referenceE2 + tick, Math.floor((referenceE2 + up) / tick) * tick),
    floorE2: Math.max(tick, Math.ceil((referenceE2 - down) / tick) * tick),
  };
}

function futuresListings(date: string, vn30PriorE2: number): Listing[] {
  return listedVn30Futures(date).map((contract, rank) => {
    const days = daysBetween(date, contract.lastTradingDate);
    const referenceE2 = futureReferenceE2(vn30PriorE2, days);
    return {
      instrument: {
        symbol: contract.code,
        exchange: "DER",
        kind: "future",
        nameVi: `HĐTL chỉ số VN30 tháng ${contract.month}`,
        nameEn: `VN30 index future ${contract.month}`,
        listedShares: 0,
        lotSize: lotSize("future"),
        lastTradingDate: contract.lastTradingDate,
      },
      exchange: "DERIVATIVES",
      baseVnd: 0,
      referenceE2,
      priorE2: referenceE2,
      band: bandOf("DERIVATIVES", "future", referenceE2),
      sector: 0,
      beta: 1,
      volatility: 0.002,
      actionsPerSecond: [9, 0.6, 0.1, 0.06][rank]!,
      orderVnd: rank === 0 ? 6e8 : 3e8,
      totalRoom: 0,
      currentRoom: 0,
      warrant: null,
    };
  });
}

/** Calendar days from a date to a later one. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
