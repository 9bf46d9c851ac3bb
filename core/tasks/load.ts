import { parseLoadArgs } from "./load/plan.ts";
import { figuresOf, isGood, tableOf } from "./load/report.ts";
import { runLoad } from "./load/run.ts";
import { exitWithError, tell } from "./program.ts";
import { StatusLine } from "./status_line.ts";

const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** Puts load on a server and tells how it bore it; the exit code says whether all was right. */
async function run(): Promise<void> {
  const plan = parseLoadArgs(Deno.args);
  const nowMs = () => Date.now();
  const line = new StatusLine({ isTerminal: Deno.stderr.isTerminal(), write: tell, nowMs });
  let [lastDeliveries, lastBytes] = [0, 0];
  const result = await runLoad(plan, {
    token: Deno.env.get("LOAD_TOKEN") ?? null,
    progress({ deliveries, bytes, gaps, closes }, live, ranMs) {
      const closed = [...closes.values()].reduce((sum, count) => sum + count, 0);
      line.show(
        `${NUMBER.format(ranMs / 1_000)} s: ${live} clients, ` +
          `${NUMBER.format(deliveries - lastDeliveries)} deliveries/s, ` +
          `${NUMBER.format((bytes - lastBytes) / 1_000)} kB/s, ${gaps} gaps, ${closed} closed`,
      );
      [lastDeliveries, lastBytes] = [deliveries, bytes];
    },
  });
  line.clear();
  const text = plan.isJson ? `${JSON.stringify(figuresOf(result), null, 2)}\n` : tableOf(result);
  await Deno.stdout.write(new TextEncoder().encode(text));
  if (!isGood(result)) Deno.exitCode = 1;
}

if (import.meta.main) await run().catch(exitWithError);
