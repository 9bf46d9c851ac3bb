import type { PastIndexCandle } from "../../core/port/history.ts";
import type { Database } from "../client.ts";
import type { Tables } from "../schema.ts";
import { joinSources, minuteReader, type Span } from "./minutes.ts";
import type { Reader } from "./reader.ts";

type MinuteRaw = Readonly<Omit<Tables["index_candles_1m"], "code">>;

/** Candles of an index out of its minutes. */
export const readIndexCandles: Reader<PastIndexCandle> = minuteReader({
  stored: readMinutes,
  join,
});

async function readMinutes(
  sql: Database,
  { subject, from, until, isDescending, rowsMax }: Span,
): Promise<readonly MinuteRaw[]> {
  return await sql<MinuteRaw[]>`
    SELECT ts, open_at, close_at, open_vol, close_vol, o, h, l, c, source FROM index_candles_1m
    WHERE code = ${subject} AND ts >= ${from} AND ts < ${until}
    ORDER BY ts ${isDescending ? sql`DESC` : sql`ASC`} LIMIT ${rowsMax}`;
}

function join(atMs: number, rows: readonly MinuteRaw[]): PastIndexCandle {
  const inOrder = rows.toSorted((a, b) => a.ts.getTime() - b.ts.getTime());
  const [first, last] = [inOrder[0]!, inOrder.at(-1)!];
  return {
    atMs,
    openE2: first.o,
    highE2: Math.max(...rows.map(({ h }) => h)),
    lowE2: Math.min(...rows.map(({ l }) => l)),
    closeE2: last.c,
    totalVolume: last.close_vol,
    source: joinSources(rows.map(({ source }) => source)),
  };
}
