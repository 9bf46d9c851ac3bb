import type { Target } from "./arena.ts";
import type { WebFigures } from "./figures.ts";
import type { Condition } from "./tab.ts";

/** Something that was aimed at. */
export interface Goal {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
  readonly isMet: boolean;
}

const KB = 1_024;

/** The goals that a run has figures for. */
export function goalsOf({ weights, loads, streams, scroll }: WebFigures): Goal[] {
  const board = weights.find(({ title }) => title === "/");
  const load = (name: Condition["name"], target: Target = "app") =>
    loads.find((one) => one.condition === name && one.target === target && one.path === "/");
  const stream = streams.find((one) => one.condition === "local" && one.target === "app");
  const goals = [
    atMost("HTML of the board with 30 rows, br", board?.html.br, { most: 30 * KB, unit: "KB" }),
    atMost("scripts of the board, br", board?.js.br, { most: 30 * KB, unit: "KB" }),
    atMost("LCP of the board, loopback", load("local")?.lcpMs, { most: 600, unit: "ms" }),
    atMost("LCP of the board, slow", load("slow")?.lcpMs, { most: 1_500, unit: "ms" }),
    atMost("CLS of the board, loopback", load("local")?.cls, { most: 0.02, unit: "" }),
    atMost("CLS of the board, slow", load("slow")?.cls, { most: 0.02, unit: "" }),
    atLeast("cells that change a second while it is used", stream?.cellsPerSecond, 600),
    atMost("INP meanwhile, loopback", stream?.inpMs, { most: 100, unit: "ms" }),
    // A screen of 60 Hz; a frame is lost now and then to whatever else the machine does.
    atLeast("frames a second while a large board scrolls", scroll?.framesPerSecond, 58),
  ];
  const [own, other] = [load("slow"), load("slow", "react")];
  if (own && other && own.rowsMs !== null && other.rowsMs !== null) {
    goals.push(atLeast("30 rows there, slow: React : ours", other.rowsMs / own.rowsMs, 2));
  }
  return goals.filter((goal) => goal !== null);
}

function atMost(
  what: string,
  measured: number | undefined,
  { most, unit }: { most: number; unit: "KB" | "ms" | "" },
): Goal | null {
  if (measured === undefined) return null;
  const text = (value: number) =>
    unit === "KB"
      ? `${(value / KB).toFixed(1)} KB`
      : unit === "ms"
      ? `${Math.round(value)} ms`
      : value.toFixed(3);
  return { what, measured: text(measured), goal: `≤ ${text(most)}`, isMet: measured <= most };
}

function atLeast(what: string, measured: number | undefined, least: number): Goal | null {
  if (measured === undefined) return null;
  const text = measured < 10 ? measured.toFixed(2) : String(Math.round(measured));
  return { what, measured: text, goal: `≥ ${least}`, isMet: measured >= least };
}
