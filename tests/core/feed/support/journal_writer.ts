// A process of its own that journals frames as fast as it can and says after each commit how many
// are safe; a test kills it.
import { frameOf, openTestJournal } from "./journals.ts";

const journal = await openTestJournal(Deno.args[0]!, { segmentBytes: 200_000 });
const encoder = new TextEncoder();
for (let n = 0;;) {
  for (let i = 0; i < 50; i++, n++) journal.append("2026-11-20", n, frameOf(n));
  journal.commit();
  Deno.stdout.writeSync(encoder.encode(`${n}\n`));
  // A turn of the loop, so that syncing and packing happen as well.
  await new Promise((resolve) => setTimeout(resolve));
}
