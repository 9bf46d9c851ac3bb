import { attempt } from "./broadcast.ts";
import { Arena, type Conditions, type Plan } from "./measure.ts";
import { CONTENDERS } from "./programs.ts";

const SERVERS: readonly string[] = ["gateway", "gateway-native", "deno"];
/** For a repeat of the rest: it takes some seconds, and is off by a third. */
const ROUNDS = 3;

/** Sockets that servers opened a second in a round. */
export type OpeningRound = Readonly<Record<string, number>>;

/** How fast servers that have just started take new sockets; every second round backwards. */
export async function measureOpening(
  conditions: Conditions,
  plan: Plan,
  say: (line: string) => void,
): Promise<OpeningRound[]> {
  const order = CONTENDERS.filter(({ name }) =>
    SERVERS.includes(name) && plan.servers.includes(name)
  );
  const rounds: OpeningRound[] = [];
  const wanted = plan.repeats * ROUNDS;
  while (rounds.length < wanted) {
    const round: Record<string, number> = {};
    for (const contender of order) {
      const what = { contender, clients: plan.clients, isPinned: true };
      const step = `${rounds.length + 1}/${wanted}  ${plan.clients} sockets  ${contender.title}`;
      const opened = await attempt(step, say, async () => {
        await using arena = await Arena.open(conditions, what);
        return arena.openedPerSecond;
      });
      if (opened !== null) round[contender.name] = opened;
    }
    order.reverse();
    rounds.push(round);
  }
  return rounds;
}
