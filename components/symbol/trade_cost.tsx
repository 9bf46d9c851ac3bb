import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { priceFromE2 } from "../../core/market/units.ts";
import { formatCount, formatScaled } from "../number_format.ts";
import { costOf, type Level } from "./book_levels.ts";
import type { matchingPause, SymbolContext } from "./context.ts";
import { priceText } from "./price_text.ts";
import type { SymbolWords } from "./symbol_words.ts";

/** A lot of ten for stocks, a contract for futures; the reader types their own. */
const VOLUME_FIRST = { stock: 10_000, future: 10 };
const VOLUME_MAX = 1_000_000_000;
const VND_PER_MILLION = 1_000_000;
/** The cell that tells how much of the volume is in sight. */
const FILLED_AT = 3;

interface TradeCostProps {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  /** Why nothing is matched at once at the prices in sight. */
  readonly pause: ReturnType<typeof matchingPause>;
  readonly context: SymbolContext;
}

/** What a volume of the reader's would cost or bring if it were matched now. */
export function TradeCost({ bids, asks, pause, context }: TradeCostProps): JSX.Element {
  const { words, style, prices } = context;
  const first = prices.isFuture ? VOLUME_FIRST.future : VOLUME_FIRST.stock;
  const [typed, setTyped] = useState<string | null>(null);
  const volume = typed === null ? first : readVolume(typed);
  const isPaused = pause !== null;
  return (
    <div class="cost">
      <label class="cost-ask" for="cost-volume">
        {words.cost}
        <input
          id="cost-volume"
          class="field"
          inputMode="numeric"
          size={9}
          value={typed ?? formatCount(first, style)}
          aria-describedby="cost-note"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <table class="data">
        <caption class="unseen">{words.costCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.side}</th>
            <th scope="col">{words.costMean}</th>
            <th scope="col">{words.costSlip}</th>
            <th scope="col">{words.costWorst}</th>
            <th scope="col">{words.costFilled}</th>
            <th scope="col">{words.costValue}</th>
          </tr>
        </thead>
        <tbody>
          <CostRow isBuy levels={asks} {...{ volume, isPaused, context }} />
          <CostRow isBuy={false} levels={bids} {...{ volume, isPaused, context }} />
        </tbody>
      </table>
      <p class="note" id="cost-note">
        {volume === null ? words.costVolume : noteOf(pause, words)}
      </p>
    </div>
  );
}

function noteOf(pause: TradeCostProps["pause"], words: SymbolWords): string {
  if (pause === null) return words.costNote;
  return pause === "auction" ? words.costAuction : words.costPause;
}

interface CostRowProps {
  readonly isBuy: boolean;
  readonly levels: readonly Level[];
  /** Null for what is no volume. */
  readonly volume: number | null;
  readonly isPaused: boolean;
  readonly context: SymbolContext;
}

function CostRow({ isBuy, levels, volume, isPaused, context }: CostRowProps): JSX.Element {
  const { words, style, prices } = context;
  const cost = volume === null || isPaused
    ? null
    : costOf(levels, volume, { isBuy, isFuture: prices.isFuture });
  const texts = cost === null ? ["–", "–", "–", "–", "–"] : [
    priceText(priceFromE2(Math.round(cost.meanE2)), prices),
    `${formatScaled(Math.round(cost.slipPercent * 100), 2, style)}%`,
    priceText(cost.worst, prices),
    formatCount(cost.filled, style),
    formatCount(cost.valueVnd / VND_PER_MILLION, style),
  ];
  const isShort = cost !== null && cost.filled < volume!;
  return (
    <tr>
      <th scope="row">{isBuy ? words.sides.buy : words.sides.sell}</th>
      {texts.map((text, at) => (
        <td key={at} class={isShort && at === FILLED_AT ? "warn" : undefined}>{text}</td>
      ))}
    </tr>
  );
}

/** A volume as it is typed, with the marks of either language; null for what is none. */
export function readVolume(text: string): number | null {
  const digits = text.trim().replace(/[\s.,](?=\d{3}(\D|$))/g, "");
  const volume = /^\d{1,10}$/.test(digits) ? Number(digits) : 0;
  return volume >= 1 && volume <= VOLUME_MAX ? volume : null;
}
