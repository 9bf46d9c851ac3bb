import { type ByteReader, type ByteWriter, VALUE_MAX } from "./archive_bytes.ts";

/** Writes the first value, the largest step that divides all differences, and them in that step. */
export function writeSteps(writer: ByteWriter, values: readonly number[]): void {
  if (values.length === 0) return;
  const first = checked(values[0]!);
  const step = commonDivisor(values, (i) => checked(values[i]!) - (values[i - 1] ?? first));
  writer.varint(first);
  writer.varint(step);
  for (let i = 1; i < values.length; i++) writer.zigzag((values[i]! - values[i - 1]!) / step);
}

export function readSteps(reader: ByteReader, length: number): Float64Array {
  const values = new Float64Array(length);
  if (length === 0) return values;
  let value = values[0] = checked(reader.varint());
  const step = reader.varint();
  for (let i = 1; i < length; i++) {
    value = checked(value + reader.zigzag() * step);
    values[i] = value;
  }
  return values;
}

/** Writes the largest lot that divides all values, and them in that lot. */
export function writeMultiples(writer: ByteWriter, values: readonly number[]): void {
  if (values.length === 0) return;
  const lot = commonDivisor(values, (i) => checked(values[i]!));
  writer.varint(lot);
  for (const value of values) writer.varint(value / lot);
}

export function readMultiples(reader: ByteReader, length: number): Float64Array {
  const values = new Float64Array(length);
  if (length === 0) return values;
  const lot = reader.varint();
  for (let i = 0; i < length; i++) values[i] = checked(reader.varint() * lot);
  return values;
}

/**
 * Writes the places at which a total is not the one before plus the volume, each by its distance
 * from the place before it, with the volume that is missing there.
 */
export function writeTotals(
  writer: ByteWriter,
  trades: readonly { readonly totalVolume: number; readonly volume: number }[],
): void {
  const gaps: number[] = [];
  let total = 0;
  let place = 0;
  for (const [i, { totalVolume, volume }] of trades.entries()) {
    if (i > 0 && totalVolume <= total) {
      throw new RangeError(`Cannot pack trades: total ${totalVolume} does not exceed ${total}`);
    }
    const missing = checked(totalVolume) - total - checked(volume);
    if (missing !== 0) {
      gaps.push(i - place, missing);
      place = i;
    }
    total = totalVolume;
  }
  writer.varint(gaps.length / 2);
  for (let i = 0; i < gaps.length; i += 2) {
    writer.varint(gaps[i]!);
    writer.zigzag(gaps[i + 1]!);
  }
}

/** Missing volume by the place of the trade behind it, as `writeTotals` wrote it. */
export function readGaps(reader: ByteReader): Map<number, number> {
  const gaps = new Map<number, number>();
  let place = 0;
  for (let count = reader.varint(); count > 0; count--) {
    place += reader.varint();
    gaps.set(place, reader.zigzag());
  }
  return gaps;
}

/** The totals of volumes with `gaps` between them. */
export function totalsOf(volumes: Float64Array, gaps: ReadonlyMap<number, number>): Float64Array {
  const totals = new Float64Array(volumes.length);
  let total = 0;
  for (let i = 0; i < volumes.length; i++) {
    total = checked(total + volumes[i]! + (gaps.get(i) ?? 0));
    totals[i] = total;
  }
  return totals;
}

/** The largest number that divides `value(0)`, `value(1)`…; 1 when all of them are 0. */
function commonDivisor(values: readonly unknown[], value: (index: number) => number): number {
  let divisor = 0;
  for (let i = 0; i < values.length; i++) {
    let rest = Math.abs(value(i));
    while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  }
  return divisor === 0 ? 1 : divisor;
}

function checked(value: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= VALUE_MAX) return value;
  throw new RangeError(`Cannot hold ${value} in packed trades: not between 0 and ${VALUE_MAX}`);
}
