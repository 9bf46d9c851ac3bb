import type { HistoryStore } from "../../core/port/history.ts";

/** History where there is no store; every answer is the reason, in plain words. */
export function absentHistory(reason: string): HistoryStore {
  const away = () => Promise.resolve({ ok: false, reason } as const);
  return { identity: away, known: away, page: away };
}
