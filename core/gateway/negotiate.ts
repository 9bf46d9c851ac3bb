/** Shapes of an answer with a list. */
export type Format = "json" | "ndjson" | "csv";

/** Media types by format, in the order of preference where a request has none. */
export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  json: "application/json",
  ndjson: "application/x-ndjson",
  csv: "text/csv",
};

/** Ranges of an `Accept` header that are looked at; a browser sends eight. */
const RANGES_MAX = 32;

/** The format that an `Accept` header likes most; null when it takes none of them. */
export function negotiate(accept: string | null): Format | null {
  if (accept === null || accept.trim() === "") return "json";
  const ranges = accept.split(",").slice(0, RANGES_MAX).map(readRange);
  let best: Format | null = null;
  let bestQuality = 0;
  for (const format of Object.keys(MEDIA_TYPES) as Format[]) {
    const quality = qualityOf(MEDIA_TYPES[format], ranges);
    if (quality > bestQuality) [best, bestQuality] = [format, quality];
  }
  return best;
}

interface MediaRange {
  readonly type: string;
  readonly quality: number;
}

function readRange(text: string): MediaRange {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
  return { type, quality: /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0 };
}

/** The most exact range that holds a type decides. */
function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  for (const wanted of [type, `${type.split("/")[0]}/*`, "*/*"]) {
    const found = ranges.find((range) => range.type === wanted);
    if (found !== undefined) return found.quality;
  }
  return 0;
}
