import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { numberStyleOf } from "../../../components/i18n.ts";
import { costOf, type Level } from "../../../components/symbol/book_levels.ts";
import { matchingPause, symbolContext } from "../../../components/symbol/context.ts";
import { readVolume, TradeCost } from "../../../components/symbol/trade_cost.tsx";
import { LINK } from "../fixture_rows.ts";

const ASKS: readonly Level[] = [
  { price: 26_600, volume: 3_000 },
  { price: 26_650, volume: 2_000 },
  { price: 26_700, volume: 10_000 },
];
const BIDS: readonly Level[] = [{ price: 26_550, volume: 4_000 }, { price: 26_500, volume: 1_000 }];
const BUY = { isBuy: true, isFuture: false };
const SELL = { isBuy: false, isFuture: false };

Deno.test("trade cost - a volume walks the levels in sight, and its mean and value are theirs (N-33)", () => {
  assert.deepEqual(costOf(ASKS, 1_000, BUY), {
    filled: 1_000,
    meanE2: 2_660_000,
    worst: 26_600,
    slipPercent: 0,
    valueVnd: 26_600_000,
  });
  const more = costOf(ASKS, 6_000, BUY)!;
  assert.equal(more.valueVnd, 3_000 * 26_600 + 2_000 * 26_650 + 1_000 * 26_700);
  assert.ok(Math.abs(more.meanE2 - more.valueVnd / 6_000 * 100) < 1e-6);
  assert.equal(more.worst, 26_700);
  assert.ok(Math.abs(more.slipPercent - (more.meanE2 / 2_660_000 - 1) * 100) < 1e-9);
});

Deno.test("trade cost - what is not in sight is not counted, on either side (N-33)", () => {
  const sell = costOf(BIDS, 8_000, SELL)!;
  assert.deepEqual([sell.filled, sell.worst], [5_000, 26_500]);
  assert.equal(sell.meanE2, (4_000 * 26_550 + 1_000 * 26_500) / 5_000 * 100);
  assert.ok(sell.slipPercent > 0, "a seller gets less than the best bid");
  assert.equal(costOf([], 100, BUY), null);
  // Orders at any price are matched in an auction only.
  assert.equal(costOf([{ price: null, volume: 500 }], 100, BUY), null);
  const future = costOf([{ price: 1_989.1, volume: 5 }], 2, { isBuy: true, isFuture: true })!;
  assert.equal(future.valueVnd, 2 * 198_910_000);
});

Deno.test("trade cost - a volume is read in the marks of either language, and nothing else is one", () => {
  for (const text of ["10000", "10.000", "10,000", " 10 000 "]) {
    assert.equal(readVolume(text), 10_000, text);
  }
  assert.equal(readVolume("1.000.000"), 1_000_000);
  for (const text of ["", "0", "-5", "1.5", "1e3", "10.00", "ten", "99999999999"]) {
    assert.equal(readVolume(text), null, text);
  }
});

Deno.test("trade cost - the panel tells both sides, and where nothing is matched at once why", () => {
  const link = { ...LINK, lang: "vi", style: numberStyleOf("vi") } as const;
  const context = symbolContext("HPG", false, link);
  const textOf = (session: string) =>
    renderToString(
      <TradeCost
        bids={BIDS}
        asks={ASKS}
        pause={matchingPause({ symbol: "HPG", session })}
        context={context}
      />,
    )
      .replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
  assert.match(
    textOf("LO"),
    /Mua 26,66 0,23% 26,70 10\.000 267 Bán 26,54 0,04% 26,50 5\.000 133/,
  );
  assert.match(textOf("ATC"), /Mua – – – – – Bán – – – – – Trong phiên định kỳ/);
  for (const session of ["BREAK", "PT", "PLO", "C", "H"]) {
    assert.match(textOf(session), /Mua – – – – – Bán – – – – – Ngoài phiên khớp lệnh liên tục/);
  }
});
