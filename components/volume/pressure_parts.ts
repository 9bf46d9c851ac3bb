import type { BarPart } from "../charts/bars.tsx";
import { formatPercent, type NumberStyle } from "../number_format.ts";
import { type SideVolumes, totalOf } from "./phase_volumes.ts";
import type { VolumeWords } from "./volume_words.ts";

/** A bar of buying, neutral and selling, with per cent of the whole; no parts of nothing. */
export function pressureParts(
  volumes: SideVolumes,
  words: VolumeWords,
  style: NumberStyle,
): readonly BarPart[] {
  const whole = totalOf(volumes);
  if (whole === 0) return [];
  const part = (side: "buy" | "none" | "sell", tone: string): BarPart => ({
    key: side,
    tone,
    value: volumes[side],
    text: `${words[side]} ${formatPercent(volumes[side] / whole * 100, style)}`,
  });
  return [part("buy", "up"), part("none", "dim"), part("sell", "dn")];
}
