import { maskOf } from "../../core/wire/mask.ts";
import { numberStyleOf } from "../../components/i18n.ts";
import type { LiveLink } from "../../components/live/link.ts";
import type { BoardRow, Cell, IndexRow } from "../../core/wire/board.ts";
import { fieldsOf, type StateChannel } from "../../core/wire/channel.ts";
import type { DeltaFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import type { FeedStatus } from "../../core/wire/status.ts";
import { VN30_SEED } from "../../core/market/vn30.ts";

/** A stock in continuous trading, a little above its reference. */
export const HPG: BoardRow = {
  symbol: "HPG",
  exchange: "HOSE",
  ref: 26_200,
  ceil: 28_000,
  floor: 24_400,
  last: 26_550,
  lastVol: 12_300,
  est: null,
  high: 28_000,
  low: 24_400,
  avg: 26_553.27,
  vol: 12_345_600,
  val: 327_654_321_000,
  b1p: 26_550,
  b1v: 45_600,
  b2p: 26_200,
  b2v: 1_000,
  b3p: 26_150,
  b3v: 900,
  a1p: 26_600,
  a1v: 7_800,
  a2p: null,
  a2v: null,
  a3p: null,
  a3v: null,
  fBuy: 1_200_300,
  fSell: 0,
  room: 0,
  session: "LO",
  status: "N",
};

/** The thirty rows of a board: one traded, one known by references only, the rest by name only. */
export function thirtyRows(): BoardRow[] {
  return VN30_SEED.map((symbol) =>
    symbol === "HPG"
      ? HPG
      : symbol === "FPT"
      ? { symbol, ref: 100_000, ceil: 107_000, floor: 93_000, status: "N" }
      : { symbol }
  );
}

export const VN30_INDEX: IndexRow = {
  symbol: "VN30",
  name: "VN30",
  value: 1893.22,
  prior: 1880.1,
  vol: 423_512_300,
  val: 12_345_678_901_234,
  up: 18,
  same: 2,
  down: 10,
  ceil: 1,
  floor: 0,
};

/** A feed in full swing; the provider is ours, so pages must say that it is simulated. */
export const SIM_LIVE: FeedStatus = {
  provider: "sim",
  replay: false,
  state: "live",
  reason: null,
  sinceMs: Date.parse("2026-11-20T02:00:00Z"),
  asOfMs: Date.parse("2026-11-20T03:32:05Z"),
  tradingDate: "2026-11-20",
  phases: {
    HOSE: "continuous",
    HNX: "continuous",
    UPCOM: "continuous",
    DERIVATIVES: "continuous",
  },
  membership: "feed",
  recorded: true,
};

/** Rows as a channel brings them whole. */
export function snapshotOf(
  c: StateChannel,
  rows: readonly { readonly symbol: string }[],
  e = "e1",
): SnapshotFrame {
  const cells = rows as readonly Readonly<Record<string, Cell>>[];
  return {
    ...{ k: "s", c, e, s: 1, t: SIM_LIVE.asOfMs },
    y: rows.map(({ symbol }) => symbol),
    v: fieldsOf(c).map((field) => cells.map((row) => row[field] ?? null)),
  };
}

/** What islands of a page know. */
export const LINK: LiveLink = {
  ...{ socketUrl: "/ws", ticket: "", feed: SIM_LIVE, asOfMs: SIM_LIVE.asOfMs, ageMs: 0 },
  ...{ madeMs: Date.UTC(2026, 7, 3, 3), at: null },
  ...{ lang: "en", style: numberStyleOf("en"), unit: "thousand" },
};

/** A delta of one row of a channel that stands at seq 1. */
export function deltaOf(
  c: StateChannel,
  row: number,
  cells: Readonly<Record<string, Cell>>,
): DeltaFrame {
  const fields = fieldsOf(c);
  const bits = fields.flatMap((field, bit) => field in cells ? [bit] : []);
  const values = bits.map((bit) => cells[fields[bit]!]!);
  return { k: "d", c, e: "e1", p: 1, s: 2, t: null, d: [row, maskOf(bits), ...values] };
}
