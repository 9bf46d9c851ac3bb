import type { ByteReader, ByteWriter } from "./archive_bytes.ts";
import { codesOf, type LabelCodes, labelOf, type TradeLabel } from "./trade_label.ts";

/** Writes the different labels, and for each trade the place of its own among them. */
export function writeLabels(writer: ByteWriter, trades: readonly TradeLabel[]): void {
  const places = new Map<number, number>();
  const labels: LabelCodes[] = [];
  const label = trades.map((trade) => {
    const codes = codesOf(trade);
    const key = keyOf(codes);
    const place = places.get(key);
    if (place !== undefined) return place;
    places.set(key, labels.length);
    return labels.push(codes) - 1;
  });
  writer.varint(labels.length);
  for (const { side, method, reason, phase, flags } of labels) {
    for (const code of [side, method, reason, phase, flags]) writer.varint(code);
  }
  for (const place of label) writer.varint(place);
}

/** The labels that `writeLabels` wrote, and for each of `length` trades the place of its own. */
export function readLabels(reader: ByteReader, length: number) {
  const labels: TradeLabel[] = [];
  for (let count = reader.varint(); count > 0; count--) labels.push(readLabel(reader));
  const label = new Uint16Array(length);
  for (let i = 0; i < length; i++) {
    const place = reader.varint();
    if (place >= labels.length) throw new Error(`Cannot read packed trades: no label ${place}`);
    label[i] = place;
  }
  return { labels, label };
}

function readLabel(reader: ByteReader): TradeLabel {
  const [side, method, reason, phase, flags] = Array.from({ length: 5 }, () => reader.varint());
  return labelOf({ side: side!, method: method!, reason: reason!, phase: phase!, flags: flags! });
}

/** One number for five: codes are far below a thousand. */
function keyOf({ side, method, reason, phase, flags }: LabelCodes): number {
  return (((side * 1_000 + method) * 1_000 + reason) * 1_000 + phase) * 1_000 + flags;
}
