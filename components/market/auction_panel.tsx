import type { JSX } from "preact";
import { formatVnTime } from "../../core/market/time.ts";
import type { BoardRow } from "../../core/wire/board.ts";
import { difference } from "../../core/wire/cells.ts";
import type { ChartWords } from "../charts/chart_words.ts";
import { LineChart } from "../charts/line_chart.tsx";
import { fill } from "../fill.ts";
import { formatPrice, type NumberStyle, type PriceScale } from "../number_format.ts";
import { type AuctionLines, auctionPoints, auctionTicks } from "./auction_course.ts";
import { pointsText } from "./contribution_panel.tsx";
import { ExpectedPrices } from "./expected_prices.tsx";
import type { MarketWords } from "./market_words.ts";

interface AuctionPanelProps {
  /** Auctions of the day so far, the opening first. */
  readonly auctions: readonly AuctionLines[];
  readonly rows: readonly BoardRow[];
  /** Close of VN30 on the day before. */
  readonly prior: number | null;
  readonly words: MarketWords;
  readonly chartWords: ChartWords;
  readonly style: NumberStyle;
  readonly scale: PriceScale;
}

const LINES = [
  { key: "implied", tone: "accent" },
  { key: "estimate", tone: "fg dashed" },
] as const;

/** What VN30 and its members would trade at if a call auction ended now; the newest auction first. */
export function AuctionPanel(
  { auctions, rows, prior, words, chartWords, style, scale }: AuctionPanelProps,
): JSX.Element {
  const format = (value: number) => formatPrice(value, "indexPoint", style);
  const guides = prior === null
    ? []
    : [{ key: "prior", name: `${words.prior} ${format(prior)}`, value: prior, tone: "re" }];
  return (
    <section class="panel" aria-labelledby="auction">
      <h2 id="auction">{words.auction}</h2>
      <p class="note">{words.auctionNote}</p>
      {auctions.length === 0 && <p class="empty">{words.noAuction}</p>}
      <div class="auctions">
        {auctions.toReversed().map((lines) => (
          <div key={lines.auction} data-auction={lines.auction}>
            <h3>{words.auctionNames[lines.auction]}</h3>
            <LineChart
              title={`${words.auction}, ${words.auctionNames[lines.auction]}`}
              lines={LINES.map(({ key, tone }) => ({
                key,
                name: words[key],
                points: auctionPoints(lines, key),
                tone,
              }))}
              guides={guides}
              ticks={auctionTicks(lines.auction)}
              format={format}
              words={chartWords}
            />
            <p class="note">{newestText(lines, words, style)}</p>
            <ExpectedPrices {...{ lines, rows, words, style, scale }} />
          </div>
        ))}
      </div>
    </section>
  );
}

function newestText({ points }: AuctionLines, words: MarketWords, style: NumberStyle): string {
  const [second, implied, estimate, members] = points.at(-1)!;
  const value = (points: number | null) =>
    points === null ? "–" : formatPrice(points, "indexPoint", style);
  return fill(words.auctionLast, {
    time: formatVnTime(second),
    implied: value(implied),
    estimate: value(estimate),
    difference: pointsText(difference(implied, estimate), style),
    members,
  });
}
