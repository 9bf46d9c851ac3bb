import { type Candle, resample } from "../../core/analytics/candle.ts";
import { vnSecondOfDay } from "../../core/market/time.ts";
import type { PastCandle } from "../../core/port/history.ts";
import type { Database } from "../client.ts";
import type { Tables } from "../schema.ts";
import { joinSources, minuteReader, type Span } from "./minutes.ts";
import type { Reader } from "./reader.ts";

type MinuteRaw = Readonly<Omit<Tables["candles_1m"], "symbol">>;

/** Candles of a security out of its minutes. */
export const readCandles: Reader<PastCandle> = minuteReader({ stored: readMinutes, join });

async function readMinutes(
  sql: Database,
  { subject, from, until, isDescending, rowsMax }: Span,
): Promise<readonly MinuteRaw[]> {
  return await sql<MinuteRaw[]>`
    SELECT ts, tv0, tv1, buy, sell, none, value, o, h, l, c, source FROM candles_1m
    WHERE symbol = ${subject} AND ts >= ${from} AND ts < ${until}
    ORDER BY ts ${isDescending ? sql`DESC` : sql`ASC`} LIMIT ${rowsMax}`;
}

function join(atMs: number, rows: readonly MinuteRaw[], minutes: number): PastCandle {
  const [candle] = resample(rows.map(minuteCandle), minutes);
  const { openE2, highE2, lowE2, closeE2, buy, sell, none, valueVnd } = candle!;
  const volume = buy + sell + none;
  const missing = Math.max(0, candle!.toVolume - candle!.fromVolume - volume);
  const source = joinSources(rows.map((row) => row.source));
  return {
    ...{ atMs, openE2, highE2, lowE2, closeE2 },
    ...{ volume, buy, sell, none, valueVnd, missing, source },
  };
}

function minuteCandle(raw: MinuteRaw): Candle {
  return {
    minute: Math.floor(vnSecondOfDay(raw.ts.getTime()) / 60),
    openE2: raw.o,
    highE2: raw.h,
    lowE2: raw.l,
    closeE2: raw.c,
    buy: raw.buy,
    sell: raw.sell,
    none: raw.none,
    valueVnd: raw.value,
    fromVolume: raw.tv0,
    toVolume: raw.tv1,
  };
}
