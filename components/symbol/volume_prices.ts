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

/** Two lists of volumes by price as one, highest price first. */
export function addVolumePrices(
  a: readonly PriceVolume[],
  b: readonly PriceVolume[],
): PriceVolume[] {
  const byPrice = Map.groupBy([...a, ...b], ({ price }) => price);
  return [...byPrice].sort(([x], [y]) => y - x).map(([price, held]) => ({
    price,
    buy: held.reduce((sum, { buy }) => sum + buy, 0),
    sell: held.reduce((sum, { sell }) => sum + sell, 0),
    none: held.reduce((sum, { none }) => sum + none, 0),
  }));
}

/** At most `most` rows: neighbouring prices are one row, named by the highest of them. */
export function thinned(rows: readonly PriceVolume[], most: number): readonly PriceVolume[] {
  const size = Math.ceil(rows.length / most);
  if (size <= 1) return rows;
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => {
    const held = rows.slice(i * size, (i + 1) * size);
    const { price } = held[0]!;
    const [{ buy, sell, none }] = addVolumePrices(held.map((row) => ({ ...row, price })), []) as [
      PriceVolume,
    ];
    return { price, buy, sell, none };
  });
}
