import { OTHER_SECTOR, sectorOf, VN30_SECTORS } from "../../core/market/vn30.ts";
import type { BoardRow } from "../../core/wire/board.ts";
import { percentCell, positiveOf, type Tone, toneOf } from "../cell_view.ts";
import { squarify } from "../charts/squarify.ts";
import type { Lang } from "../i18n.ts";
import { formatScaled, type NumberStyle } from "../number_format.ts";

/** Height of a sector's name, in per cent of the map's. */
const NAME_HEIGHT = 4.4;

/** Width : height of the map that tiles are laid out for; it stretches with its panel. */
const ASPECT = 1.5;

/** A rectangle in per cent of the one that holds it. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A sector's part of the map, and its securities in per cent of that part. */
export interface SectorTile {
  readonly id: string;
  readonly place: Place;
  /** Height of its name, in per cent of its own. */
  readonly head: number;
  readonly symbols: readonly { readonly symbol: string; readonly place: Place }[];
}

/** Limits are told by letters too, as everywhere; the sign tells up from down. */
const LETTERS: Readonly<Record<Tone, string>> = {
  ...{ ce: "CE ", fl: "FL " },
  ...{ up: "", re: "", dn: "", "": "" },
};

/** What a tile shows. */
export interface ShownTile {
  readonly symbol: string;
  readonly tone: Tone;
  readonly percent: string;
  /** Matched value, billion VND. */
  readonly turnover: string;
}

/** A treemap of securities by sector: sizes are matched values, those without a trade have no tile. */
export function heatTiles(rows: readonly BoardRow[]): SectorTile[] {
  const sectors = new Map<string, BoardRow[]>();
  for (const row of rows) {
    if (sizeOf(row) === 0) continue;
    const id = sectorOf(row.symbol);
    const held = sectors.get(id);
    if (held === undefined) sectors.set(id, [row]);
    else held.push(row);
  }
  const whole = ([, members]: [string, BoardRow[]]) =>
    members.reduce((sum, row) => sum + sizeOf(row), 0);
  return squarify([...sectors], whole, ASPECT).map(({ item: [id, members], ...place }) => {
    const head = Math.min(50, NAME_HEIGHT / place.height * 100);
    const aspect = ASPECT * place.width / (place.height * (100 - head) / 100);
    const symbols = squarify(members, sizeOf, aspect)
      .map(({ item, ...inside }) => ({ symbol: item.symbol, place: inside }));
    return { id, place, head, symbols };
  });
}

/** Name of a sector; that of unknown ones is given. */
export function sectorName(id: string, lang: Lang, other: string): string {
  if (id === OTHER_SECTOR) return other;
  return VN30_SECTORS.find((sector) => sector.id === id)?.[lang] ?? other;
}

/** Price change and turnover of a security in words; limits by their letters. */
export function shownTile(row: BoardRow, style: NumberStyle): ShownTile {
  const [last, ref] = [positiveOf(row.last), positiveOf(row.ref)];
  const tone = toneOf(last, row);
  return {
    symbol: row.symbol,
    tone,
    percent: last === null || ref === null
      ? "–"
      : LETTERS[tone] + percentCell(last, ref, tone, style).text,
    turnover: `${formatScaled(Math.round(sizeOf(row) / 1e8), 1, style)} ${style.billion}`,
  };
}

function sizeOf(row: BoardRow): number {
  return positiveOf(row.val) ?? 0;
}

/** The newest minute that a row has changed in, such as `10:42`; "" before the first. */
export function newestMinute(rows: readonly BoardRow[]): string {
  return rows.reduce((newest, { time }) => {
    const minute = typeof time === "string" ? time.slice(0, "10:42".length) : "";
    return minute > newest ? minute : newest;
  }, "");
}
