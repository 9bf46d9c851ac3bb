import type { JSX } from "preact";
import { PartsBar, SignedBars } from "../charts/bars.tsx";
import { fill } from "../fill.ts";
import { formatCount, formatPercent, type NumberStyle, signed } from "../number_format.ts";
import {
  hasSides,
  imbalanceOf,
  PHASES,
  type PhaseVolumes,
  type SideVolumes,
  totalOf,
} from "./phase_volumes.ts";
import { pressureParts } from "./pressure_parts.ts";
import type { VolumeWords } from "./volume_words.ts";

interface PhasePanelProps {
  /** Whose volumes: a symbol, or the whole board in words. */
  readonly name: string;
  readonly volumes: PhaseVolumes;
  readonly words: VolumeWords;
  readonly style: NumberStyle;
}

/** A pressure bar for each phase, and the range in which the day's part of buying is (F-232). */
export function PressurePanel({ name, volumes, words, style }: PhasePanelProps): JSX.Element {
  const bars: readonly (readonly [keyof VolumeWords["phases"], SideVolumes])[] = [
    ["day", volumes.day],
    ...PHASES.map((phase) => [phase, volumes.phases[phase]] as const),
  ];
  const [min, max] = volumes.bounds;
  return (
    <section class="panel pressure">
      <h2>{fill(words.pressure, { name })}</h2>
      <dl>
        {bars.map(([phase, sides]) => (
          <PressureRow key={phase} {...{ name: words.phases[phase], sides, words, style }} />
        ))}
      </dl>
      <p class="range">
        {min === null || max === null ? words.noRange : fill(words.range, {
          min: formatPercent(min, style),
          max: formatPercent(max, style),
        })}
      </p>
      {min !== null && (
        <p class="note">
          {fill(words.rangeNote, { missing: formatCount(volumes.missing, style) })}
        </p>
      )}
      <p class="note">{words.pressureNote}</p>
    </section>
  );
}

interface PressureRowProps {
  readonly name: string;
  readonly sides: SideVolumes;
  readonly words: VolumeWords;
  readonly style: NumberStyle;
}

function PressureRow({ name, sides, words, style }: PressureRowProps): JSX.Element {
  const parts = pressureParts(sides, words, style);
  const isAuction = parts.length > 0 && !hasSides(sides);
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <PartsBar
          label={parts.length === 0 ? `${name}: ${words.waiting}` : name}
          parts={parts}
        />
        <p>
          {parts.length === 0 ? words.waiting : isAuction ? words.auction : (
            parts.map(({ key, tone, text }) => (
              <span key={key} class={tone === "dim" ? tone : `p ${tone}`}>{text}</span>
            ))
          )}
        </p>
      </dd>
    </>
  );
}

/** The phases beside each other, each as long as its volume and stacked by side (F-233). */
export function ComparisonPanel({ name, volumes, words, style }: PhasePanelProps): JSX.Element {
  const title = fill(words.comparison, { name });
  const largest = Math.max(
    ...PHASES.map((phase) => totalOf(volumes.phases[phase])),
    volumes.missing,
    1,
  );
  return (
    <section class="panel comparison">
      <h2>{title}</h2>
      <ul>
        {PHASES.map((phase) => {
          const { buy, none, sell } = volumes.phases[phase];
          const width = (volume: number) => `${(volume / largest * 100).toFixed(2)}%`;
          return (
            <li key={phase}>
              <span>{words.phases[phase]}</span>
              <svg aria-hidden="true">
                <rect class="up" width={width(buy)} height="100%" />
                <rect class="dim" x={width(buy)} width={width(none)} height="100%" />
                <rect class="dn" x={width(buy + none)} width={width(sell)} height="100%" />
              </svg>
              <span class="bar-text">{formatCount(buy + none + sell, style)}</span>
            </li>
          );
        })}
        <li>
          <span title={words.missingHint}>{words.missing}</span>
          <svg aria-hidden="true">
            <rect
              class="missing"
              width={`${(volumes.missing / largest * 100).toFixed(2)}%`}
              height="100%"
            />
          </svg>
          <span class="bar-text">{formatCount(volumes.missing, style)}</span>
        </li>
      </ul>
      <p class="note">{words.comparisonNote}</p>
      <ComparisonTable {...{ name, volumes, words, style }} />
    </section>
  );
}

function ComparisonTable({ name, volumes, words, style }: PhasePanelProps): JSX.Element {
  return (
    <details class="chart-table">
      <summary>{words.table}</summary>
      <div class="table-scroll" tabIndex={0}>
        <table class="data">
          <caption>{fill(words.comparison, { name })}</caption>
          <thead>
            <tr>
              <th scope="col">{words.phase}</th>
              <th scope="col">{words.buyHead}</th>
              <th scope="col">{words.noneHead}</th>
              <th scope="col">{words.sellHead}</th>
              <th scope="col">{words.total}</th>
            </tr>
          </thead>
          <tbody>
            {PHASES.map((phase) => {
              const { buy, none, sell } = volumes.phases[phase];
              return (
                <tr key={phase}>
                  <th scope="row">{words.phases[phase]}</th>
                  {[buy, none, sell, buy + none + sell].map((volume, at) => (
                    <td key={at}>{formatCount(volume, style)}</td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Active buying less active selling of each phase, over the day's volume (N-05). */
export function ImbalancePanel({ name, volumes, words, style }: PhasePanelProps): JSX.Element {
  const title = fill(words.imbalance, { name });
  const rows = PHASES.flatMap((phase) => {
    const sides = volumes.phases[phase];
    const percent = imbalanceOf(sides, volumes.dayVolume);
    if (percent === null || !hasSides(sides)) return [];
    const text = signed(formatPercent(percent, style), percent);
    return [{ key: phase, name: words.phases[phase], value: percent, text }];
  });
  return (
    <section class="panel imbalance">
      <h2>{title}</h2>
      {rows.length === 0
        ? <p class="empty">{words.noSides}</p>
        : <SignedBars label={title} rows={rows} edge={100} />}
      <p class="note">{words.imbalanceNote}</p>
    </section>
  );
}
