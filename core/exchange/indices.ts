import { VN30_SECTORS } from "../market/vn30.ts";
import { IndexState, type IndexTerms } from "./index_value.ts";
import { drawUnit, keyOf, STREAM } from "./rng.ts";
import type { Security } from "./security.ts";

/** Last close of VN30 in hundredths: 1,915 to 1,985 points, by the day. */
export function vn30PriorE2(seed: number, date: string): number {
  return 191_500 + Math.floor(7_000 * drawUnit(keyOf(seed, date), STREAM.listing, 30));
}

/** Industry indices by positions in VN30_SECTORS. */
const INDUSTRIES: readonly (readonly [id: string, name: string, sectors: readonly number[]])[] = [
  ["VNFIN", "VNFIN Index", [0, 1]],
  ["VNREAL", "VNREAL Index", [2]],
  ["VNCONS", "VNCONS Index", [4]],
  ["VNENE", "VNENE Index", [6]],
  ["VNMAT", "VNMAT Index", [7, 8]],
  ["VNIT", "VNIT Index", [10]],
];

const MID_CAP_COUNT = 70;
const HNX30_COUNT = 30;

/** The indices of a day over its securities, which must be listed busiest first. */
export function buildIndices(securities: readonly Security[], vn30E2: number): IndexState[] {
  const stocks = securities.filter(({ listing }) => listing.instrument.kind === "stock");
  const on = (exchange: string) => stocks.filter(({ listing }) => listing.exchange === exchange);
  const hose = on("HOSE");
  const hnx = on("HNX");
  const basket = new Set(VN30_SECTORS.flatMap(({ symbols }) => symbols));
  const vn30 = hose.filter(({ symbol }) => basket.has(symbol));
  const others = hose.filter(({ symbol }) => !basket.has(symbol));
  const mid = others.slice(0, MID_CAP_COUNT);
  const index = (
    id: string,
    name: string,
    exchange: IndexTerms["exchange"],
    scale: number,
    members: readonly Security[],
    type: IndexTerms["type"] = "Main",
  ) => {
    const priorE2 = Math.round(vn30E2 * scale);
    return new IndexState({ id, name, exchange, type, scale, priorE2 }, members);
  };
  const all = [
    index("VNINDEX", "VN-Index", "HOSE", 0.88, hose),
    index("VN30", "VN30", "HOSE", 1, vn30),
    index("VN100", "VN100", "HOSE", 0.93, [...vn30, ...mid]),
    index("VNMID", "VNMidcap", "HOSE", 1.17, mid),
    index("VNSML", "VNSmallcap", "HOSE", 0.8, others.slice(MID_CAP_COUNT)),
    index("HNX30", "HNX30", "HNX", 0.29, hnx.slice(0, HNX30_COUNT)),
    index("HNXIndex", "HNX-Index", "HNX", 0.138, hnx),
    index("HNXUpcomIndex", "UPCoM-Index", "HNX", 0.061, on("UPCOM")),
    ...INDUSTRIES.map(([id, name, sectors]) =>
      index(
        id,
        name,
        "HOSE",
        0.9,
        hose.filter(({ listing }) => sectors.includes(listing.sector)),
        "Industry",
      )
    ),
  ];
  return all.filter(({ members }) => members.length > 0);
}
