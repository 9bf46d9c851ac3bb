import fc from "fast-check";
import assert from "node:assert/strict";
import { daysOf } from "../../../../core/feed/date_span.ts";
import { isTradingDay } from "../../../../core/market/calendar.ts";
import { addDays, vnInstantMs } from "../../../../core/market/time.ts";
import {
  lastClosedDay,
  missingUnits,
  settledSpan,
  type Target,
} from "../../../../core/tasks/backfill/units.ts";

const FPT: Target = { kind: "intraday", symbol: "FPT" };
const VCB: Target = { kind: "intraday", symbol: "VCB" };

Deno.test("backfill - a day is closed in the afternoon; a simulated one only when the next began", () => {
  const friday = (time: number, isSimulated: boolean) =>
    lastClosedDay(vnInstantMs("2026-11-20", time * 3600), isSimulated);
  assert.equal(friday(10, false), "2026-11-19");
  assert.equal(friday(15.4, false), "2026-11-19");
  assert.equal(friday(15.5, false), "2026-11-20");
  assert.equal(friday(23, true), "2026-11-19");
  const monday = vnInstantMs("2026-11-23", 8 * 3600);
  assert.equal(lastClosedDay(monday, false), "2026-11-20");
  const sunday = vnInstantMs("2026-11-22", 8 * 3600);
  assert.equal(lastClosedDay(sunday, false), "2026-11-20");
  // The simulated exchange plays Friday on a Sunday.
  assert.equal(lastClosedDay(sunday, true), "2026-11-19");
});

Deno.test("backfill - what is done of any run is not asked for again", () => {
  const whole = { from: "2026-11-02", to: "2026-11-20" };
  assert.deepEqual(missingUnits([FPT], whole, []), [{ ...FPT, ...whole }]);
  assert.deepEqual(missingUnits([FPT], whole, [{ ...FPT, ...whole }]), []);
  const done = [
    { ...FPT, from: "2026-10-01", to: "2026-11-03" },
    { ...FPT, from: "2026-11-10", to: "2026-11-12" },
    { ...VCB, from: "2026-11-01", to: "2026-11-20" },
    { ...FPT, kind: "prices", from: "2026-11-01", to: "2026-11-20" },
  ];
  assert.deepEqual(missingUnits([FPT, VCB], whole, done), [
    { ...FPT, from: "2026-11-04", to: "2026-11-09" },
    { ...FPT, from: "2026-11-13", to: "2026-11-20" },
  ]);
});

Deno.test("backfill - days without trading are no reason to ask", () => {
  const done = [{ ...FPT, from: "2026-11-01", to: "2026-11-20" }];
  assert.deepEqual(missingUnits([FPT], { from: "2026-11-10", to: "2026-11-22" }, done), []);
});

const dayOffset = fc.integer({ min: 0, max: 90 });

Deno.test("backfill - units and what is done cover each trading day once", () => {
  fc.assert(fc.property(
    fc.array(fc.tuple(dayOffset, dayOffset), { maxLength: 6 }),
    dayOffset,
    (spans, length) => {
      const start = "2026-08-03";
      const done = spans.map(([from, days]) => ({
        ...FPT,
        from: addDays(start, from),
        to: addDays(start, from + days),
      }));
      const whole = { from: start, to: addDays(start, length) };
      const units = missingUnits([FPT], whole, done);
      for (let date = start; date <= whole.to; date = addDays(date, 1)) {
        const covers = ({ from, to }: { from: string; to: string }) => from <= date && date <= to;
        const isWanted = isTradingDay(date) && !done.some(covers);
        const asked = units.filter(covers).length;
        assert.ok(isWanted ? asked === 1 : asked <= 1, date);
      }
      for (const unit of units) {
        assert.ok(daysOf(unit) <= 30 && isTradingDay(unit.from) && isTradingDay(unit.to));
      }
    },
  ));
});

Deno.test("backfill - the newest days without a row are asked for again for a while", () => {
  const span = { from: "2026-11-02", to: "2026-11-20" };
  const settled = (lastRow: string | null) => settledSpan(span, lastRow, "2026-11-20");
  assert.deepEqual(settled("2026-11-20"), span);
  assert.deepEqual(settled("2026-11-19"), { ...span, to: "2026-11-19" });
  assert.deepEqual(settled(null), { ...span, to: "2026-11-15" });
  const day = { from: "2026-11-20", to: "2026-11-20" };
  assert.equal(settledSpan(day, null, "2026-11-20"), null);
  assert.deepEqual(settledSpan(day, null, "2026-11-27"), day);
  // A day that runs has rows, and will have more.
  assert.equal(settledSpan(day, "2026-11-20", "2026-11-19"), null);
});
