import type { BehindFigures } from "./behind.ts";
import type { Cell } from "./broadcast.ts";
import type { Sent } from "./bytes.ts";
import type { NeighbourFigures } from "./neighbours.ts";
import type { OpeningRound } from "./opening.ts";
import type { Paced } from "./paced.ts";
import type { StalledFigures } from "./stalled.ts";

/** All that a run has measured; a part that was left out is null or empty. */
export interface FanoutFigures {
  readonly cells: readonly Cell[];
  readonly opening: readonly OpeningRound[];
  readonly paced: readonly Paced[];
  readonly neighbours: NeighbourFigures | null;
  readonly stalled: readonly StalledFigures[];
  readonly behind: BehindFigures | null;
  readonly bytes: Readonly<Record<string, readonly Sent[]>>;
}
