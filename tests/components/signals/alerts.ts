import type { Alert } from "../../../core/wire/alert.ts";

/** An alert of a number within its day. */
export function alertOf(n: number, parts: Partial<Alert> = {}, date = "2026-11-26"): Alert {
  return {
    id: `${date}-${n}`,
    n,
    alert_type: "volume_spike",
    severity: "warning",
    symbol: "FPT",
    message: "FPT: volume spike",
    message_vi: "FPT: đột biến khối lượng",
    timestamp: `${date}T10:42:30.000+07:00`,
    data: { inputs: { volume: 50_000 }, threshold: { ratio: 3 }, explanation: "It is large" },
    ...parts,
  };
}
