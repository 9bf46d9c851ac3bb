import type { Cell } from "../../../core/wire/board.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { BOARD_FIELDS, type BoardField } from "../../../core/wire/board.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import { connectingStatus } from "../../../core/hub/replica.ts";
import { mix } from "../../../core/exchange/rng.ts";

/** Securities of the whole market. */
const ROWS = 1_600;
const EPOCH = "bench";
/** Goes on from where the board begins: ten thousand snapshots of the market would only be in the way. */
export const RESUME = `{"op":"sub","id":1,"c":["market"],"from":{"market":{"e":"${EPOCH}","s":1}}}`;
/** What each change says of a security: a trade and the best prices, 6.7 cells on average. */
const TRADE: readonly BoardField[] = ["last", "lastVol", "vol", "val", "time"];
const QUOTE: readonly BoardField[] = ["b1p", "b1v", "a1p", "a1v"];
/** Different changes that take turns, so that no two messages in a row are equal. */
const VARIANTS = 8;
export const START_MS = Date.parse("2026-08-03T09:30:00+07:00");

type Delta = Extract<BusMessage, { k: "delta" }>;

/** The engine side: the whole market, and changes of it made beforehand, so that they cost nothing. */
export class BenchFeed {
  readonly first = firstSnapshot();
  #seq = this.first.seq;
  readonly #changes = new Map<number, Delta["tables"][]>();

  constructor(sizes: readonly number[]) {
    for (const size of sizes) this.#changes.set(size, changesOf(size));
  }

  /** A change of which the hub tells in about so many bytes, stamped with `asOfMs`. */
  next({ size, stampMs: asOfMs }: Order): BusMessage {
    const variants = this.#changes.get(size);
    if (variants === undefined) throw new Error(`Cannot change ${size} bytes: not prepared`);
    const seq = ++this.#seq;
    const tables = variants[seq % VARIANTS]!;
    return { k: "delta", epoch: EPOCH, seq, asOfMs, tables, logs: [], trades: [] };
  }
}

/** What the load client orders. */
export interface Order {
  readonly size: number;
  readonly stampMs: number;
}

/** Orders of the load client are `SIZE T`; everything else is for the hub. */
export function readOrder(text: string): Order | null {
  const [, size, stamp] = /^(\d+) (\d+)$/.exec(text) ?? [];
  return size === undefined ? null : { size: Number(size), stampMs: Number(stamp) };
}

function firstSnapshot(): Extract<BusMessage, { k: "snapshot" }> {
  const status = { ...connectingStatus("sim", START_MS), state: "live" as const, reason: null };
  const publisher = new Publisher({ epoch: "none", status });
  const symbols = Array.from({ length: ROWS }, (_, i) => `S${1_000 + i}`);
  publisher.setRows({ "board:vn30": symbols }, EPOCH);
  symbols.forEach((symbol, row) => {
    publisher.put("stock", symbol, BOARD_FIELDS.map((field) => cellOf(field, row, 0)));
  });
  publisher.tick(START_MS);
  return publisher.snapshot();
}

/** Rows that change are found by trying: a message is as long as what stands in it. */
function changesOf(size: number): Delta["tables"][] {
  const lengthOf = (rows: number) => JSON.stringify(deltaOf(rows, 1)).length;
  let [low, high] = [1, ROWS];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lengthOf(middle) + ENVELOPE_CHARS < size) low = middle + 1;
    else high = middle;
  }
  return Array.from({ length: VARIANTS }, (_, i) => [{ name: "stock", d: deltaOf(low, i + 1) }]);
}

/** `{"k":"d","c":"market","e":"bench","p":…,"s":…,"t":…,"d":}` */
const ENVELOPE_CHARS = 80;

/** Changes of so many rows, spread over the board as trading is: row, mask, values. */
function deltaOf(rows: number, variant: number): Cell[] {
  const flat: Cell[] = [];
  for (let i = 0; i < rows; i++) {
    const row = Math.floor(i * ROWS / rows);
    const isTrade = mix(row + variant) % 4 !== 0;
    const fields = BOARD_FIELDS.filter((field) =>
      QUOTE.includes(field) || isTrade && TRADE.includes(field)
    );
    const mask = fields.reduce((sum, field) => sum + 2 ** BOARD_FIELDS.indexOf(field), 0);
    flat.push(row, mask, ...fields.map((field) => cellOf(field, row, variant)));
  }
  return flat;
}

/** A cell of the size that the market's are; another variant gives another value. */
function cellOf(field: BoardField, row: number, variant: number): Cell {
  const drawn = mix(row * 64 + BOARD_FIELDS.indexOf(field) + variant * 131_072) >>> 0;
  const base = 10_000 + (mix(row) >>> 0) % 800 * 100;
  if (field === "exchange") return "HOSE";
  if (field === "side") return drawn % 2 === 0 ? "buy" : "sell";
  if (field === "session" || field === "status") return "LO";
  if (field === "time") return `09:3${variant % 10}:${10 + drawn % 50}`;
  if (field === "val") return base * (1 + drawn % 9_000_000);
  if (/Vol$|^vol$|v$|^fBuy$|^fSell$|^room$/.test(field)) return 100 * (1 + drawn % 90_000);
  if (field.startsWith("c")) return (drawn % 4_000 - 2_000) / 10_000;
  return base + 50 * (drawn % 20 - 10);
}
