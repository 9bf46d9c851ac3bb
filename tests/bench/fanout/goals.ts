import type { Cell } from "./broadcast.ts";
import type { FanoutFigures } from "./figures.ts";

/** A ratio that was aimed at. */
export interface Goal {
  readonly what: string;
  readonly measured: number;
  readonly goal: string;
  readonly isMet: boolean;
}

/** Clients that even the slowest contender takes. */
const FEW = 1_000;

/** The goals that a run has figures for. */
export function goalsOf({ cells, paced, neighbours, bytes }: FanoutFigures): Goal[] {
  const most = Math.max(...cells.map(({ clients }) => clients));
  const cell = (server: string, size: number, clients = most) =>
    cells.find((one) => one.server === server && one.size === size && one.clients === clients);
  const goals: (Goal | null)[] = [];
  for (const size of [2_048, 9_216]) {
    const what = "processor time of the limit : a gateway";
    goals.push(atLeast(`${what}, ${size} B`, cell("gateway", size)?.ofLimit, 0.75));
    const native = cell("gateway-native", size)?.ofLimit;
    goals.push(atLeast(`${what}, native, ${size} B`, native, 0.75));
  }
  const perSecond = (what: string, own: Cell | undefined, other: Cell | undefined, goal: number) =>
    goals.push(atLeast(what, divide(own?.perSecond, other?.perSecond), goal));
  // Each by the limit of its own repeat, as the machine is now faster and now slower.
  const cpu = (what: string, own: Cell | undefined, other: Cell | undefined, goal: number) =>
    goals.push(atLeast(what, divide(own?.ofLimit, other?.ofLimit), goal));
  perSecond(
    "deliveries: gateway : ws on Node, 2,048 B",
    cell("gateway", 2_048),
    cell("ws", 2_048),
    1.25,
  );
  const loop = "deliveries: gateway : Deno.upgradeWebSocket loop";
  perSecond(`${loop}, 9,216 B`, cell("gateway", 9_216), cell("loop", 9_216), 1.6);
  perSecond(`${loop}, 30,720 B`, cell("gateway", 30_720), cell("loop", 30_720), 3);
  const deflated = cell("gateway-deflate", 9_216);
  cpu("processor time: plain : deflated, 9,216 B", deflated, cell("gateway", 9_216), 1);
  cpu("the same, Bun deflated : ours", deflated, cell("bun-deflate", 9_216), 8);
  const few = cell("gateway-deflate", 9_216, FEW);
  cpu("the same, ws deflated : ours", few, cell("ws-deflate", 9_216, FEW), 20);
  // Both have the hub behind them, so that the links are what differs.
  const [own, theirs] = [cell("gateway", 2_048), cell("deno", 2_048)];
  goals.push(
    atMost(
      "memory of an open socket: gateway : own port",
      divide(own?.idleBytes, theirs?.idleBytes),
      0.6,
    ),
  );
  perOpened(goals, own, theirs);
  const crowd = "p99 of 19,000 clients: two gateways : limit";
  const p99 = (name: string) =>
    paced.find(({ server, size }) => server === name && size === 2_048)?.p99OfLimit;
  goals.push(atMost(crowd, p99("gateways"), 0.85));
  goals.push(atMost(`${crowd}, native`, p99("gateways-native"), 0.85));
  const fast = "p99 of fast clients beside hindered ones";
  goals.push(atMost(`${fast} : without them`, neighbours?.ratio, 1.15));
  goals.push(atMost(`${fast} : beside as many fast ones`, neighbours?.ratioOfCrowd, 1.15));
  goals.push(...bytesGoals(bytes.normal ?? []));
  return goals.filter((goal) => goal !== null);
}

function perOpened(goals: (Goal | null)[], own: Cell | undefined, other: Cell | undefined): void {
  const measured = divide(own?.openedPerSecond, other?.openedPerSecond);
  goals.push(atLeast("sockets opened a second: gateway : own port", measured, 1.2));
}

function bytesGoals(sent: FanoutFigures["bytes"][string]): (Goal | null)[] {
  const find = (what: string) => sent.find((one) => one.channel === "market" && one.what === what);
  const whole = find("whole payload, every 500 ms");
  const deltas = find("deltas, 500 ms, JSON");
  const what = "bytes of a minute, 1,600 securities: whole payload : deltas";
  return [
    atLeast(what, divide(whole?.plain, deltas?.plain), 150),
    atLeast(`${what}, deflated`, divide(whole?.plain, deltas?.deflated), 400),
  ];
}

function divide(
  a: number | null | undefined,
  b: number | null | undefined,
): number | undefined {
  return a == null || b == null ? undefined : a / b;
}

function atLeast(what: string, measured: number | null | undefined, goal: number): Goal | null {
  if (measured === null || measured === undefined) return null;
  return { what, measured, goal: `≥ ${goal}`, isMet: measured >= goal };
}

function atMost(what: string, measured: number | null | undefined, goal: number): Goal | null {
  if (measured === null || measured === undefined) return null;
  return { what, measured, goal: `≤ ${goal}`, isMet: measured <= goal };
}
