import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { CriticalToasts } from "../../../components/shell/critical_toasts.tsx";
import { placeOf } from "../../../components/shell/seen_alerts.ts";
import type { Alert } from "../../../core/wire/alert.ts";

function alert(n: number, change: Partial<Alert> = {}): Alert {
  const texts = { message: `alert ${n}`, message_vi: `cảnh báo ${n}` };
  const id = `2026-11-26-${n}`;
  return { n, id, symbol: "FPT", severity: "critical", ...texts, ...change } as Alert;
}

const PAGE_MADE = placeOf({ date: "2026-11-26", n: 1 });

function told(...entries: Alert[]): string {
  return renderToString(<CriticalToasts entries={entries} after={PAGE_MADE} lang="vi" />);
}

Deno.test("Critical alerts after the page was made are told, the newest two, in the reader's language", () => {
  const html = told(alert(1), alert(3), alert(4, { severity: "info" }));
  assert.deepEqual(html.match(/cảnh báo \d/g), ["cảnh báo 3"]);
  assert.match(html, /href="\/stock\/FPT"/);
  const newest = told(alert(3), alert(5), alert(6)).match(/cảnh báo \d/g);
  assert.deepEqual(newest, ["cảnh báo 5", "cảnh báo 6"]);
});
