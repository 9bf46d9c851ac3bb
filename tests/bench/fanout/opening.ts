import { Arena, type Conditions } from "./measure.ts";
import { CONTENDERS } from "./programs.ts";

const SERVERS: readonly string[] = ["gateway", "gateway-native", "deno"];
/** For a repeat of the rest: it takes some seconds, and is off by a third. */
const ROUNDS = 3;

/** Sockets that servers opened a second in a round. */
export type OpeningRound = Readonly<Record<string, number>>;

/** How fast servers that have just started take new sockets; every second round backwards. */
export async function measureOpening(
  conditions: Conditions,
  plan: {
    readonly servers: readonly string[];
    readonly repeats: number;
    readonly clients: number;
  },
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
      await using arena = await Arena.open(conditions, what);
      round[contender.name] = arena.openedPerSecond;
    }
    order.reverse();
    rounds.push(round);
    say(`${rounds.length}/${wanted}  ${plan.clients} sockets opened`);
  }
  return rounds;
}
