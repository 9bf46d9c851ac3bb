import type { Family, Sample } from "../metrics.ts";

const BUCKET = /^(\w+)_bucket_le_(\d+(?:_\d+)?)$/;

/**
 * Histograms that the engine side tells as flat figures: `x_bucket_le_0_5` counts what was at most
 * 0.5, `x_count` everything, `x_sum` adds it up. Gives the families and the figures they used.
 */
export function figureHistograms(
  figures: Readonly<Record<string, number>>,
): { families: Family[]; used: ReadonlySet<string> } {
  const buckets = new Map<string, Sample[]>();
  const used = new Set<string>();
  for (const [figure, value] of Object.entries(figures)) {
    const [, name, bound] = BUCKET.exec(figure) ?? [];
    if (name === undefined || !(`${name}_count` in figures) || !(`${name}_sum` in figures)) {
      continue;
    }
    const samples = buckets.get(name) ?? [];
    samples.push({ suffix: "_bucket", labels: { le: bound!.replace("_", ".") }, value });
    buckets.set(name, samples);
    for (const part of [figure, `${name}_count`, `${name}_sum`]) used.add(part);
  }
  const families = [...buckets].map(([name, samples]): Family => {
    const count = figures[`${name}_count`]!;
    samples.push(
      { suffix: "_bucket", labels: { le: "+Inf" }, value: count },
      { suffix: "_sum", value: figures[`${name}_sum`]! },
      { suffix: "_count", value: count },
    );
    return { name, help: "Told by the engine side.", type: "histogram", samples };
  });
  return { families, used };
}
