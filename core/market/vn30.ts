/**
 * VN30 membership as a dated seed: used only when IndexComponents cannot be read, and said so.
 * The basket is reviewed in January and July; this one holds since August 2026, next February 2027.
 */
export const VN30_AS_OF = "2026-08-03";

/** Sector of each member (Vietnamese, English) and its tickers. */
export const VN30_SECTORS: readonly {
  readonly vi: string;
  readonly en: string;
  readonly symbols: readonly string[];
}[] = [
  {
    vi: "Ngân hàng",
    en: "Banks",
    symbols: "ACB BID CTG HDB LPB MBB SHB SSB STB TCB VCB VIB VPB".split(" "),
  },
  { vi: "Chứng khoán", en: "Securities", symbols: ["SSI", "TCX"] },
  { vi: "Bất động sản", en: "Real estate", symbols: ["VHM", "VIC", "VRE"] },
  { vi: "Du lịch, giải trí", en: "Leisure", symbols: ["VPL"] },
  { vi: "Hàng tiêu dùng", en: "Consumer staples", symbols: ["MCH", "MSN", "SAB", "VNM"] },
  { vi: "Bán lẻ", en: "Retail", symbols: ["MWG"] },
  { vi: "Dầu khí", en: "Oil and gas", symbols: ["BSR", "GAS"] },
  { vi: "Thép", en: "Steel", symbols: ["HPG"] },
  { vi: "Cao su, khu công nghiệp", en: "Rubber, industrial land", symbols: ["GVR"] },
  { vi: "Hàng không", en: "Airlines", symbols: ["VJC"] },
  { vi: "Công nghệ", en: "Technology", symbols: ["FPT"] },
];

/** The thirty tickers, in alphabetical order. */
export const VN30_SEED: readonly string[] = VN30_SECTORS.flatMap((s) => s.symbols).sort();
