import type { JSX } from "preact";
import type { ForeignInvestorData } from "../../core/wire/foreign_out.ts";
import { squarify, type Tile } from "../charts/squarify.ts";
import { fill } from "../fill.ts";
import type { Lang } from "../i18n.ts";
import { formatBillions, type NumberStyle, signed } from "../number_format.ts";
import type { ForeignWords } from "./foreign_words.ts";
import { sectorName } from "./sector_flow.tsx";

/** Width : height for which the tiles are made square; the style sheet keeps about it. */
const ASPECT = 2;
/** Net parts of the turnover from which a tile is of a stronger colour. */
const SLIGHT = 0.1;
const STRONG = 0.4;
/** Symbols that the text in place of the picture names. */
const NAMED = 3;

type Step = "strongBuy" | "netBuy" | "balanced" | "netSell" | "strongSell";
const STEPS: readonly Step[] = ["strongSell", "netSell", "balanced", "netBuy", "strongBuy"];

interface Sector {
  readonly id: string;
  readonly turnover: number;
  readonly stocks: readonly ForeignInvestorData[];
}

interface ForeignMapProps {
  readonly stocks: readonly ForeignInvestorData[];
  readonly lang: Lang;
  readonly words: ForeignWords;
  readonly style: NumberStyle;
}

/** A treemap: sectors, in them their securities, as large as their foreign turnover. */
export function ForeignMap({ stocks, lang, words, style }: ForeignMapProps): JSX.Element {
  const sectors = squarify(sectorsOf(stocks), ({ turnover }) => turnover, ASPECT);
  const written = (stock: ForeignInvestorData) => {
    const net = stock.net_value ?? 0;
    return signed(formatBillions(net, style), net);
  };
  const largest = stocks.toSorted((a, b) => turnoverOf(b) - turnoverOf(a)).slice(0, NAMED);
  const list = largest.map((stock) => `${stock.symbol} ${written(stock)}`).join(", ");
  return (
    <section class="panel map">
      <h2>{words.treemap}</h2>
      {sectors.length === 0 ? <p class="empty">{words.noFlow}</p> : (
        <>
          <svg
            class="treemap"
            role="img"
            aria-label={`${words.treemap}. ${fill(words.treemapText, { list })}`}
          >
            {sectors.map((tile) => (
              <svg key={tile.item.id} {...placeOf(tile)}>
                {squarify(tile.item.stocks, turnoverOf, tile.width * ASPECT / tile.height).map(
                  (part) => <StockTile key={part.item.symbol} {...{ tile, part, written }} />,
                )}
                <rect class="sector-frame" width="100%" height="100%" />
                {tile.width > 8 && tile.height > 14 && (
                  <text class="sector-name" x="6" y="14">
                    {sectorName(tile.item.id, lang, words)}
                  </text>
                )}
              </svg>
            ))}
          </svg>
          <ul class="map-legend">
            {STEPS.map((step) => (
              <li key={step}>
                <svg aria-hidden="true">
                  <rect class={step} width="100%" height="100%" />
                </svg>
                {words[step]}
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="note">{words.treemapNote}</p>
    </section>
  );
}

interface StockTileProps {
  readonly tile: Tile<Sector>;
  readonly part: Tile<ForeignInvestorData>;
  readonly written: (stock: ForeignInvestorData) => string;
}

function StockTile({ tile, part, written }: StockTileProps): JSX.Element {
  const stock = part.item;
  const width = part.width * tile.width / 100;
  const height = part.height * tile.height / 100;
  // Words that would not fit are left to the title; a phone has room in large tiles only.
  const size = width > 10 && height > 16 ? "large" : width > 4 && height > 7 ? "middle" : "small";
  const net = stock.net_value ?? 0;
  const glyph = net > 0 ? "▲" : net < 0 ? "▼" : "■";
  return (
    <svg class={`tile ${size}`} {...placeOf(part)}>
      <title>{`${stock.symbol} ${written(stock)}`}</title>
      <rect class={stepOf(stock)} width="100%" height="100%" />
      <text x="50%" y="50%">{stock.symbol}</text>
      <text class="net" x="50%" y="50%" dy="1.2em">{`${glyph}${written(stock)}`}</text>
    </svg>
  );
}

function sectorsOf(stocks: readonly ForeignInvestorData[]): Sector[] {
  return [...Map.groupBy(stocks, ({ sector }) => sector)].map(([id, members]) => ({
    id,
    stocks: members,
    turnover: members.reduce((sum, stock) => sum + turnoverOf(stock), 0),
  }));
}

function turnoverOf({ buy_value, sell_value }: ForeignInvestorData): number {
  return (buy_value ?? 0) + (sell_value ?? 0);
}

function stepOf(stock: ForeignInvestorData): Step {
  const part = (stock.net_value ?? 0) / turnoverOf(stock);
  if (Math.abs(part) < SLIGHT) return "balanced";
  if (part > 0) return part < STRONG ? "netBuy" : "strongBuy";
  return part > -STRONG ? "netSell" : "strongSell";
}

function placeOf({ x, y, width, height }: Tile<unknown>) {
  const percent = (n: number) => `${n.toFixed(2)}%`;
  return { x: percent(x), y: percent(y), width: percent(width), height: percent(height) };
}
