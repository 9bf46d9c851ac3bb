import assert from "node:assert/strict";
import { Histogram, LabelledCounter, prometheusText } from "../../core/metrics.ts";

Deno.test("A family is its help, its type and one line per set of labels", () => {
  const counter = new LabelledCounter();
  counter.add({ route: "/a", status: "200" });
  counter.add({ route: "/a", status: "404" });
  counter.add({ route: "/a", status: "200" });
  const help = "Requests.";
  const samples = counter.samples();
  assert.equal(
    prometheusText([{ name: "requests_total", help, type: "counter", samples }]),
    `# HELP requests_total Requests.
# TYPE requests_total counter
requests_total{route="/a",status="200"} 2
requests_total{route="/a",status="404"} 1
`,
  );
});

Deno.test("A histogram counts up to each bound, the bound itself included, and everything above", () => {
  const histogram = new Histogram([0.1, 1]);
  for (const value of [0.05, 0.1, 0.2, 1.5]) histogram.observe(value, { route: "/a" });
  const lines = prometheusText([
    { name: "x_seconds", help: "X.", type: "histogram", samples: histogram.samples() },
  ]).split("\n").slice(2, -1);
  assert.deepEqual(lines, [
    'x_seconds_bucket{route="/a",le="0.1"} 2',
    'x_seconds_bucket{route="/a",le="1"} 3',
    'x_seconds_bucket{route="/a",le="+Inf"} 4',
    'x_seconds_sum{route="/a"} 1.85',
    'x_seconds_count{route="/a"} 4',
  ]);
});

Deno.test("Labels and help are escaped; a bad name or one given twice is a defect", () => {
  const family = (name: string, help = "Help.") =>
    ({ name, help, type: "gauge", samples: [{ labels: { a: 'q"\\\n' }, value: 1 }] }) as const;
  assert.match(
    prometheusText([family("x", "a\nb")]),
    /# HELP x a\\nb\n[^]*\{a="q\\"\\\\\\n"\} 1\n/,
  );
  assert.throws(() => prometheusText([family("x y")]), /Cannot name a metric/);
  assert.throws(() => prometheusText([family("x"), family("x")]), /twice/);
});
