import { formatVnTime, vnSecondOfDay } from "../market/time.ts";
import { VOLUME_FIELDS } from "../wire/analytics.ts";
import type { Cell } from "../wire/board.ts";
import type { EngineState, Instrument } from "./state.ts";

/** Cells of one security's volumes in the order of VOLUME_FIELDS; all null before any trading. */
export function volumeRow(state: EngineState, symbol: string): Cell[] {
  const row = state.market.instruments.get(symbol);
  if (row === undefined || row.totalVolume === null) return VOLUME_FIELDS.map(() => null);
  const { tape, volumes } = row;
  const { ato, continuous, atc, plo, other } = volumes.buckets;
  const { methods } = volumes;
  return [
    volumes.buy,
    volumes.sell,
    volumes.none,
    tape.counted,
    volumes.buyVnd,
    volumes.sellVnd,
    volumes.noneVnd,
    ...[ato, continuous, atc, plo, other].flatMap(({ buy, sell, none }) => [buy, sell, none]),
    tape.missing,
    tape.head,
    ...buyPctRange(row),
    methods.feed,
    methods.quote,
    methods.tick,
    methods.auction,
    methods.none,
    volumes.agree,
    volumes.disagree,
    formatVnTime(vnSecondOfDay(row.tradeMs)),
    plo.noneVnd,
    other.noneVnd,
  ];
}

/** Hundredths of a per cent in the whole. */
const WHOLE = 10_000;

/**
 * Active buying in per cent of the volume that had an aggressor or may have had one: at least what
 * is known to be active buying, at most all that is not known to be active selling. Verdicts are
 * taken at their word; what is unknown is missing volume and continuous volume without a side.
 */
function buyPctRange({ volumes, tape }: Instrument): [min: number | null, max: number | null] {
  const { buy, sell, buckets } = volumes;
  const whole = buy + sell + buckets.continuous.none + tape.missing;
  if (whole === 0) return [null, null];
  // Rounded outward, in whole numbers: a bound must never cut the truth off.
  const min = floorOf(buy * WHOLE, whole);
  const max = WHOLE - floorOf(sell * WHOLE, whole);
  return [min / 100, max / 100];
}

function floorOf(dividend: number, divisor: number): number {
  return (dividend - dividend % divisor) / divisor;
}
