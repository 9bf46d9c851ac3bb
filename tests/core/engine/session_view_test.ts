import assert from "node:assert/strict";
import { certificateOf } from "../../../core/engine/session_view.ts";
import { SessionCertificateSchema } from "../../../core/wire/session_schema.ts";
import { alertEngine } from "../../support/alert_engine.ts";
import { at, indexEvent, statusEvent, tradeEvent } from "../../support/trade_events.ts";

Deno.test("The certificate of a session has its totals, closes and quality in the units of the API (N-17)", () => {
  const { state, send, trade } = alertEngine();
  send(statusEvent({ symbol: "BBB", session: "LO", exchangeMs: at("09:30:00") }));
  send(trade({ lastVolume: 100 }), trade({ lastVolume: 200, lastE2: 1_070_000 }), tradeEvent());
  send(indexEvent({ exchangeMs: at("13:00:00") }));
  for (const symbol of ["AAA", "BBB", "CCC", "DDD", "EEE"]) {
    send(statusEvent({ symbol, session: "C", exchangeMs: at("15:00:00") }));
  }
  send({ kind: "clock", exchangeMs: at("15:05:30") });
  const certificate = certificateOf(state.lastSession!);
  assert.deepEqual(SessionCertificateSchema.parse(certificate), certificate);
  assert.equal(certificate.trading_date, "2026-11-16");
  assert.equal(certificate.archived_at, "2026-11-16T15:05:30.000+07:00");
  assert.deepEqual(certificate.indices, { VN30: { close: 1850, change: 5 } });
  assert.deepEqual(certificate.boards.HOSE?.volume, 300);
  assert.equal(certificate.alerts.price_breakout, 1);
  const { counted_volume, missing_volume, messages } = certificate.quality;
  assert.deepEqual([counted_volume, missing_volume, messages.duplicate], [300, 0, 1]);
});
