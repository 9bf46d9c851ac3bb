import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import type { TradeRow } from "../core/port/store.ts";
import { ByteReader, ByteWriter } from "./archive_bytes.ts";
import {
  readGaps,
  readMultiples,
  readSteps,
  totalsOf,
  writeMultiples,
  writeSteps,
  writeTotals,
} from "./archive_columns.ts";
import { readLabels, writeLabels } from "./archive_labels.ts";
import type { TradeLabel } from "./trade_label.ts";

/**
 * The trades of one symbol and day in few bytes, for days that are read seldom and kept for ever.
 *
 * A version byte, a CRC-32 (u32, little-endian) of the packed part and of what it unpacks to, then
 * the packed part (raw deflate): the number of trades and one column after another. Times and prices
 * are differences in the largest step that they all keep, volumes multiples of the largest lot; a total
 * is written only where it is not the one before plus the volume; what else is known of a trade is a
 * place in the list of the different labels. Symbol and date are the key of the row that holds the bytes.
 */

/** A trade without its symbol and date. */
export type ArchivedTrade = Omit<TradeRow, "symbol">;

/** The trades of a symbol and day by column, ascending by `totalVolume`. */
export interface TradeColumns {
  readonly length: number;
  readonly exchangeMs: Float64Array;
  /** Cumulative volume of the day after the trade. */
  readonly totalVolume: Float64Array;
  readonly volume: Float64Array;
  readonly priceE2: Float64Array;
  /** Place in `labels`. */
  readonly label: Uint16Array;
  readonly labels: readonly TradeLabel[];
}

const VERSION = 1;
const HEAD_BYTES = 5;
/** By figures (deno task bench:archive): brotli and zstd come within 4 %, and not all can read them. */
const DEFLATE_LEVEL = 6;
/** Unpacked; a record day of the whole market, 5 million trades of 5 bytes, in one symbol. */
const PLAIN_BYTES_MAX = 32 * 1024 * 1024;
/** Time, price, label and volume of a trade take one byte each at least. */
const TRADE_BYTES_MIN = 4;

/** Packs trades that ascend by `totalVolume`; throws on others, and on values out of range. */
export function packTrades(trades: readonly ArchivedTrade[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writer.varint(trades.length);
  writeTotals(writer, trades);
  writeLabels(writer, trades);
  writeSteps(writer, trades.map(({ exchangeMs }) => exchangeMs));
  writeSteps(writer, trades.map(({ priceE2 }) => priceE2));
  writeMultiples(writer, trades.map(({ volume }) => volume));
  const plain = writer.bytes;
  if (plain.length > PLAIN_BYTES_MAX) {
    throw new RangeError(`Cannot pack ${trades.length} trades: ${plain.length} bytes are too many`);
  }
  const packed = deflateRawSync(plain, { level: DEFLATE_LEVEL });
  const bytes = new Uint8Array(HEAD_BYTES + packed.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint32(1, checksum(packed, plain), true);
  bytes.set(packed, HEAD_BYTES);
  return bytes;
}

/** Unpacks trades; throws on bytes that are not exactly what `packTrades` gave. */
export function unpackTrades(bytes: Uint8Array): ArchivedTrade[] {
  const columns = unpackColumns(bytes);
  return Array.from({ length: columns.length }, (_, i) => ({
    exchangeMs: columns.exchangeMs[i]!,
    totalVolume: columns.totalVolume[i]!,
    volume: columns.volume[i]!,
    priceE2: columns.priceE2[i]!,
    ...columns.labels[columns.label[i]!]!,
  }));
}

/** As `unpackTrades`, without an object for each trade. */
export function unpackColumns(bytes: Uint8Array): TradeColumns {
  const reader = new ByteReader(inflated(bytes));
  const length = reader.varint();
  if (length * TRADE_BYTES_MIN > reader.left) {
    throw new Error(`Cannot read packed trades: no room for ${length}`);
  }
  const gaps = readGaps(reader);
  const { labels, label } = readLabels(reader, length);
  const exchangeMs = readSteps(reader, length);
  const priceE2 = readSteps(reader, length);
  const volume = readMultiples(reader, length);
  if (reader.left > 0) throw new Error(`Cannot read packed trades: ${reader.left} bytes too many`);
  const totalVolume = totalsOf(volume, gaps);
  return { length, exchangeMs, totalVolume, volume, priceE2, label, labels };
}

function inflated(bytes: Uint8Array): Uint8Array {
  if (bytes.length < HEAD_BYTES) throw new Error("Cannot read packed trades: they end early");
  const version = bytes[0]!;
  if (version !== VERSION) throw new Error(`Cannot read packed trades of version ${version}`);
  const sum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1, true);
  const packed = bytes.subarray(HEAD_BYTES);
  let plain: Uint8Array;
  try {
    plain = inflateRawSync(packed, { maxOutputLength: PLAIN_BYTES_MAX });
  } catch (cause) {
    throw new Error("Cannot read packed trades: they are damaged", { cause });
  }
  if (checksum(packed, plain) !== sum) {
    throw new Error("Cannot read packed trades: their checksum is wrong");
  }
  return plain;
}

/** Of the packed bytes too: deflate has bits that change nothing, and ignores what follows it. */
function checksum(packed: Uint8Array, plain: Uint8Array): number {
  return crc32(packed, crc32(plain));
}
