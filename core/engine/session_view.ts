import type { SessionCertificate } from "../wire/certificate.ts";
import { isoVn } from "../wire/snapshot.ts";
import { priceCell } from "./cells.ts";
import type { LastSession } from "./last_session.ts";

/** The certificate of an archived session in the units of the API. */
export function certificateOf(last: LastSession): SessionCertificate {
  const { boards, indices, quality } = last;
  return {
    trading_date: last.tradingDate,
    archived_at: isoVn(last.archivedMs),
    boards: mapped(boards, ({ trades, volume, valueVnd }) => ({ trades, volume, value: valueVnd })),
    indices: mapped(indices, ({ closeE2, changeE2 }) => ({
      close: priceCell(closeE2),
      change: priceCell(changeE2),
    })),
    alerts: last.alerts,
    quality: {
      counted_volume: quality.countedVolume,
      missing_volume: quality.missingVolume,
      messages: quality.messages,
      phase_drifts: quality.phaseDrifts.map((drift) => ({
        board: drift.exchange,
        phase: drift.phase,
        timetable_phase: drift.timetablePhase,
        since: isoVn(drift.sinceMs),
      })),
    },
  };
}

function mapped<In, Out>(
  from: Readonly<Record<string, In>>,
  build: (value: In) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, build(value)]));
}
