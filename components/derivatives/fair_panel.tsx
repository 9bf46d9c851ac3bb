import type { JSX } from "preact";
import { placeOn, scaleOf } from "../charts/scale.ts";
import { fill } from "../fill.ts";
import type { NumberStyle } from "../number_format.ts";
import type { ContractView } from "./contracts.ts";
import type { DerivativeWords } from "./derivative_words.ts";
import { level, percent, points, price } from "./figures.ts";
import { richText, trendWord } from "./summary_cards.tsx";

interface FairPanelProps {
  readonly contract: ContractView;
  readonly words: DerivativeWords;
  readonly style: NumberStyle;
}

/** Where the price stands to the band in which costs eat up any difference, and where it goes. */
export function FairPanel({ contract, words, style }: FairPanelProps): JSX.Element {
  const { fair_low: low, fair_high: high, fair_value: fair, last, spot } = contract;
  const rich = points(contract.rich, style);
  return (
    <section class="panel third">
      <h2>{words.band}</h2>
      {low === null || high === null || fair === null || last === null || spot === null
        ? <p class="empty">{words.noBand}</p>
        : (
          <>
            <BandPicture
              values={{ low, high, fair, last, spot }}
              label={bandText(contract, words, style)}
            />
            <p class="band-keys">
              <span class="key-last">{words.price}</span>
              <span class="key-fair">{words.fair}</span>
              <span class="key-spot">{fill(words.spot, { name: contract.underlying ?? "" })}</span>
            </p>
            <p class="verdict">{bandText(contract, words, style)}</p>
          </>
        )}
      <dl class="facts">
        <dt>{words.price}</dt>
        <dd>{price(last, contract, style).text}</dd>
        <dt>{words.bandLow}</dt>
        <dd>{level(low, style)}</dd>
        <dt>{words.fair}</dt>
        <dd>{level(fair, style)}</dd>
        <dt>{words.bandHigh}</dt>
        <dd>{level(high, style)}</dd>
        <dt>{words.richPoints}</dt>
        <dd class={rich.tone === "" ? undefined : `${rich.tone} p`}>{rich.text}</dd>
        <dt>{words.richVnd}</dt>
        <dd>{richText(contract, words, style)}</dd>
        <dt>{words.carry}</dt>
        <dd>
          {contract.carry_pct === null
            ? "–"
            : fill(words.carryUnit, { percent: percent(contract.carry_pct, style).text })}
        </dd>
        <dt>{words.trend}</dt>
        <dd>{trendWord(contract.trend, words)}</dd>
      </dl>
      <p class="note">{words.bandNote}</p>
      <p class="note">{words.slopeNote}</p>
    </section>
  );
}

/** Beyond which end of the band the price is, and by how much; or that it is inside (N-09). */
export function bandText(
  { last, fair_low: low, fair_high: high }: Pick<ContractView, "last" | "fair_low" | "fair_high">,
  words: DerivativeWords,
  style: NumberStyle,
): string {
  if (last === null || low === null || high === null) return words.noBand;
  if (last > high) return fill(words.bandRich, { points: level(last - high, style) });
  if (last < low) return fill(words.bandCheap, { points: level(low - last, style) });
  return words.bandInside;
}

interface BandPictureProps {
  readonly values: Readonly<Record<"low" | "high" | "fair" | "last" | "spot", number>>;
  readonly label: string;
}

function BandPicture({ values, label }: BandPictureProps): JSX.Element {
  const scale = scaleOf(Object.values(values));
  const x = (value: number) => `${(placeOn(scale, value) * 100).toFixed(2)}%`;
  const { low, high, fair, last, spot } = values;
  return (
    <svg class="band" role="img" aria-label={label}>
      <rect class="bar-ground" y="14" width="100%" height="12" />
      <rect
        class="band-room"
        x={x(low)}
        y="14"
        width={`${((placeOn(scale, high) - placeOn(scale, low)) * 100).toFixed(2)}%`}
        height="12"
      />
      <rect class="band-fair" x={x(fair)} y="10" width="2" height="20" />
      <rect class="band-spot" x={x(spot)} y="14" width="2" height="12" />
      <circle class="band-last" cx={x(last)} cy="20" r="6" />
    </svg>
  );
}
