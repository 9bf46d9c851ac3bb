import assert from "node:assert/strict";
import { createDay } from "../../../core/exchange/day.ts";
import { RawClient } from "./support/raw_client.ts";
import { until } from "./support/until.ts";
import { second, withService } from "./support/with_service.ts";

async function frames(seed: number): Promise<readonly string[]> {
  let texts: readonly string[] = [];
  await withService({ seed, openDay: createDay }, async (sim) => {
    const client = await RawClient.connect(sim);
    await client.switchChannels("X-TRADE:ALL,X-QUOTE:ALL,R:ALL,MI:ALL,F:ALL");
    await sim.stepTo(second("09:15:10"));
    await until(() => client.texts.length >= sim.stats().frames, "every frame");
    texts = client.texts;
    await client.close();
  });
  return texts;
}

Deno.test("Equal seed, scenario, date and subscription give equal frame bytes through an opening", async () => {
  const first = await frames(11);
  assert.ok(first.length > 150);
  assert.deepEqual(await frames(11), first);
  assert.notDeepEqual(await frames(12), first);
});
