import { formatVnDate, formatVnTime, vnSecondOfDay } from "../../core/market/time.ts";
import type { SystemFacts } from "../../core/wire/system_facts.ts";
import { fill } from "../fill.ts";
import { formatCount, formatPercent } from "../number_format.ts";
import { sumOf, zeroItem } from "./item_forms.ts";
import type { StatusItem, Written } from "./status_item.ts";

/** Least agreement of the two ways to find a side, per cent, and trades before it says anything. */
const AGREEMENT_MIN = 90;
const AGREEMENT_TRADES_MIN = 100;
/** Share of a session's volume that may lack its trades, per cent. */
const MISSING_MAX = 0.1;

/** How complete and how sure today's numbers are. */
export function qualityItems({ sockets }: SystemFacts, written: Written): StatusItem[] {
  const { words, style } = written;
  const { missing_volume, symbols_with_missing } = sockets.gaps;
  const { agree, disagree, agreement_pct } = sockets.classifier;
  const trades = (agree ?? 0) + (disagree ?? 0);
  const isLow = agreement_pct !== null && agreement_pct < AGREEMENT_MIN &&
    trades >= AGREEMENT_TRADES_MIN;
  return [
    {
      name: words.missing,
      value: missing_volume === 0 ? "0" : fill(words.missingOf, {
        volume: formatCount(missing_volume, style),
        symbols: formatCount(symbols_with_missing, style),
      }),
      level: missing_volume === 0 ? "ok" : "warn",
      ...(missing_volume > 0 && { help: words.missingHelp }),
    },
    {
      name: words.agreement,
      value: agreement_pct === null ? words.unknown : fill(words.agreementOf, {
        percent: formatPercent(agreement_pct, style),
        n: formatCount(trades, style),
      }),
      level: agreement_pct === null ? "note" : isLow ? "warn" : "ok",
      ...(isLow && { help: words.agreementHelp }),
    },
  ];
}

/** What is certified of the newest session that is over (N-17). */
export function certificateItems({ session }: SystemFacts, written: Written): StatusItem[] {
  const { words, style } = written;
  if (session === null) {
    const name = words.noCertificate;
    return [{ name, value: words.unknown, level: "note", help: words.noCertificateHelp }];
  }
  const { quality, trading_date, archived_at, alerts } = session;
  const { counted_volume, missing_volume, messages, phase_drifts } = quality;
  const volume = counted_volume + missing_volume;
  const countedPercent = volume === 0 ? 100 : 100 * counted_volume / volume;
  const isWhole = countedPercent >= 100 - MISSING_MAX;
  const of = (...names: readonly string[]) =>
    names.reduce((sum, name) => sum + (messages[name] ?? 0), 0);
  return [
    { name: words.session, value: formatVnDate(trading_date), level: "note" },
    {
      name: words.archivedAt,
      value: formatVnTime(vnSecondOfDay(Date.parse(archived_at))),
      level: "note",
    },
    {
      name: words.counted,
      value: fill(words.ofVolume, {
        volume: formatCount(counted_volume, style),
        percent: formatPercent(countedPercent, style),
      }),
      level: isWhole ? "ok" : "warn",
      ...(!isWhole && { help: words.incompleteHelp }),
    },
    zeroItem({ name: words.duplicates, count: of("duplicate", "stale") }, written),
    zeroItem({
      name: words.conflicts,
      count: of("conflict", "rebased"),
      help: words.conflictsHelp,
    }, written),
    zeroItem({ name: words.drifts, count: phase_drifts.length, help: words.driftsHelp }, written),
    { name: words.alerts, value: formatCount(sumOf(alerts), style), level: "note" },
  ];
}
