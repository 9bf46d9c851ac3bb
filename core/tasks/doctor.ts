import type { Advice } from "./doctor/advice.ts";
import { look } from "./doctor/look.ts";
import { exitWithError, readConfig } from "./program.ts";

const MARKS = { good: "ok  ", odd: "odd ", bad: "BAD " } as const;

/** Looks at everything that the program needs and says what is wrong; exits 1 when something is. */
async function run(): Promise<void> {
  let isBad = false;
  for await (const advice of look(readConfig())) {
    isBad ||= advice.verdict === "bad";
    tell(advice);
  }
  Deno.exit(isBad ? 1 : 0);
}

function tell({ verdict, subject, text }: Advice): void {
  const line = `${MARKS[verdict]} ${subject.padEnd(10)} ${text}\n`;
  Deno.stdout.writeSync(new TextEncoder().encode(line));
}

if (import.meta.main) await run().catch(exitWithError);
