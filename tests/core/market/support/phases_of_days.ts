/** Prints what this machine's time zone is, and a digest of the phases of some days. */
import { createHash } from "node:crypto";
import { EXCHANGES, phaseByClock } from "../../../../core/market/phase.ts";
import { vnDate, vnSecondOfDay } from "../../../../core/market/time.ts";

const STEP_MS = 15_000;
const DAY_MS = 86_400_000;
/** A Friday, a weekend, and days on which clocks change elsewhere; holidays among them. */
const STARTS = ["2026-11-20", "2026-03-07", "2026-10-24", "2026-02-15", "2026-12-31"];

const digest = createHash("sha256");
for (const start of STARTS) {
  const fromMs = Date.parse(`${start}T00:00:00+07:00`);
  for (let atMs = fromMs; atMs < fromMs + 2 * DAY_MS; atMs += STEP_MS) {
    const phases = EXCHANGES.map((exchange) => phaseByClock(exchange, atMs));
    digest.update(`${atMs} ${vnDate(atMs)} ${vnSecondOfDay(atMs)} ${phases}\n`);
  }
}
console.log(new Date(Date.parse("2026-07-01T00:00:00Z")).getTimezoneOffset());
console.log(digest.digest("hex"));
