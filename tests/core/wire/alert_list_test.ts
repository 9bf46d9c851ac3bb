import assert from "node:assert/strict";
import type { Alert, AlertSeverity, AlertType } from "../../../core/wire/alert.ts";
import { selectAlerts } from "../../../core/wire/alert_list.ts";

const alert = (n: number, type: AlertType, severity: AlertSeverity): Alert => ({
  id: `2026-11-16-${n}`,
  n,
  alert_type: type,
  severity,
  symbol: "AAA",
  message: "",
  message_vi: "",
  timestamp: "2026-11-16T10:00:00.000+07:00",
  data: { inputs: {}, threshold: {}, explanation: "" },
});

/** Alerts 1 to 6, as a log has them. */
const entries = [
  alert(1, "volume_spike", "warning"),
  alert(2, "price_breakout", "critical"),
  alert(3, "volume_spike", "warning"),
  alert(4, "session_event", "info"),
  alert(5, "session_event", "warning"),
  alert(6, "volume_spike", "warning"),
];
const numbers = (query: Parameters<typeof selectAlerts>[1]) =>
  selectAlerts(entries, query).alerts.map(({ n }) => n);

Deno.test("The newest alerts come first, at most as many as asked for (F-066)", () => {
  assert.deepEqual(numbers({ limit: 10 }), [6, 5, 4, 3, 2, 1]);
  assert.deepEqual(numbers({ limit: 2 }), [6, 5]);
  assert.deepEqual(selectAlerts([], { limit: 5 }), { alerts: [], next_cursor: null });
});

Deno.test("Type and severity narrow the list, alone and together (F-066)", () => {
  assert.deepEqual(numbers({ limit: 10, type: "volume_spike" }), [6, 3, 1]);
  assert.deepEqual(numbers({ limit: 10, severity: "warning" }), [6, 5, 3, 1]);
  assert.deepEqual(numbers({ limit: 10, type: "session_event", severity: "info" }), [4]);
  assert.deepEqual(numbers({ limit: 10, type: "basis_divergence" }), []);
});

Deno.test("The cursor leads through all pages, and ends with the last alert that fits (F-066)", () => {
  const first = selectAlerts(entries, { limit: 2, type: "volume_spike" });
  assert.deepEqual([first.alerts.map(({ n }) => n), first.next_cursor], [[6, 3], 3]);
  const second = selectAlerts(entries, { limit: 2, type: "volume_spike", before: 3 });
  assert.deepEqual([second.alerts.map(({ n }) => n), second.next_cursor], [[1], null]);
  assert.equal(selectAlerts(entries, { limit: 6 }).next_cursor, null);
});
