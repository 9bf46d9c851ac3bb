import type { JSX } from "preact";
import { formatVnDate } from "../../core/market/time.ts";
import { VN30_AS_OF } from "../../core/market/vn30.ts";
import type { BoardRow } from "../../core/wire/board.ts";
import { fill } from "../fill.ts";
import type { Lang } from "../i18n.ts";
import type { NumberStyle } from "../number_format.ts";
import { HeatTable } from "./heat_table.tsx";
import {
  type Place,
  sectorName,
  type SectorTile,
  type ShownTile,
  shownTile,
} from "./heat_tiles.ts";
import type { MarketWords } from "./market_words.ts";

/** Sides of a tile, in per cent of the map's, from which it has room for two lines, and for one. */
const TWO_LINES = { width: 8, height: 12 };
const ONE_LINE = { width: 5, height: 5 };
/** Narrower tiles have no room for a second line on a phone. */
const NARROW = 12;

interface HeatMapProps {
  readonly rows: readonly BoardRow[];
  /** Where the tiles lie; renewed now and then only, so that they stand still under the pointer. */
  readonly tiles: readonly SectorTile[];
  readonly words: MarketWords;
  readonly tableWord: string;
  readonly lang: Lang;
  readonly style: NumberStyle;
}

/** VN30 as a treemap: each security as large as its turnover and as coloured as its price. */
export function HeatMap(
  { rows, tiles, words, tableWord, lang, style }: HeatMapProps,
): JSX.Element {
  const bySymbol = new Map(rows.map((row) => [row.symbol, row]));
  const sectors = tiles.map(({ id, place, head, symbols }) => ({
    id,
    place,
    head,
    name: sectorName(id, lang, words.otherSector),
    shown: symbols.flatMap(({ symbol, place }) => {
      const row = bySymbol.get(symbol);
      return row === undefined ? [] : [{ place, tile: shownTile(row, style) }];
    }),
  }));
  return (
    <section class="panel half map-panel" aria-labelledby="map">
      <h2 id="map">{words.map}</h2>
      {sectors.length === 0
        ? <p class="empty">{words.noMap}</p>
        : (
          <svg class="heat" role="group" aria-label={words.map}>
            {sectors.map(({ id, name, place, head, shown }) => (
              <svg key={id} {...inPercent(place)}>
                <text class="sector" x="3" y="11">{name}</text>
                <svg y={percentText(head)} width="100%" height={percentText(100 - head)}>
                  {shown.map(({ tile, place: inside }) => (
                    <SymbolTile key={tile.symbol} tile={tile} place={inside} sector={place} />
                  ))}
                </svg>
              </svg>
            ))}
          </svg>
        )}
      <p class="note">{fill(words.mapNote, { date: formatVnDate(VN30_AS_OF) })}</p>
      {sectors.length > 0 && <HeatTable sectors={sectors} words={words} tableWord={tableWord} />}
    </section>
  );
}

interface SymbolTileProps {
  readonly tile: ShownTile;
  /** In per cent of the sector's tile, which is in per cent of the map. */
  readonly place: Place;
  readonly sector: Place;
}

function SymbolTile({ tile, place, sector }: SymbolTileProps): JSX.Element {
  const { symbol, tone, percent, turnover } = tile;
  const width = place.width * sector.width / 100;
  const height = place.height * sector.height / 100;
  const has = (room: typeof ONE_LINE) => width >= room.width && height >= room.height;
  return (
    <a href={`/stock/${symbol}`}>
      <title>{`${symbol} ${percent}, ${turnover}`}</title>
      <svg class={`tile ${tone}`} aria-hidden="true" {...inPercent(place)}>
        <rect width="100%" height="100%" />
        {has(ONE_LINE) && (
          <text class="symbol" x="50%" y={has(TWO_LINES) ? "42%" : "50%"}>{symbol}</text>
        )}
        {has(TWO_LINES) && (
          <text class={`percent${width < NARROW ? " narrow" : ""}`} x="50%" y="66%">{percent}</text>
        )}
      </svg>
    </a>
  );
}

function inPercent({ x, y, width, height }: Place) {
  return {
    x: percentText(x),
    y: percentText(y),
    width: percentText(width),
    height: percentText(height),
  };
}

function percentText(part: number): string {
  return `${part.toFixed(2)}%`;
}
