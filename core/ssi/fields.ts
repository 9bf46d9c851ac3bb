import { z } from "zod";

/**
 * Shapes of the records inside `Content`, one flat schema each, with every spelling that SSI's
 * documents and captures have used. A number may come as number, text, "NaN", "" or null; what it
 * means is decided in `decode_value.ts`. Fields that nobody reads are not listed.
 */

const Num = z.union([z.number(), z.string(), z.null()]).optional();
const Text = z.string().nullish();

/** A number field as the wire may spell it. */
export type WireNumber = z.infer<typeof Num>;

const HEAD = {
  TradingDate: Text,
  Time: Text,
  TradingTime: Text,
};
const SECURITY = {
  ...HEAD,
  Symbol: Text,
  Exchange: Text,
  MarketId: Text,
  MarketID: Text,
  TradingSession: Text,
};
const TRADE = {
  ...SECURITY,
  TradingStatus: Text,
  Ceiling: Num,
  Floor: Num,
  RefPrice: Num,
  AvgPrice: Num,
  Avg: Num,
  LastPrice: Num,
  LastVol: Num,
  TotalVal: Num,
  TotalVol: Num,
  EstMatchedPrice: Num,
  Open: Num,
  High: Num,
  Low: Num,
  Highest: Num,
  Lowest: Num,
  Side: Text,
};

type Depth = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;
type BookKey = `${"Bid" | "Ask"}${"Price" | "Vol"}${Depth}`;
const DEPTHS: readonly Depth[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Keys of one side of the book, best level first. */
export interface BookKeys {
  readonly price: BookKey;
  readonly volume: BookKey;
}

/** Keys of the buying side. */
export const BID_KEYS: readonly BookKeys[] = DEPTHS.map((depth) => ({
  price: `BidPrice${depth}`,
  volume: `BidVol${depth}`,
}));

/** Keys of the selling side. */
export const ASK_KEYS: readonly BookKeys[] = DEPTHS.map((depth) => ({
  price: `AskPrice${depth}`,
  volume: `AskVol${depth}`,
}));

/** Levels that an odd-lot book has. */
const ODD_LOT_DEPTH = 3;
/** Keys of an odd-lot book's buying side. */
export const ODD_LOT_BID_KEYS: readonly BookKeys[] = BID_KEYS.slice(0, ODD_LOT_DEPTH);
/** Keys of an odd-lot book's selling side. */
export const ODD_LOT_ASK_KEYS: readonly BookKeys[] = ASK_KEYS.slice(0, ODD_LOT_DEPTH);

export const StatusRecord = z.object({ ...SECURITY, TradingStatus: Text });
/**
 * Channel X-QUOTE without its forty levels: those are read straight from the message, one check each,
 * in `decode_record.ts`; as fields of a schema they were a tenth of all the work on the feed.
 */
export const QuoteRecord = z.object(SECURITY);
export const TradeRecord = z.object(TRADE);

/** Channel OL; its totals hold round lots too and are read only to be checked. */
export const OddLotRecord = z.object({
  ...SECURITY,
  LastPrice: Num,
  LastVol: Num,
  TotalVol: Num,
  TotalVal: Num,
});

export const ForeignRecord = z.object({
  ...SECURITY,
  TotalRoom: Num,
  CurrentRoom: Num,
  BuyVol: Num,
  SellVol: Num,
  BuyVal: Num,
  SellVal: Num,
  FBuyVol: Num,
  FSellVol: Num,
  FBuyVal: Num,
  FSellVal: Num,
});

export const IndexRecord = z.object({
  ...HEAD,
  IndexId: Text,
  IndexName: Text,
  IndexValEst: Num,
  IndexValue: Num,
  PriorIndexValue: Num,
  TotalQtty: Num,
  TotalValue: Num,
  TotalQttyPt: Num,
  TotalQttyPT: Num,
  TotalValuePt: Num,
  TotalValuePT: Num,
  Advances: Num,
  NoChanges: Num,
  Nochanges: Num,
  Declines: Num,
  Ceilings: Num,
  Ceiling: Num,
  Floors: Num,
  Floor: Num,
  TradingSession: Text,
});

export const BarRecord = z.object({ ...HEAD, Symbol: Text, Close: Num, Volume: Num });

export type StatusRecord = z.infer<typeof StatusRecord>;
export type QuoteRecord = z.infer<typeof QuoteRecord>;
export type TradeRecord = z.infer<typeof TradeRecord>;
export type OddLotRecord = z.infer<typeof OddLotRecord>;
export type ForeignRecord = z.infer<typeof ForeignRecord>;
export type IndexRecord = z.infer<typeof IndexRecord>;
export type BarRecord = z.infer<typeof BarRecord>;
