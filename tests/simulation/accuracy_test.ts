import assert from "node:assert/strict";
import { measure, MEASURED, type Measurement, wrongShare } from "./accuracy.ts";
import { accuracyPage } from "./accuracy_page.ts";

let measured: readonly Measurement[] | null = null;

/** Every measurement, made once for all tests of this file. */
function all(): readonly Measurement[] {
  return measured ??= MEASURED.flatMap(measure);
}

const nameOf = ({ scenario, order, classifier }: Measurement) =>
  `${scenario}, ${order}, CLASSIFIER=${classifier}`;

Deno.test("In order the exchange's flag is never wrong, nor is the print of an auction (F-035, F-037)", () => {
  for (const measurement of all()) {
    if (measurement.order !== "in order") continue;
    const { methods, invented, missing } = measurement;
    assert.deepEqual([invented, missing], [0, 0], nameOf(measurement));
    const auction = methods.get("auction")!;
    assert.ok(auction.all.trades >= 30, "the opening auction prints every member");
    assert.deepEqual(auction.right, auction.all, nameOf(measurement));
    const feed = methods.get("feed");
    if (measurement.classifier === "feed") assert.ok(feed!.all.trades > 1_000);
    assert.deepEqual(feed?.right, feed?.all, nameOf(measurement));
  }
});

Deno.test("In order the quote rule is right on 95 % of its trades at least, on every sort of day", () => {
  for (const measurement of all()) {
    if (measurement.order !== "in order") continue;
    const quote = measurement.methods.get("quote")!;
    assert.ok(quote.all.trades > 0, "unflagged trades fall to the quote rule");
    const share = quote.right.trades / quote.all.trades;
    assert.ok(share > 0.95, `${nameOf(measurement)}: ${share}`);
  }
});

Deno.test("Out of order the totals are right, every trade counted happened, and few get the wrong side (F06)", () => {
  for (const measurement of all()) {
    const { disorder, invented, missing, wrongTotals, methods, classifier } = measurement;
    if (measurement.order === "in order") continue;
    const name = nameOf(measurement);
    for (const [what, count] of Object.entries(disorder)) {
      assert.ok(count > 50, `${what}: ${count}`);
    }
    assert.deepEqual([invented, wrongTotals], [0, []], name);
    assert.ok(missing > 0, `${name}: lost frames are missing volume`);
    const feed = methods.get("feed")!;
    assert.deepEqual(feed.right, feed.all, `${name}: the flag travels with its trade`);
    const most = classifier === "feed" ? 0.02 : 0.15;
    assert.ok(wrongShare(measurement) < most, `${name}: ${wrongShare(measurement)}`);
  }
});

Deno.test("The accuracy page holds what is measured; tests/bench/accuracy_table.ts writes it", () => {
  const page = Deno.readTextFileSync(new URL("../../docs/accuracy.md", import.meta.url));
  const cellsOf = (text: string) =>
    text.split("\n").filter((line) => line.startsWith("|") && !line.startsWith("| -"))
      .map((line) => line.split("|").map((cell) => cell.trim()));
  assert.deepEqual(cellsOf(page), cellsOf(accuracyPage(all())));
});
