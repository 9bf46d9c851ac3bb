import type { JSX } from "preact";
import type { IndexRow } from "../../core/wire/board.ts";
import { difference, num } from "../../core/wire/cells.ts";
import type { Contribution } from "../../core/wire/contributions.ts";
import type { FollowedIndex } from "../../core/wire/index_intraday.ts";
import { type SignedBar, SignedBars } from "../charts/bars.tsx";
import { fill } from "../fill.ts";
import { formatScaled, type NumberStyle, signed } from "../number_format.ts";
import { indexName } from "./index_card.tsx";
import type { MarketWords } from "./market_words.ts";

/** Who moved an index most, largest first. */
export interface Movers {
  readonly top_positive: readonly Contribution[];
  readonly top_negative: readonly Contribution[];
}

interface ContributionPanelProps {
  readonly index: FollowedIndex;
  readonly row: IndexRow | undefined;
  readonly movers: Movers;
  readonly words: MarketWords;
  readonly style: NumberStyle;
}

/** What members moved an index by, and what their sum leaves unexplained. */
export function ContributionPanel(
  { index, row, movers, words, style }: ContributionPanelProps,
): JSX.Element {
  const title = fill(words.contributions, { index: indexName(row ?? { symbol: index }) });
  const { top_positive, top_negative } = movers;
  const [sum, residual] = [num(row?.contrib), num(row?.resid)];
  const change = difference(num(row?.value), num(row?.prior));
  const isEmpty = top_positive.length + top_negative.length === 0;
  return (
    <section class="panel half movers-panel" aria-label={title} data-index={index}>
      <h2>{title}</h2>
      {isEmpty ? <p class="empty">{words.noContributions}</p> : (
        <div class="movers">
          <SignedBars
            label={title}
            rows={barsOf([...top_positive, ...top_negative.toReversed()], style)}
          />
        </div>
      )}
      <p class="note">
        {fill(words.contributionSum, {
          sum: pointsText(sum, style),
          change: pointsText(change, style),
          residual: pointsText(residual, style),
        })}
      </p>
      <p class="note">{words.approximate}</p>
    </section>
  );
}

function barsOf(movers: readonly Contribution[], style: NumberStyle): SignedBar[] {
  return movers.map(({ symbol, points }) => ({
    key: symbol,
    name: symbol,
    value: points,
    text: pointsText(points, style),
  }));
}

/** Points with their sign and two decimals. */
export function pointsText(points: number | null, style: NumberStyle): string {
  if (points === null) return "–";
  const pointsE2 = Math.round(points * 100);
  return signed(formatScaled(pointsE2, 2, style), pointsE2);
}
