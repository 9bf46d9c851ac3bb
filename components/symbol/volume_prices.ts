import type { Trade } from "./trade.ts";

/** Volume at a price of the day, by active side; shares or contracts. */
export interface PriceVolume {
  readonly price: number;
  readonly buy: number;
  readonly sell: number;
  readonly none: number;
}

/** Volume at each price of some trades, highest price first. */
export function volumePricesOf(trades: readonly Trade[]): PriceVolume[] {
  const byPrice = Map.groupBy(trades, ({ price }) => price);
  return [...byPrice].sort(([a], [b]) => b - a).map(([price, held]) => {
    const row = { price, buy: 0, sell: 0, none: 0 };
    for (const { side, volume } of held) row[side] += volume;
    return row;
  });
}

/** At most `most` rows: neighbouring prices become one row, named by the highest of them. */
export function thinned(rows: readonly PriceVolume[], most: number): readonly PriceVolume[] {
  const size = Math.ceil(rows.length / most);
  if (size <= 1) return rows;
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => {
    const sum = { price: rows[i * size]!.price, buy: 0, sell: 0, none: 0 };
    for (const { buy, sell, none } of rows.slice(i * size, (i + 1) * size)) {
      sum.buy += buy;
      sum.sell += sell;
      sum.none += none;
    }
    return sum;
  });
}
