/**
 * Columns of the live tables, in mask-bit order. Bit f of a delta's mask stands for field f, so the
 * order is part of the protocol: new fields go to the end, at most 53 per table.
 * Prices are JSON numbers in VND (securities) or points (futures, indices); volumes are shares or
 * contracts; values VND. null means "not there": no trade yet, an empty book level, no limit known.
 */

/** A value of a cell on the wire. */
export type Cell = number | string | null;

/** Fields of the table `stock` and of the boards, which are parts of it; a row is one instrument. */
export const BOARD_FIELDS = [
  "exchange", // "HOSE" | "HNX" | "UPCOM" | "DERIVATIVES"
  "ref", // reference price
  "ceil",
  "floor",
  "last", // last matched price, null before the first match
  "lastVol",
  "side", // of the last trade: "buy" | "sell" | "none"
  "est", // expected match price while a call auction runs
  "open",
  "high",
  "low",
  "avg",
  "vol", // matched volume of the day
  "val", // matched value of the day, VND
  "b1p", // bids: price and volume, best first; price null with a volume is a market-order row
  "b1v",
  "b2p",
  "b2v",
  "b3p",
  "b3v",
  "a1p", // asks
  "a1v",
  "a2p",
  "a2v",
  "a3p",
  "a3v",
  "fBuy", // cumulative foreign buy volume
  "fSell",
  "room", // foreign room left
  "buyVol", // active buy volume (mua chủ động)
  "sellVol", // active sell volume (bán chủ động)
  "neutVol", // auction, gap and unclassified volume
  "missVol", // volume known to be missing from the tape
  "session", // session code as the feed writes it
  "status", // trading status code as the feed writes it
  "time", // exchange time of the last change, "HH:mm:ss"
  "basis", // futures only: last − value of the underlying index, points
  "cVn30", // contribution to VN30 in points, approximate; null for what is no member
  "cVnindex", // contribution to VNINDEX in points, approximate
] as const;
export type BoardField = typeof BOARD_FIELDS[number];

/** Fields of the table `index`; a row is one index, VNINDEX and VN30 first. */
export const INDEX_FIELDS = [
  "name",
  "value",
  "prior", // previous close
  "est", // estimated value while a call auction runs
  "vol",
  "val",
  "ptVol", // put-through
  "ptVal",
  "up", // breadth counted from the members; as the feed counts it where the members are not known
  "same",
  "down",
  "ceil",
  "floor",
  "session",
  "time",
  "open",
  "high",
  "low",
  "members", // securities that the breadth is counted from; null where it is the feed's own
  "fUp", // the feed's own counters; all null where it sends only zeroes
  "fSame",
  "fDown",
  "fCeil",
  "fFloor",
  "contrib", // sum of the members' contributions in points, approximate
  "resid", // change of the index less contrib: a stale weight or a missed print
] as const;
export type IndexField = typeof INDEX_FIELDS[number];

/** Boards: row sets of the table `stock`. */
export type BoardName = "board:vn30" | "board:der" | "board:extra";

/** A row as an object, the form that pages and REST work with. */
export type Row<Field extends string> =
  & { readonly symbol: string }
  & Readonly<Partial<Record<Field, Cell>>>;
export type BoardRow = { readonly symbol: string } & Readonly<Partial<Record<BoardField, Cell>>>;
export type IndexRow = { readonly symbol: string } & Readonly<Partial<Record<IndexField, Cell>>>;
