import { median } from "../support/median.ts";
import { attempt } from "./broadcast.ts";
import { LineProcess } from "./line_process.ts";
import { Arena, type Conditions, headersOf } from "./measure.ts";
import { type Contender, CONTENDERS, deno } from "./programs.ts";
import { RESUME } from "./feed.ts";

const CLIENTS = 200;
const SIZE = 30_720;
/** With messages of that size, 1 MB a second for each: the kernel keeps the first four. */
const HZ = 33;
/** Shorter than what a hub takes for a client that is gone. */
const SECONDS = 9;
const WARM_UP = { seconds: 2, hz: HZ };
const SERVERS: readonly string[] = ["gateway", "gateway-native", "deno", "ws", "loop"];

/** Growth of a server's memory while clients do not read what it sends them. */
export interface StalledFigures {
  readonly server: string;
  readonly clients: number;
  readonly sentBytesEach: number;
  readonly grownBytes: number;
}

/** What clients that never read cost, beside one that reads. */
export async function measureStalled(
  conditions: Conditions,
  plan: { readonly servers: readonly string[]; readonly repeats: number },
  say: (line: string) => void,
): Promise<StalledFigures[]> {
  if (!conditions.texts.has(SIZE)) return [];
  const figures: StalledFigures[] = [];
  const contenders = CONTENDERS.filter(({ name, command }) =>
    SERVERS.includes(name) && plan.servers.includes(name) && command(conditions.tools) !== null
  );
  for (let repeat = 1; repeat <= plan.repeats; repeat++) {
    for (const contender of contenders) {
      const step = `${repeat}/${plan.repeats}  ${CLIENTS} never read  ${contender.title}`;
      const measured = await attempt(step, say, () => measureOnce(conditions, contender));
      if (measured !== null) figures.push(measured);
    }
  }
  return [...Map.groupBy(figures, ({ server }) => server).values()].map((group) => ({
    ...group[0]!,
    grownBytes: median(group.map(({ grownBytes }) => grownBytes)),
  }));
}

async function measureOnce(
  conditions: Conditions,
  contender: Contender,
): Promise<StalledFigures> {
  await using arena = await Arena.open(conditions, { contender, clients: 1, isPinned: false });
  await arena.run(SIZE, WARM_UP);
  const first = contender.protocol ? RESUME : "";
  const command = [...deno("../stalled_clients.ts"), arena.port, `${CLIENTS}`];
  await using stalled = new LineProcess([...command, headersOf(contender), first]);
  await stalled.next();
  const before = arena.memory().rss;
  const { deliveries } = await arena.run(SIZE, { seconds: SECONDS, hz: HZ });
  return {
    server: contender.name,
    clients: CLIENTS,
    sentBytesEach: deliveries * SIZE,
    grownBytes: arena.memory().rss - before,
  };
}
