import assert from "node:assert/strict";
import { sessionPayload } from "../../../core/wire/session.ts";
import { SessionPayloadSchema } from "../../../core/wire/session_schema.ts";
import type { SessionCertificate } from "../../../core/wire/certificate.ts";
import { DATE, fakeView } from "./fake_view.ts";

const NOTHING = { trades: 0, volume: 0, value: 0 };

const certificate = (trading_date: string): SessionCertificate => ({
  trading_date,
  archived_at: `${trading_date}T15:05:00.000+07:00`,
  boards: {
    HOSE: NOTHING,
    HNX: NOTHING,
    UPCOM: { trades: 3, volume: 300, value: 3_000_000 },
    DERIVATIVES: NOTHING,
  },
  indices: { VN30: { close: 1850.25, change: null } },
  alerts: {
    foreign_acceleration: 0,
    basis_divergence: 0,
    volume_spike: 1,
    price_breakout: 0,
    session_event: 2,
  },
  quality: { counted_volume: 10, missing_volume: 0, messages: {}, phase_drifts: [] },
});

Deno.test("Today's session is archived when the newest certificate is its, and yesterday's stays readable (N-40)", () => {
  for (
    const [lastSession, isArchived] of [
      [null, false],
      [certificate("2026-11-24"), false],
      [certificate(DATE), true],
    ] as const
  ) {
    const payload = sessionPayload(fakeView({ lastSession }));
    assert.deepEqual(SessionPayloadSchema.parse(payload), payload);
    assert.deepEqual([payload.is_archived, payload.last_session], [isArchived, lastSession]);
    assert.equal(payload.trading_date, DATE);
  }
});
