import {
  type Count,
  FROM,
  type Measurement,
  SEED,
  TRUTHS,
  UNTIL,
  VERDICTS,
  wrongShare,
} from "./accuracy.ts";
import { DATE } from "./market_frames.ts";
import { DISORDER, LATE_FRAMES_MAX } from "./world/disorder.ts";

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
const NONE: Count = { trades: 0, volume: 0 };

/** The page about how often the side of a trade is right; before formatting. */
export function accuracyPage(measurements: readonly Measurement[]): string {
  return `# Accuracy of sides

How often active buying and selling are told right, measured against the simulated exchange, which
knows who was active in each match. Written by \`deno run -A tests/bench/accuracy_table.ts\`; seed
${SEED}, simulated date ${DATE}, ${FROM} to ${UNTIL}, VN30 members and futures.

## What the figures mean

The market is simulated: order books, prices and sizes follow a model, and in about 5 of 100 matches
the feed does not say who was active, as the real one does. One connection that keeps the order of
messages flatters the quote rule, because the book before a trade is always there; on the real feed
books and trades overtake each other. The rows "out of order" show what that costs: ${
    percent(DISORDER.late)
  } of the frames come up to ${LATE_FRAMES_MAX} frames late, ${
    percent(DISORDER.twice)
  } come twice and ${percent(DISORDER.lost)} are lost. Totals stay exact there, since lost volume is
known and told as missing; only sides may be wrong. A trade that is told by the exchange's own flag
is right in any order, so \`CLASSIFIER=feed\` is the default, and the quote rule serves trades without
a flag. How the two agree on the real feed is a figure at \`/health\`.

## In short

${shortTable(measurements)}

## By method

${methodTable(measurements)}

## What was taken for what

Trades, and volume in per cent of all that was counted. An auction has no active side, so none is
right for it.

${confusionTable(measurements)}
`;
}

function shortTable(measurements: readonly Measurement[]): string {
  const rows = measurements.map((measurement) => {
    const { scenario, order, classifier, missing } = measurement;
    return [scenario, order, classifier, percent(wrongShare(measurement)), String(missing)];
  });
  return table(
    ["day", "order", "first method", "volume on the wrong side", "missing volume"],
    rows,
  );
}

function methodTable(measurements: readonly Measurement[]): string {
  const rows = measurements.flatMap(({ scenario, order, classifier, methods }) => {
    const total = [...methods.values()].reduce((sum, { all }) => sum + all.volume, 0);
    return [...methods].sort(([a], [b]) => a < b ? -1 : 1).map(([method, { all, right }]) => [
      scenario,
      order,
      classifier,
      method,
      String(all.trades),
      percent(all.volume / total),
      percent(right.trades / all.trades),
      percent(right.volume / all.volume),
    ]);
  });
  const head = ["day", "order", "first method", "method", "trades", "share of volume"];
  return table([...head, "trades right", "volume right"], rows);
}

function confusionTable(measurements: readonly Measurement[]): string {
  const rows = measurements.flatMap(({ scenario, order, classifier, confusion }) => {
    const total = [...confusion.values()].reduce((sum, { volume }) => sum + volume, 0);
    return TRUTHS.map((truth) => [
      scenario,
      order,
      classifier,
      truth,
      ...VERDICTS.map((side) => {
        const { trades, volume } = confusion.get(`${truth} ${side}`) ?? NONE;
        return `${trades} (${percent(volume / total)})`;
      }),
    ]);
  });
  const head = ["day", "order", "first method", "what it was"];
  return table([...head, ...VERDICTS.map((side) => `told as ${side}`)], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
