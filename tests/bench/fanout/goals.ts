import { median } from "../support/median.ts";
import type { Cell } from "./broadcast.ts";
import type { FanoutFigures } from "./figures.ts";

/** A ratio that was aimed at. */
export interface Goal {
  readonly what: string;
  readonly measured: number;
  /** The same with native gateways; null where they make no difference or were left out. */
  readonly native: number | null;
  readonly least?: number;
  readonly most?: number;
}

type Measured = number | null | undefined;

/** Clients that even the slowest contender takes. */
const FEW = 1_000;

/** The goals that a run has figures for. */
export function goalsOf(figures: FanoutFigures): Goal[] {
  return [
    ...broadcastGoals(figures.cells),
    ...openingGoals(figures.opening),
    ...pacedGoals(figures.paced),
    ...besideGoals(figures),
    ...behindGoals(figures.behind),
    ...bytesGoals(figures.bytes.normal ?? []),
  ].filter((goal) => goal !== null);
}

/** Whether a figure of a goal reaches it. */
export function isMet({ least = -Infinity, most = Infinity }: Goal, figure: number): boolean {
  return figure >= least && figure <= most;
}

function broadcastGoals(cells: readonly Cell[]): (Goal | null)[] {
  const clients = Math.max(...cells.map((cell) => cell.clients));
  const cell = (server: string, size: number, count = clients) =>
    cells.find((one) => one.server === server && one.size === size && one.clients === count);
  // Each by the limit of its own repeat, as the machine is now faster and now slower.
  const perSecond = (size: number, other: string) => (server: string) =>
    divide(cell(server, size)?.perSecondOfLimit, cell(other, size)?.perSecondOfLimit);
  const cpu = (one: Cell | undefined, other: Cell | undefined) =>
    divide(one?.ofLimit, other?.ofLimit);
  const loop = "deliveries: gateway : Deno.upgradeWebSocket loop";
  const deflated = cell("gateway-deflate", 9_216);
  const few = cell("gateway-deflate", 9_216, FEW);
  // Both have the hub behind them, so that the links are what differs.
  const own = cell("deno", 2_048);
  return [
    ...[2_048, 9_216].map((size) => {
      const what = `processor time of the limit : a gateway, ${size} B`;
      return both(what, (server) => cell(server, size)?.ofLimit, { least: 0.75 });
    }),
    both("deliveries: gateway : ws on Node, 2,048 B", perSecond(2_048, "ws"), { least: 1.25 }),
    both(`${loop}, 9,216 B`, perSecond(9_216, "loop"), { least: 1.6 }),
    both(`${loop}, 30,720 B`, perSecond(30_720, "loop"), { least: 3 }),
    goal("processor time: plain : deflated, 9,216 B", cpu(deflated, cell("gateway", 9_216)), {
      least: 1,
    }),
    goal("the same, Bun deflated : ours", cpu(deflated, cell("bun-deflate", 9_216)), { least: 8 }),
    goal("the same, ws deflated : ours", cpu(few, cell("ws-deflate", 9_216, FEW)), { least: 20 }),
    both(
      "memory of an open socket: gateway : own port",
      (server) => divide(cell(server, 2_048)?.idleBytes, own?.idleBytes),
      { most: 0.6 },
    ),
  ];
}

function openingGoals(rounds: FanoutFigures["opening"]): (Goal | null)[] {
  const ofOwn = (server: string) => {
    const ratios = rounds.flatMap((round) => divide(round[server], round.deno) ?? []);
    return ratios.length === 0 ? null : median(ratios);
  };
  return [both("sockets opened a second: gateway : own port", ofOwn, { least: 1.2 })];
}

function pacedGoals(paced: FanoutFigures["paced"]): (Goal | null)[] {
  const of = (server: string) => paced.find((one) => one.server === server && one.size === 2_048);
  const [workers, nats] = [of("gateways"), of("gateways-nats")];
  const behind = "two processes behind NATS : two workers";
  return [
    goal(
      "p99 of 19,000 clients: two gateways : limit",
      workers?.p99OfLimit,
      { most: 0.85 },
      of("gateways-native")?.p99OfLimit,
    ),
    goal(`processor time: ${behind}`, divide(nats?.cpuUs, workers?.cpuUs), { most: 1.1 }),
    goal(`p99: ${behind}`, divide(nats?.p99OfLimit, workers?.p99OfLimit), { most: 1.15 }),
  ];
}

function besideGoals({ neighbours, stalled }: FanoutFigures): (Goal | null)[] {
  const fast = "p99 of fast clients beside hindered ones";
  const grown = (name: string) => stalled.find(({ server }) => server === name)?.grownBytes;
  return [
    goal(`${fast} : without them`, neighbours?.ratio, { most: 1.15 }),
    goal(`${fast} : beside as many fast ones`, neighbours?.ratioOfCrowd, { most: 1.15 }),
    goal(
      "memory for clients that never read: gateway : loop",
      divide(grown("gateway"), grown("loop")),
      { most: 0.15 },
      divide(grown("gateway-native"), grown("loop")),
    ),
  ];
}

function behindGoals(behind: FanoutFigures["behind"]): (Goal | null)[] {
  if (behind === null) return [];
  return [
    goal(
      "bytes to be current after 16 s : all that was missed",
      behind.returnBytes / behind.missedBytes,
      { most: 0.25 },
    ),
    goal(
      "time of the hub: to go on after 100 changes : a snapshot",
      behind.resumeUs / behind.snapshotUs,
      { most: 0.7 },
    ),
    goal(
      "time of a browser: to read everything : to take in a change",
      behind.readWholeUs / behind.takeUs,
      { least: 50 },
    ),
  ];
}

function bytesGoals(sent: FanoutFigures["bytes"][string]): (Goal | null)[] {
  const find = (what: string) => sent.find((one) => one.channel === "market" && one.what === what);
  const whole = find("whole payload, every 500 ms");
  const deltas = find("deltas, 500 ms, JSON");
  const what = "bytes of a minute, 1,600 securities: whole payload : deltas";
  return [
    goal(what, divide(whole?.plain, deltas?.plain), { least: 150 }),
    goal(`${what}, deflated`, divide(whole?.plain, deltas?.deflated), { least: 400 }),
  ];
}

type Aim = { readonly least: number } | { readonly most: number };

function goal(what: string, measured: Measured, aim: Aim, native: Measured = null): Goal | null {
  return measured == null ? null : { what, measured, native: native ?? null, ...aim };
}

/** Both kinds of gateways. */
function both(what: string, of: (server: string) => Measured, aim: Aim): Goal | null {
  return goal(what, of("gateway"), aim, of("gateway-native"));
}

function divide(a: Measured, b: Measured): number | undefined {
  return a == null || b == null ? undefined : a / b;
}
