import type { Num } from "../../core/wire/cells.ts";
import type { ForeignInvestorData } from "../../core/wire/foreign_out.ts";
import { billionText } from "../billion_text.ts";
import { type NumberStyle, signed } from "../number_format.ts";

/** A value of a security in billions, two decimals; ≈ before an estimate. */
export function amountText(stock: ForeignInvestorData, value: Num, style: NumberStyle): string {
  if (value === null) return "–";
  return mark(stock) + billionText(value, style);
}

/** Its net value likewise, with its sign. */
export function netText(stock: ForeignInvestorData, style: NumberStyle): string {
  const net = stock.net_value;
  return net === null ? "–" : mark(stock) + signed(billionText(net, style), net);
}

function mark({ is_approximate }: ForeignInvestorData): string {
  return is_approximate === true ? "≈" : "";
}
