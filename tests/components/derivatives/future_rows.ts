import type { ContractView, DerivativeRow } from "../../../components/derivatives/contracts.ts";
import { contractViews } from "../../../components/derivatives/contracts.ts";
import { numberStyleOf } from "../../../components/i18n.ts";

export const DEC = "41I1GC000";
export const VI_STYLE = numberStyleOf("vi");

/** The December future in full trade, a little cheap. */
export const DEC_ROW: DerivativeRow = {
  ...{ symbol: DEC, underlying: "VN30", month: "2026-12", expiry: "2026-12-17", daysLeft: 21 },
  ...{ active: 1, last: 1_991, change: 18.6, changePct: 0.94, ref: 1_972.4, ceil: 2_110.4 },
  ...{ floor: 1_834.4, vol: 77_035, bid: 1_990.7, bidVol: 18, ask: 1_991, askVol: 1 },
  ...{ spot: 1_990.15, basis: 0.85, basisPct: 0.04, premium: "premium", fair: 1_993.59 },
  ...{ fairLow: 1_991.6, fairHigh: 1_995.58, rich: -2.59, richVnd: -259_000, carryPct: 0.74 },
  ...{ slope: -0.24, trend: "converging", spread: null, oi: null, basisTime: "10:00:09" },
};

/** The December future with some cells changed. */
export function decemberWith(cells: Partial<DerivativeRow> = {}): ContractView {
  const derivatives = [{ ...DEC_ROW, ...cells }];
  return contractViews({ board: [], derivatives, vn30: 1_990.15 })[0]!;
}
