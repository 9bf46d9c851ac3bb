import type { JSX } from "preact";
import { PartsBar } from "../charts/bars.tsx";
import { formatScaled, type NumberStyle } from "../number_format.ts";
import type { ContractView } from "./contracts.ts";
import type { DerivativeWords } from "./derivative_words.ts";

interface RollPanelProps {
  readonly contracts: readonly ContractView[];
  readonly words: DerivativeWords;
  readonly style: NumberStyle;
}

/** How much of today's volume of the VN30 futures has moved on to later maturities (N-13). */
export function RollPanel({ contracts, words, style }: RollPanelProps): JSX.Element {
  const parts = rollParts(contracts, style);
  return (
    <section class="panel third">
      <h2>{words.roll}</h2>
      {parts.length === 0 ? <p class="empty">{words.rollNone}</p> : (
        <>
          <PartsBar label={words.roll} parts={parts} />
          <ul class="roll-parts">
            {parts.map(({ key, tone, text }) => <li key={key} class={`key ${tone}`}>{text}</li>)}
          </ul>
        </>
      )}
      <p class="note">{words.rollNote}</p>
    </section>
  );
}

/** Shares of the day's volume, nearest maturity first; none before the first trade. */
export function rollParts(contracts: readonly ContractView[], style: NumberStyle) {
  const family = contracts.filter(({ underlying }) => underlying === "VN30");
  const whole = family.reduce((sum, { volume }) => sum + (volume ?? 0), 0);
  if (whole === 0) return [];
  return family.map(({ code, alias, volume }, at) => ({
    key: code,
    value: volume ?? 0,
    tone: `maturity-${Math.min(at, 3)}`,
    text: `${alias} ${formatScaled(Math.round((volume ?? 0) / whole * 10_000), 2, style)}%`,
  }));
}
