import assert from "node:assert/strict";
import fc from "fast-check";
import { VOLUME_FIELDS, type VolumeField } from "../../../core/wire/analytics.ts";
import type { Cell, Row } from "../../../core/wire/board.ts";
import { type SessionBreakdown, sessionStats } from "../../../core/wire/session_stats.ts";
import {
  SessionBreakdownSchema,
  SessionStatsSchema,
} from "../../../core/wire/session_stats_schema.ts";

type Cells = Partial<Record<VolumeField, Cell>>;

const PARTS = ["ato", "continuous", "atc", "plo", "other"] as const;
const VOLUMES = [
  "mua_chu_dong_volume",
  "ban_chu_dong_volume",
  "neutral_volume",
  "total_volume",
] as const satisfies readonly (keyof SessionBreakdown)[];

const stats = (cells: Cells) => sessionStats({ symbol: "FPT", ...cells });

/** Any volumes, with the sums that a row of the engine has. */
const rows: fc.Arbitrary<Row<VolumeField>> = fc.array(fc.nat({ max: 1e9 }), {
  minLength: VOLUME_FIELDS.length,
  maxLength: VOLUME_FIELDS.length,
}).map((drawn) => {
  const row = Object.fromEntries(VOLUME_FIELDS.map((field, i) => [field, drawn[i]!])) as Record<
    VolumeField,
    number
  >;
  const sum = (side: "Buy" | "Sell" | "None") =>
    row[`ato${side}`] + row[`cont${side}`] + row[`atc${side}`] + row[`plo${side}`] +
    row[`other${side}`];
  const total = sum("Buy") + sum("Sell") + sum("None");
  const noneVal = row.noneVal + row.ploVal + row.otherVal;
  const range = { buyPctMin: row.buyPctMin % 50, buyPctMax: 50 + row.buyPctMax % 50 };
  return { symbol: "FPT", ...row, ...range, noneVal, total, day: total + row.missing };
});

Deno.test("Each of the four volumes is the sum of ATO, continuous and ATC, and nothing else (F-043)", () => {
  fc.assert(fc.property(rows, (row) => {
    const payload = sessionStats(row);
    for (const volume of VOLUMES) {
      const { ato, continuous, atc } = payload;
      assert.equal(ato[volume] + continuous[volume] + atc[volume], payload[volume], volume);
    }
    for (const part of PARTS) {
      const { mua_chu_dong_volume, ban_chu_dong_volume, neutral_volume } = payload[part];
      const sum = mua_chu_dong_volume + ban_chu_dong_volume + neutral_volume;
      assert.equal(payload[part].total_volume, sum, part);
    }
  }));
});

Deno.test("Overall, PLO, other and missing volume make the day's volume (F-043, N-02)", () => {
  fc.assert(fc.property(rows, (row) => {
    const { total_volume, plo, other, missing_volume, day_volume } = sessionStats(row);
    assert.equal(
      total_volume + plo.total_volume + other.total_volume + missing_volume!,
      day_volume,
    );
  }));
});

Deno.test("Every payload has the promised shape, in JSON too (F-041, F-042)", () => {
  fc.assert(fc.property(rows, (row) => {
    const payload = sessionStats(row);
    assert.deepEqual(SessionStatsSchema.parse(payload), payload);
    assert.deepEqual(JSON.parse(JSON.stringify(payload)), payload);
  }));
});

Deno.test("A part of the day has the four volumes and no more (F-041)", () => {
  const part = stats({ atoNone: 5 }).ato;
  assert.deepEqual(Object.keys(part), VOLUMES);
  assert.deepEqual(SessionBreakdownSchema.parse(part), part);
  assert.throws(() => SessionBreakdownSchema.parse({ ...part, neutral_volume: -1 }));
});

Deno.test("The share of active buying is of what has a side; without any there is none", () => {
  assert.equal(stats({ contBuy: 100, contSell: 200, contNone: 900, atcNone: 50 }).buy_pct, 33.33);
  assert.equal(stats({ contNone: 900, atoNone: 50 }).buy_pct, null);
  assert.equal(stats({ contBuy: 1 }).buy_pct, 100);
});

Deno.test("The agreement of flag and quote rule is a share of their common volume (N-07)", () => {
  assert.deepEqual(stats({ agree: 2, disagree: 1 }).agreement, {
    agree_volume: 2,
    disagree_volume: 1,
    rate: 0.6667,
  });
  assert.equal(stats({}).agreement.rate, null);
});

Deno.test("Volume by method is passed on", () => {
  const { methods } = stats({ mFeed: 1, mQuote: 2, mTick: 3, mAuction: 4, mNone: 5 });
  assert.deepEqual(methods, { feed: 1, quote: 2, tick: 3, auction: 4, none: 5 });
});

Deno.test("Before the first message what was counted is 0 and what the exchange counts is unknown", () => {
  const empty = stats(Object.fromEntries(VOLUME_FIELDS.map((field) => [field, null])));
  assert.deepEqual(SessionStatsSchema.parse(empty), empty);
  const { total_volume, missing_volume, day_volume, buy_pct_min, buy_pct_max } = empty;
  assert.deepEqual([total_volume, missing_volume, day_volume], [0, null, null]);
  assert.deepEqual([buy_pct_min, buy_pct_max], [null, null]);
});
