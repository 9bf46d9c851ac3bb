import assert from "node:assert/strict";
import type { Alert, AlertSeverity, AlertType } from "../../../core/wire/alert.ts";
import { alertPage } from "../../../core/wire/alert_page.ts";
import { AlertPageSchema } from "../../../core/wire/alert_schema.ts";
import { DATE, fakeView } from "./fake_view.ts";

const TYPES: readonly AlertType[] = ["volume_spike", "price_breakout", "basis_divergence"];
const SEVERITIES: readonly AlertSeverity[] = ["info", "warning"];

function alert(n: number): Alert {
  return {
    id: `${DATE}-${n}`,
    n,
    alert_type: TYPES[n % 3]!,
    severity: SEVERITIES[n % 2]!,
    symbol: "FPT",
    message: "FPT moved",
    message_vi: "FPT biến động",
    timestamp: `${DATE}T10:00:00.000+07:00`,
    data: {
      inputs: { volume: 900, last: null },
      threshold: { volume: 300 },
      explanation: "900 > 300",
    },
  };
}

function viewOf(count: number, from = 1) {
  const alerts = Array.from({ length: count }, (_, i) => alert(from + i));
  return fakeView({ logs: { alerts } });
}

function numbers(page: ReturnType<typeof alertPage>): number[] {
  return page!.alerts.map(({ n }) => n);
}

Deno.test("Alerts come newest first, at most as many as asked for (F-088)", () => {
  const page = alertPage(viewOf(7), { limit: 3 });
  AlertPageSchema.parse(page);
  assert.deepEqual(numbers(page), [7, 6, 5]);
  AlertPageSchema.parse(alertPage(viewOf(0), { limit: 50 }));
});

Deno.test("An alert is listed only when it fits every criterion given (F-103, F-088)", () => {
  const view = viewOf(24);
  const page = alertPage(view, { limit: 50, type: "volume_spike", severity: "warning" })!;
  assert.deepEqual(numbers(page), [21, 15, 9, 3]);
  assert.ok(page.alerts.every((a) => a.alert_type === "volume_spike" && a.severity === "warning"));
  assert.equal(alertPage(view, { limit: 50, severity: "critical" })!.alerts.length, 0);
  assert.equal(alertPage(view, { limit: 50, symbol: "FPT" })!.alerts.length, 24);
  assert.equal(alertPage(view, { limit: 50, symbol: "VCB" })!.alerts.length, 0);
});

Deno.test("The cursor leads through the whole list, each alert once, while new ones arrive (F-102, C-19)", () => {
  const seen: number[] = [];
  let cursor: string | undefined;
  for (let round = 0; round < 4; round++) {
    const page = alertPage(viewOf(10 + 5 * round), { limit: 3, cursor })!;
    seen.push(...numbers(page));
    cursor = page.next_cursor ?? undefined;
  }
  assert.deepEqual(seen, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  assert.equal(cursor, undefined);
});

Deno.test("A page that ends exactly at the last alert has no next one (C-19)", () => {
  assert.equal(alertPage(viewOf(3), { limit: 3 })!.next_cursor, null);
  assert.equal(alertPage(viewOf(4), { limit: 3 })!.next_cursor, `${DATE}-2`);
  const last = alertPage(viewOf(24), { limit: 4, type: "volume_spike", severity: "warning" })!;
  assert.equal(last.next_cursor, null);
});

Deno.test("A cursor below what the log still holds ends the list; one of another day is refused (C-19)", () => {
  const view = viewOf(500, 301);
  assert.deepEqual(numbers(alertPage(view, { limit: 50, cursor: `${DATE}-301` })), []);
  assert.equal(alertPage(view, { limit: 50, cursor: "2026-11-24-400" }), null);
  assert.equal(alertPage(viewOf(0), { limit: 50, cursor: `${DATE}-3` }), null);
});
