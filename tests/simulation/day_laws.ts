import assert from "node:assert/strict";
import { sumSides } from "../../core/analytics/volume.ts";
import { counters, type Ingest } from "../../core/engine/ingest.ts";
import type { Instrument } from "../../core/engine/state.ts";
import { indexRow } from "../../core/engine/index_view.ts";
import { boardRow } from "../../core/engine/views.ts";
import type { Cell } from "../../core/wire/board.ts";
import { BUCKETS } from "../../core/wire/trade_label.ts";

/** What only grows inside a day. */
type Running = readonly [volume: number, foreignBuy: number, foreignSell: number];

/** Laws that hold at every moment of an orderly day; looks at every security and index. */
export class DayLaws {
  minutes = 0;
  rows = 0;
  readonly #running = new Map<string, Running>();
  #asOfMs = 0;

  check(ingest: Ingest): void {
    this.minutes++;
    const { engine } = ingest;
    const { instruments, indices, asOfMs } = engine.market;
    for (const instrument of instruments.values()) {
      this.#row(boardRow(engine, instrument.symbol), instrument.symbol);
      checkSecurity(instrument);
      this.#growing(instrument);
    }
    for (const [id, { event }] of indices) {
      this.#row(indexRow(engine, id), id);
      assert.ok(event.valueE2! > 0, id);
    }
    assert.ok((asOfMs ?? 0) >= this.#asOfMs, "exchange time went back");
    this.#asOfMs = asOfMs ?? 0;
    checkCounts(ingest);
  }

  /** No cell is ever NaN, endless or missing. */
  #row(cells: readonly Cell[], name: string): void {
    this.rows++;
    for (const cell of cells) {
      const isFine = cell === null || typeof cell === "string" || Number.isFinite(cell);
      if (!isFine) assert.fail(`${name} has a cell ${cell}`);
    }
  }

  #growing({ symbol, totalVolume, foreign }: Instrument): void {
    const now: Running = [totalVolume ?? 0, foreign?.buyVolume ?? 0, foreign?.sellVolume ?? 0];
    const before = this.#running.get(symbol) ?? [0, 0, 0];
    assert.ok(now.every((value, i) => value >= before[i]!), `${symbol}: a running total fell`);
    this.#running.set(symbol, now);
  }
}

function checkSecurity({ symbol, tape, volumes, ...prices }: Instrument): void {
  const { lastE2, lowE2, highE2, ceilingE2, floorE2 } = prices;
  assert.equal(tape.counted + tape.missing, tape.head, `${symbol}: I1`);
  for (const side of ["buy", "sell", "none"] as const) {
    const parts = BUCKETS.reduce((sum, bucket) => sum + volumes.buckets[bucket][side], 0);
    assert.equal(parts, volumes[side], `${symbol}: phases of ${side}`);
  }
  assert.equal(sumSides(volumes), tape.counted, `${symbol}: sides`);
  if (lastE2 === null) return;
  assert.ok(lowE2! <= lastE2 && lastE2 <= highE2!, `${symbol}: ${lowE2} ${lastE2} ${highE2}`);
  assert.ok(floorE2! <= lowE2! && highE2! <= ceilingE2!, `${symbol}: outside the band`);
}

function checkCounts(ingest: Ingest): void {
  const counts = counters(ingest);
  const sum = (record: Readonly<Record<string, number>>) =>
    Object.values(record).reduce((total, count) => total + count, 0);
  assert.equal(sum(counts.trades), counts.events.trade, "I3: trades");
  assert.equal(counts.decoded + sum(counts.refused), counts.messages, "I3: messages");
  assert.equal(sum(counts.refused), 0, "an orderly day has nothing to refuse");
}
