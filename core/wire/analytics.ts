/**
 * Columns of the tables of analytics, as `board.ts` has those of the board: the order is part of the
 * protocol, new fields go to the end, at most 53 per table. Prices are VND or points, volumes shares
 * or contracts, values VND, speeds shares per minute. null means "not there".
 */

/** Fields of the table `foreign`; a row is one security with a foreign flow. */
export const FOREIGN_FIELDS = [
  "buyVol", // cumulative of the day
  "sellVol",
  "buyVal",
  "sellVal",
  "netVol",
  "netVal",
  "room", // shares that foreigners may still buy
  "totalRoom",
  "roomUsed", // per cent of totalRoom; null without one
  "buySpeed", // shares per minute over the last five minutes
  "sellSpeed",
  "buyAccel", // change of the speed over the last minute, shares per minute per minute
  "sellAccel",
  "buyDelta", // since the message before
  "sellDelta",
  "approx", // 1 where the feed's values are volume times last price, an estimate; else 0
  "time", // exchange time of the last message, "HH:mm:ss"
] as const;
export type ForeignField = typeof FOREIGN_FIELDS[number];

/**
 * Fields of the table `flow`: foreign flow of many securities together. Rows are VN30, ALL, the
 * boards HOSE, HNX, UPCOM, and one per sector of the VN30 members (`sector:banks`).
 */
export const FLOW_FIELDS = [
  "buyVol",
  "sellVol",
  "buyVal",
  "sellVal",
  "netVol",
  "netVal",
  "buySpeed",
  "sellSpeed",
  "buyAccel",
  "sellAccel",
  "symbols", // securities in the sum
] as const;
export type FlowField = typeof FLOW_FIELDS[number];

/**
 * Fields of the table `volume`; a row is one security. Laws: for each of buy, sell and none the five
 * phases sum to the total, and total + missing = day.
 */
export const VOLUME_FIELDS = [
  "buy", // active buy volume of the day (mua chủ động)
  "sell",
  "none",
  "total",
  "buyVal", // VND
  "sellVal",
  "noneVal",
  "atoBuy",
  "atoSell",
  "atoNone",
  "contBuy",
  "contSell",
  "contNone",
  "atcBuy",
  "atcSell",
  "atcNone",
  "ploBuy",
  "ploSell",
  "ploNone",
  "otherBuy", // matched in no session of order matching: put-through hours, a halt, after the close
  "otherSell",
  "otherNone",
  "missing", // volume known to have traded, without its trades
  "day", // the exchange's own cumulative volume
  "buyPctMin", // active buying in per cent of what had a side or may have had one: honest bounds
  "buyPctMax",
  "mFeed", // volume by the method that found its side
  "mQuote",
  "mTick",
  "mAuction",
  "mNone",
  "agree", // volume on which the feed's flag and the quote rule agree, and disagree
  "disagree",
  "time",
  "ploVal", // VND; parts of noneVal, so that the value of ato, continuous and atc can be told
  "otherVal",
] as const;
export type VolumeField = typeof VOLUME_FIELDS[number];

/** Fields of the table `derivatives`; a row is one listed index future. */
export const DERIVATIVE_FIELDS = [
  "underlying", // "VN30" | "VN100"
  "month", // "YYYY-MM" of the expiry
  "expiry", // last trading day, "YYYY-MM-DD"
  "daysLeft", // calendar days from the trading date to the expiry
  "active", // 1 for the contract with the largest volume, else 0
  "last",
  "change",
  "changePct",
  "ref",
  "ceil",
  "floor",
  "vol",
  "bid",
  "bidVol",
  "ask",
  "askVol",
  "spot", // value of the underlying index
  "basis", // last − spot, points; null before the index has traded
  "basisPct",
  "premium", // "premium" | "discount" | "flat"
  "fair", // spot × (1 + carry × days / 365)
  "fairLow", // band of costs around it
  "fairHigh",
  "rich", // last − fair, points; positive is rich
  "richVnd", // the same per contract
  "carryPct", // annualised carry that the price implies, per cent
  "slope", // points per minute by which the absolute basis grows, over the last 30 minutes
  "trend", // "converging" | "diverging" | "flat"
  "spread", // last − last of the next nearer contract, points
  "oi", // open interest; null: SSI FastConnect Data v2 does not carry it
  "buyVol",
  "sellVol",
  "neutVol",
  "basisTime", // exchange time of the newer of the two prices, "HH:mm:ss"
] as const;
export type DerivativeField = typeof DERIVATIVE_FIELDS[number];
