import type { VolumeField } from "../../core/wire/analytics.ts";
import type { Row } from "../../core/wire/board.ts";
import { type Num, num } from "../../core/wire/cells.ts";
import { buyPctBounds } from "../../core/wire/session_stats.ts";

/** Parts of a trading day in its order, and the start of the names of their fields. */
export const PHASES = ["ato", "continuous", "atc", "plo", "other"] as const;
export type VolumePhase = typeof PHASES[number];
const FIELD: Readonly<Record<VolumePhase, "ato" | "cont" | "atc" | "plo" | "other">> = {
  ato: "ato",
  continuous: "cont",
  atc: "atc",
  plo: "plo",
  other: "other",
};

/** Volume by active side, shares or contracts. */
export interface SideVolumes {
  readonly buy: number;
  readonly sell: number;
  readonly none: number;
}

/** Volumes of a security or of several together. */
export interface PhaseVolumes {
  readonly phases: Readonly<Record<VolumePhase, SideVolumes>>;
  /** All phases together. */
  readonly day: SideVolumes;
  readonly missing: number;
  /** What the exchange says of the day. */
  readonly dayVolume: number;
  /** Bounds of active buying in per cent of what has a side or may have one (N-03). */
  readonly bounds: readonly [min: Num, max: Num];
}

export function totalOf({ buy, sell, none }: SideVolumes): number {
  return buy + sell + none;
}

/** Whether anybody was the active one; in a call auction nobody is. */
export function hasSides({ buy, sell }: SideVolumes): boolean {
  return buy + sell > 0;
}

/** Volumes of rows added up; only securities of one unit may be among them. */
export function phaseVolumes(rows: readonly Row<VolumeField>[]): PhaseVolumes {
  const sum = (field: VolumeField) => rows.reduce((all, row) => all + (num(row[field]) ?? 0), 0);
  const of = (phase: VolumePhase) => ({
    buy: sum(`${FIELD[phase]}Buy`),
    sell: sum(`${FIELD[phase]}Sell`),
    none: sum(`${FIELD[phase]}None`),
  });
  const phases = {
    ...{ ato: of("ato"), continuous: of("continuous"), atc: of("atc") },
    ...{ plo: of("plo"), other: of("other") },
  };
  const day = { buy: sum("buy"), sell: sum("sell"), none: sum("none") };
  const missing = sum("missing");
  return {
    phases,
    day,
    missing,
    dayVolume: sum("day"),
    bounds: buyPctBounds(day, phases.continuous.none + missing),
  };
}

/**
 * What active buying exceeds active selling by, in per cent of the day's volume to the tenth that is
 * shown, so that what reads 0,0 is on neither side; null of none.
 */
export function imbalanceOf({ buy, sell }: SideVolumes, dayVolume: number): Num {
  return dayVolume === 0 ? null : Math.round((buy - sell) / dayVolume * 1_000) / 10;
}
