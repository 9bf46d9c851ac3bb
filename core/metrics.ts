/**
 * Figures in the text format of Prometheus (version 0.0.4). Labels come from fixed sets only (routes,
 * statuses, reasons, channels), never from what a client or the market sends.
 */

/** Media type of the text. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

export type Labels = Readonly<Record<string, string>>;

/** One line: a value under the family's name, or under its name and a suffix. */
export interface Sample {
  readonly suffix?: "_bucket" | "_sum" | "_count";
  readonly labels?: Labels;
  readonly value: number;
}

/** All values of one name. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly samples: readonly Sample[];
}

/** Writes families out; a name must be given once. */
export function prometheusText(families: readonly Family[]): string {
  const seen = new Set<string>();
  const lines: string[] = [];
  for (const { name, help, type, samples } of families) {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`Cannot name a metric ${name}`);
    if (seen.has(name)) throw new Error(`Cannot give the metric ${name} twice`);
    seen.add(name);
    lines.push(`# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`);
    lines.push(`# TYPE ${name} ${type}`);
    for (const sample of samples) {
      lines.push(`${name}${sample.suffix ?? ""}${labelText(sample.labels)} ${sample.value}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function labelText(labels: Labels = {}): string {
  const parts = Object.entries(labels).map(([key, value]) => {
    const escaped = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
    return `${key}="${escaped}"`;
  });
  return parts.length === 0 ? "" : `{${parts.join(",")}}`;
}

/** How many observations were at most so large, by labels. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #series = new Map<string, { labels: Labels; counts: number[]; sum: number }>();

  /** Upper bounds, ascending; everything above the last one is counted too. */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
  }

  observe(value: number, labels: Labels = {}): void {
    const key = JSON.stringify(labels);
    let series = this.#series.get(key);
    if (series === undefined) {
      const counts = new Array<number>(this.#bounds.length + 1).fill(0);
      this.#series.set(key, series = { labels, counts, sum: 0 });
    }
    const at = this.#bounds.findIndex((bound) => value <= bound);
    series.counts[at < 0 ? this.#bounds.length : at]!++;
    series.sum += value;
  }

  /** Lines of a family of type histogram: bucket counts are cumulative. */
  samples(): Sample[] {
    return [...this.#series.values()].flatMap(({ labels, counts, sum }) => {
      let total = 0;
      const buckets = counts.map((count, at): Sample => {
        total += count;
        const le = at < this.#bounds.length ? String(this.#bounds[at]) : "+Inf";
        return { suffix: "_bucket", labels: { ...labels, le }, value: total };
      });
      const sumOf: Sample = { suffix: "_sum", labels, value: sum };
      return [...buckets, sumOf, { suffix: "_count", labels, value: total }];
    });
  }
}

/** A counter by labels. */
export class LabelledCounter {
  readonly #series = new Map<string, { labels: Labels; value: number }>();

  add(labels: Labels): void {
    const key = JSON.stringify(labels);
    const held = this.#series.get(key);
    if (held === undefined) this.#series.set(key, { labels, value: 1 });
    else held.value++;
  }

  samples(): Sample[] {
    return [...this.#series.values()].map(({ labels, value }) => ({ labels, value }));
  }
}
