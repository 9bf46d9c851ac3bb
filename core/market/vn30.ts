/**
 * VN30 membership as a dated seed: used only when IndexComponents cannot be read, and said so.
 * The basket is reviewed in January and July; this one holds since August 2026, next February 2027.
 */
export const VN30_AS_OF = "2026-08-03";

/** Sector of each member (Vietnamese, English) and its tickers. */
export const VN30_SECTORS: readonly {
  readonly id: string;
  readonly vi: string;
  readonly en: string;
  readonly symbols: readonly string[];
}[] = [
  {
    id: "banks",
    vi: "Ngân hàng",
    en: "Banks",
    symbols: "ACB BID CTG HDB LPB MBB SHB SSB STB TCB VCB VIB VPB".split(" "),
  },
  { id: "securities", vi: "Chứng khoán", en: "Securities", symbols: ["SSI", "TCX"] },
  { id: "real-estate", vi: "Bất động sản", en: "Real estate", symbols: ["VHM", "VIC", "VRE"] },
  { id: "leisure", vi: "Du lịch, giải trí", en: "Leisure", symbols: ["VPL"] },
  {
    id: "consumer",
    vi: "Hàng tiêu dùng",
    en: "Consumer staples",
    symbols: ["MCH", "MSN", "SAB", "VNM"],
  },
  { id: "retail", vi: "Bán lẻ", en: "Retail", symbols: ["MWG"] },
  { id: "oil-gas", vi: "Dầu khí", en: "Oil and gas", symbols: ["BSR", "GAS"] },
  { id: "steel", vi: "Thép", en: "Steel", symbols: ["HPG"] },
  { id: "rubber", vi: "Cao su, khu công nghiệp", en: "Rubber, industrial land", symbols: ["GVR"] },
  { id: "airlines", vi: "Hàng không", en: "Airlines", symbols: ["VJC"] },
  { id: "technology", vi: "Công nghệ", en: "Technology", symbols: ["FPT"] },
];

/** The thirty tickers, in alphabetical order. */
export const VN30_SEED: readonly string[] = VN30_SECTORS.flatMap((s) => s.symbols).sort();

const sectorBySymbol = new Map(
  VN30_SECTORS.flatMap(({ id, symbols }) => symbols.map((symbol) => [symbol, id] as const)),
);

/** Sector that members outside the dated list are shown under. */
export const OTHER_SECTOR = "other";

/** Sector id of a ticker; `other` for one that the dated list does not have. */
export function sectorOf(symbol: string): string {
  return sectorBySymbol.get(symbol) ?? OTHER_SECTOR;
}
