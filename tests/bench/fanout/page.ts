import { section, table } from "../support/markdown.ts";
import type { BehindFigures } from "./behind.ts";
import type { Cell } from "./broadcast.ts";
import type { FanoutFigures } from "./figures.ts";
import { type Goal, goalsOf, isMet } from "./goals.ts";
import type { NeighbourFigures } from "./neighbours.ts";
import type { Paced } from "./paced.ts";
import { CONTENDERS } from "./programs.ts";
import type { StalledFigures } from "./stalled.ts";

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const whole = (value: number) => WHOLE.format(value);
const ratio = (value: number | null) => value === null ? "" : value.toFixed(2);
const ms = (value: number) => value < 10 ? value.toFixed(2) : value.toFixed(0);
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0);
const titleOf = (server: string) => CONTENDERS.find(({ name }) => name === server)!.title;

/** The page about broadcast; before formatting. */
export function fanoutPage(figures: FanoutFigures): string {
  return `# Fan-out

What a message to everybody costs, beside other servers and beside the least that it can cost.
Written by \`deno task bench:fanout\` (about three quarters of an hour, two processors, gcc; node and npm for the
others). Machines differ by more than servers do, so read the ratios; each is the median of the
ratios of its repeats, in which all took turns.

The limit is a program in C that does nothing but one \`send()\` of ready bytes for each socket
([limit.c](../tests/bench/fanout/limit.c)); the clients are one program in C as well. A gateway is a
worker with sockets of \`ws\` that share frames, made and deflated once (\`WS_GATEWAYS\`); "own port"
is the application's own with \`Deno.upgradeWebSocket\`; "native" is a gateway that writes by the C
library (\`deno task start:native\`). This server sends through its hub: changes of a
market of 1,600 securities as they come from the bus, made into a delta once. The others send a text
of the same length that they are given.

${section("Goals", goalTable(goalsOf(figures)))}
${broadcastPart(figures.cells)}${pacedPart(figures.paced)}${neighbourPart(figures.neighbours)}${
    stalledPart(figures.stalled)
  }${behindPart(figures.behind)}${bytesPart(figures.bytes)}`;
}

function goalTable(goals: readonly Goal[]): string {
  const figure = (value: number | null) => value === null ? "" : value.toFixed(value < 10 ? 2 : 0);
  return table(["what", "measured", "native", "goal", "met"], [
    ...goals.map((goal) => [
      goal.what,
      figure(goal.measured),
      figure(goal.native),
      goal.least === undefined ? `≤ ${goal.most}` : `≥ ${goal.least}`,
      metBy(goal),
    ]),
  ]);
}

function metBy(goal: Goal): string {
  const isNativeMet = goal.native === null ? null : isMet(goal, goal.native);
  if (isMet(goal, goal.measured)) return isNativeMet === false ? "not natively" : "yes";
  return isNativeMet ? "natively" : "no";
}

function broadcastPart(cells: readonly Cell[]): string {
  if (cells.length === 0) return "";
  const sizes = [...new Set(cells.map(({ size }) => size))];
  const clients = [...new Set(cells.map((cell) => cell.clients))];
  const servers = [...new Set(cells.map(({ server }) => server))];
  const of = (server: string, size: number, count: number, say: (cell: Cell) => string) => {
    const cell = cells.find((one) =>
      one.server === server && one.size === size && one.clients === count
    );
    return cell === undefined ? "" : say(cell);
  };
  const tableBy = (count: number, say: (cell: Cell) => string) =>
    table(["", ...sizes.map((size) => `${whole(size)} B`)], [
      ...servers.map((server) => [
        titleOf(server),
        ...sizes.map((size) => of(server, size, count, say)),
      ]),
    ]);
  const parts = (say: (cell: Cell) => string) =>
    clients.map((count) => `${whole(count)} clients:\n\n${tableBy(count, say)}`).join("\n\n");
  return [
    section(
      "Processor time of the limit : that of the server, a delivery",
      `One processor for the server and one for the clients; the next message goes out when the last
client has the one before. Clients do not sleep meanwhile, as to wake them would be work of the server, and
the more of it the slower it is. 1.00 is the limit, more is better. The goal about opened sockets is the median
of further rounds, in which servers that have just started take turns.\n\n${
        parts(({ ofLimit }) => ratio(ofLimit))
      }`,
    ),
    section(
      "Deliveries a second, thousands / μs of the server for one",
      parts(({ perSecond, cpuUs }) => `${(perSecond / 1_000).toFixed(0)} / ${cpuUs.toFixed(1)}`),
    ),
    section(
      "From the order to the receipt, p50 / p99, ms",
      parts(({ p50Ms, p99Ms }) => `${ms(p50Ms)} / ${ms(p99Ms)}`),
    ),
    section(
      "Memory",
      table(["", "clients", "KB for an open socket", "MB at most", "sockets opened a second"], [
        ...cells.filter(({ size }) => size === sizes.at(-1)).map((cell) => [
          titleOf(cell.server),
          whole(cell.clients),
          (cell.idleBytes / 1_024).toFixed(1),
          megabytes(cell.peakBytes),
          whole(cell.openedPerSecond),
        ]),
      ]),
    ),
  ].join("\n");
}

function pacedPart(paced: readonly Paced[]): string {
  if (paced.length === 0) return "";
  const head = ["", "bytes", "p50 / p99 ms", "p99 : limit", "cores", "MB at most", "missing"];
  const rows = paced.map((one) => [
    titleOf(one.server),
    whole(one.size),
    `${ms(one.p50Ms)} / ${ms(one.p99Ms)}`,
    ratio(one.p99OfLimit),
    one.cores.toFixed(2),
    megabytes(one.peakBytes),
    whole(one.missing),
  ]);
  const text = `Clients and server share the processors of the machine, as nothing is pinned.`;
  const title = `${whole(paced[0]!.clients)} clients, four messages a second`;
  return section(title, `${text}\n\n${table(head, rows)}`);
}

function neighbourPart(n: NeighbourFigures | null): string {
  if (n === null) return "";
  const others = whole(n.others);
  return section(
    "Slow, stalled and returning neighbours",
    `${
      whole(n.fast)
    } fast clients, four messages a second, and beside them 100 that read a tenth of the
time, 200 that stop reading, 100 that are cut off every two seconds and 20 more, over all repeats
${others}. They stopped ${whole(n.pauses)} times and came back ${
      whole(n.returns)
    } times. At the end each
was compared with a fresh snapshot, every cell: ${whole(n.equal)} equal, ${
      whole(n.different)
    } different,
${whole(n.unproved)} unproved; ${whole(n.gaps)} gaps. The p99 of the fast ones went from
${ms(n.aloneP99Ms)} to ${ms(n.besideP99Ms)} ms (${ratio(n.ratio)}), and ${whole(n.missing)} of their
messages were left out. Being more takes longer by itself: with as many clients that nothing hinders
it was ${ms(n.crowdP99Ms)} ms, so being hindered cost their neighbours ${ratio(n.ratioOfCrowd)}.`,
  );
}

function stalledPart(stalled: readonly StalledFigures[]): string {
  if (stalled.length === 0) return "";
  const { clients, sentBytesEach } = stalled[0]!;
  const text =
    `Growth of the server's memory while ${clients} clients never read, and one beside them
is sent ${
      megabytes(sentBytesEach)
    } MB in nine seconds. What the kernel keeps, up to 4 MB for each, is not in it.`;
  const rows = stalled.map(({ server, grownBytes }) => [titleOf(server), megabytes(grownBytes)]);
  return section("Clients that never read", `${text}\n\n${table(["", "MB more"], rows)}`);
}

function behindPart(behind: BehindFigures | null): string {
  if (behind === null) return "";
  const kilobytes = (bytes: number) => whole(bytes / 1_000);
  return section(
    "To come back, and to take in what is new",
    `The market of ${VOLATILE}, in one process. A client of all securities that was away for
${behind.awayMs / 1_000} s is sent ${kilobytes(behind.returnBytes)} KB; meanwhile there were ${
      whole(behind.missedMessages)
    } messages of ${kilobytes(behind.missedBytes)} KB together. The hub takes ${
      ms(behind.resumeUs / 1_000)
    } ms for one that has missed 100 changes, and ${
      ms(behind.snapshotUs / 1_000)
    } ms for one that has nothing. A page takes in a change in
${ms(behind.takeUs / 1_000)} ms; to read the whole payload as JSON takes ${
      ms(behind.readWholeUs / 1_000)
    } ms (in the V8 of Deno, as Chromium has it).`,
  );
}

const VOLATILE = "a simulated day from 09:20 on, scenario `volatile`";

function bytesPart(bytes: FanoutFigures["bytes"]): string {
  const parts = Object.entries(bytes).map(([scenario, sent]) => {
    const wholes = new Map(
      sent.filter(({ what }) => what.startsWith("whole")).map((one) => [one.channel, one]),
    );
    const rows = sent.map((one) => {
      const { plain } = wholes.get(one.channel)!;
      return [
        one.channel,
        one.what,
        whole(one.messages),
        whole(one.plain / 1_000),
        whole(one.deflated / 1_000),
        `${whole(plain / one.plain)} / ${whole(plain / one.deflated)}`,
        one.cpuMs.toFixed(0),
      ];
    });
    const head = [
      "channel",
      "what",
      "messages",
      "KB plain",
      "KB deflated",
      "times fewer, plain / deflated",
      "ms",
    ];
    return `The minute from 09:20 of a simulated day, scenario \`${scenario}\`:\n\n${
      table(head, rows)
    }`;
  });
  if (parts.length === 0) return "";
  const text =
    `The whole payload is what the plain contract sends of VN30 (\`/ws/market\`) and would send of
1,600 securities. "Times fewer" is against that payload uncompressed; ms are for deflating, and for
encoding what is not JSON, of all messages of the minute. The simulated exchange moves in steps of 250 ms, so
100 ms have no more to tell. Binary forms of the same rows are smaller before deflating and not
after it, so the protocol stays JSON.`;
  return section("Bytes of a busy minute for one client", `${text}\n\n${parts.join("\n\n")}`);
}
