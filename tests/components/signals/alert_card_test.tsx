import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { numberStyleOf } from "../../../components/i18n.ts";
import { AlertCard } from "../../../components/signals/alert_card.tsx";
import { explainAlert } from "../../../components/signals/alert_explain.ts";
import {
  minuteBeforePath,
  subjectPath,
  traderName,
} from "../../../components/signals/alert_links.ts";
import { signalWordsOf } from "../../../components/signals/signal_words.ts";
import { alertText } from "../../../core/analytics/alert_text.ts";
import type { Finding } from "../../../core/analytics/finding.ts";
import type { Alert } from "../../../core/wire/alert.ts";
import { at } from "../../support/trade_events.ts";
import { alertOf } from "./alerts.ts";

const exchangeMs = at("10:42:30", "2026-11-26");
const trade = { symbol: "FPT", exchangeMs, volume: 50_000, totalVolume: 1_200_000 };
const FINDINGS: readonly Finding[] = [
  {
    ...{ type: "volume_spike", ...trade, windowTrades: 40, windowVolume: 476_000 },
    ...{ priceE2: 10_700_000, isFuture: false, valueVnd: 5_350_000_000, minVnd: 1e9 },
  } as Finding,
  {
    ...{ type: "price_breakout", ...trade, limit: "ceiling", priceE2: 10_700_000 },
    ...{ referenceE2: 10_000_000, isFuture: false },
  } as Finding,
  {
    ...{ type: "foreign_acceleration", symbol: "FPT", exchangeMs, move: "reversal" },
    ...{ nowNetVnd: -5_200_000_000, pastNetVnd: 10_000_000_000 },
  } as Finding,
  { type: "basis_divergence", symbol: "41I1GC000", exchangeMs, basisE2: -142, lastE2: 25 },
  ...(["phase", "drift", "archive", "rule-disabled"] as const).map((event) =>
    ({
      ...{ type: "session_event", symbol: "HOSE", exchangeMs, event, sinceMs: exchangeMs },
      ...{ before: "ato", phase: "continuous", timetablePhase: "ato", tradingDate: "2026-11-26" },
      ...{ rule: "volume_spike" },
    }) as Finding
  ),
];

function told(finding: Finding): Alert {
  return alertOf(1, {
    alert_type: finding.type,
    symbol: finding.symbol,
    ...alertText(finding),
  });
}

Deno.test("Every alert explains itself in both languages with its inputs and threshold (N-22)", () => {
  for (const finding of FINDINGS) {
    for (const lang of ["vi", "en"] as const) {
      const words = signalWordsOf(lang);
      const { sentence, measured } = explainAlert(told(finding), words, numberStyleOf(lang));
      const all = [sentence, ...measured.map(({ name, value }) => `${name} ${value}`)].join("; ");
      assert.doesNotMatch(all, /[{}]|NaN|undefined|null/, all);
      assert.ok(measured.length > 0 && measured.every(({ name }) => !name.includes("_")), all);
    }
  }
});

Deno.test("A spike is explained with numbers that each have a unit (N-22)", () => {
  const { sentence, threshold } = explainAlert(
    told(FINDINGS[0]!),
    signalWordsOf("vi"),
    numberStyleOf("vi"),
  );
  assert.equal(
    sentence,
    "Một lệnh khớp 50.000 cp gấp 4,20 lần mức 11.900 cp, trung bình của 40 lệnh trong 20 phút trước đó. " +
      "Báo khi hơn 3 lần, có ít nhất 10 lệnh và giá trị từ 1 tỷ.",
  );
  assert.deepEqual(threshold[0], { name: "Số lần", value: "3 lần" });
});

Deno.test("An alert of a rule that the page does not know tells the rule's own sentence (N-22)", () => {
  const strange = alertOf(1, { alert_type: "new_rule" as Alert["alert_type"] });
  const { sentence } = explainAlert(strange, signalWordsOf("en"), numberStyleOf("en"));
  assert.equal(sentence, "It is large");
});

Deno.test("A card has icon, severity in words, time, symbol and message (F-215)", () => {
  const words = signalWordsOf("vi");
  const card = (alert: Alert) =>
    renderToString(
      <AlertCard alert={alert} lang="vi" words={words} style={numberStyleOf("vi")} />,
    );
  const html = card(alertOf(7, { severity: "critical", message_vi: "<b>FPT</b>" }));
  assert.match(html, /<time[^>]*>10:42:30</);
  assert.match(html, /data-severity="critical"/);
  assert.match(html, /◆<\/span> Khẩn/);
  assert.match(html, /class="type-icon".*Đột biến khối lượng/);
  assert.ok(html.includes("&lt;b>FPT&lt;/b>"), "texts are only ever texts");
  assert.match(html, /href="\/stock\/FPT\?at=2026-11-26T10:41"/);
});

Deno.test("The minute before is that of the page the alert is about (N-15, N-22)", () => {
  assert.equal(minuteBeforePath(alertOf(1)), "/stock/FPT?at=2026-11-26T10:41");
  const basis = alertOf(2, { alert_type: "basis_divergence", symbol: "41I1GC000" });
  assert.equal(
    minuteBeforePath(basis),
    "/derivatives?contract=41I1GC000&at=2026-11-26T10:41",
  );
  const session = alertOf(3, { alert_type: "session_event", symbol: "HOSE" });
  assert.equal(subjectPath(session), "/");
  assert.equal(minuteBeforePath(session), "/?at=2026-11-26T10:41");
  const first = alertOf(4, { timestamp: "2026-11-26T09:00:02.000+07:00" });
  assert.equal(minuteBeforePath(first), "/stock/FPT?at=2026-11-26T08:59");
});

Deno.test("A future stands under the name that traders know it by (B-38)", () => {
  assert.equal(traderName(alertOf(1, { symbol: "41I1GC000" })), "VN30F1M");
  assert.equal(traderName(alertOf(1, { symbol: "41I1H1000" }, "2026-12-18")), "VN30F1M");
  assert.equal(traderName(alertOf(1)), null);
});
