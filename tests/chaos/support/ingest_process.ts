// The engine side as a process of its own, on a journal folder and a running service. It says in
// one line each that it opens the folder, what it has recovered, and how many quotes have come; it
// stops when its input ends, and says the hash of its state. A test kills it.
import { stateHash } from "../../../core/engine/hash.ts";
import { end, rig } from "../../core/tasks/ingest_rig.ts";

const [dir, url, streamUrl, everyBytes] = Deno.args as [string, string, string, string];
const encoder = new TextEncoder();
const say = (fields: Readonly<Record<string, unknown>>) =>
  Deno.stdout.writeSync(encoder.encode(`${JSON.stringify(fields)}\n`));

const one = await rig({ url, streamUrl }, dir, "process", Number(everyBytes));
say({ opened: true });
await one.run.recover();
say({ recovered: stateHash(one.run.engine) });
one.run.start();
const { events } = one.run.engine.counters;
const before = events.quote;
const timer = setInterval(() => {
  one.messages.length = 0;
  say({ quotes: events.quote - before });
}, 5);
for await (const _ of Deno.stdin.readable);
clearInterval(timer);
await end(one);
say({ stopped: stateHash(one.run.engine) });
