import assert from "node:assert/strict";
import {
  type AlertFilter,
  ALERTS_KEPT,
  byTime,
  filterQuery,
  fits,
  gravest,
  isLater,
  mergeAlerts,
} from "../../../components/signals/alert_feed.ts";
import { ALERT_SEVERITIES, ALERT_TYPES } from "../../../core/wire/alert.ts";
import { alertOf } from "./alerts.ts";

const numbers = (list: ReturnType<typeof mergeAlerts>) => list.map(({ n }) => n);

Deno.test("Alerts of socket and REST overlap and are each there once, newest first (F-213, F-216)", () => {
  const socket = [alertOf(8), alertOf(9), alertOf(10)];
  const rest = [alertOf(9), alertOf(8), alertOf(7)];
  assert.deepEqual(numbers(mergeAlerts(socket, rest)), [10, 9, 8, 7]);
  assert.deepEqual(numbers(mergeAlerts(rest, socket)), [10, 9, 8, 7]);
  assert.deepEqual(mergeAlerts([], []), []);
});

Deno.test("Numbers start over with the day, and the day before leaves the list (F-216)", () => {
  assert.ok(isLater("2026-11-27-1", "2026-11-26-480"));
  assert.ok(isLater("2026-11-26-10", "2026-11-26-9"), "as numbers, not as texts");
  assert.ok(!isLater("2026-11-26-9", "2026-11-26-9"));
  const tomorrow = alertOf(1, {}, "2026-11-27");
  assert.deepEqual(mergeAlerts([alertOf(480)], [tomorrow]), [tomorrow]);
});

Deno.test("What arrives late stands where its time is, and of one time the later number is first", () => {
  const at = (time: string) => ({ timestamp: `2026-11-26T${time}.000+07:00` });
  const list = [alertOf(4, at("10:00:05")), alertOf(3, at("09:41:00")), alertOf(2), alertOf(1)];
  assert.deepEqual(numbers(byTime(list)), [2, 1, 4, 3]);
});

Deno.test("The page holds as many alerts as the server and no more (F-213)", () => {
  const many = Array.from({ length: ALERTS_KEPT + 20 }, (_, i) => alertOf(i + 1));
  const held = mergeAlerts(many);
  assert.equal(held.length, ALERTS_KEPT);
  assert.equal(held[0]!.n, ALERTS_KEPT + 20);
});

Deno.test("A filter by type, severity and symbol takes what fits all of them (F-214)", () => {
  const all = ALERT_TYPES.flatMap((alert_type) =>
    ALERT_SEVERITIES.flatMap((severity) =>
      ["FPT", "VCB"].map((symbol) => alertOf(1, { alert_type, severity, symbol }))
    )
  );
  const count = (filter: Partial<AlertFilter>) =>
    all.filter((alert) => fits(alert, { type: "all", severity: "all", symbol: "", ...filter }))
      .length;
  assert.equal(count({}), 30);
  assert.equal(count({ type: "volume_spike" }), 6);
  assert.equal(count({ severity: "critical" }), 10);
  assert.equal(count({ type: "volume_spike", severity: "critical" }), 2);
  assert.equal(count({ type: "volume_spike", severity: "critical", symbol: "VCB" }), 1);
  assert.equal(count({ symbol: "HPG" }), 0);
});

Deno.test("The query of a filter names only what limits (F-214)", () => {
  assert.equal(filterQuery({ type: "all", severity: "all", symbol: "" }).size, 0);
  const query = filterQuery({ type: "price_breakout", severity: "critical", symbol: "FPT" });
  assert.equal(query.toString(), "type=price_breakout&severity=critical&symbol=FPT");
});

Deno.test("The gravest alert of a burst is the one that sounds, the newest of equals (F-217)", () => {
  const burst = [
    alertOf(1, { severity: "critical" }),
    alertOf(3, { severity: "critical" }),
    alertOf(2, { severity: "critical" }),
    alertOf(4, { severity: "info" }),
  ];
  assert.equal(gravest(burst)?.n, 3);
  assert.equal(gravest([]), null);
});
