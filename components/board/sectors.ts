import { OTHER_SECTOR, sectorOf, VN30_SECTORS } from "../../core/market/vn30.ts";
import type { BoardField } from "../../core/wire/board.ts";
import { numberOf, positiveOf } from "../cell_view.ts";
import type { Lang } from "../i18n.ts";
import type { BoardLine } from "./board_line.ts";

/** What the members of a sector are added up by. */
const SUMMED = ["vol", "val", "fBuy", "fSell", "buyVol", "sellVol", "neutVol", "cVn30"] as const;
const OTHER = { vi: "Khác", en: "Other" } as const;

/** Begins the symbol of a line of sums; no security has such a one. */
const PREFIX = "sector:";

/** Where a line stands: sectors in their order, each with its sums first. */
export function sectorRank(line: BoardLine): number {
  const sector = line.sum === undefined ? sectorOf(line.symbol) : line.symbol.slice(PREFIX.length);
  const place = VN30_SECTORS.findIndex(({ id }) => id === sector);
  const at = place < 0 ? VN30_SECTORS.length : place;
  return 2 * at + (line.sum === undefined ? 1 : 0);
}

/** One line per sector that has members on the board. */
export function sectorSums(lines: readonly BoardLine[], lang: Lang): BoardLine[] {
  const members = Map.groupBy(lines, ({ symbol }) => sectorOf(symbol));
  const sectors = [...VN30_SECTORS, { id: OTHER_SECTOR, ...OTHER }];
  return sectors.flatMap((sector) => {
    const own = members.get(sector.id);
    return own === undefined ? [] : [sumOf(sector.id, sector[lang], own)];
  });
}

function sumOf(sector: string, name: string, members: readonly BoardLine[]): BoardLine {
  const changes = members.flatMap(percentE2Of);
  const total = changes.reduce((sum, change) => sum + change, 0);
  const meanPercentE2 = changes.length === 0 ? null : Math.round(total / changes.length);
  return {
    ...Object.fromEntries(SUMMED.map((field) => [field, totalOf(members, field)])),
    symbol: PREFIX + sector,
    sum: { name, members: members.length, meanPercentE2 },
  };
}

/** Change from the reference, per cent × 100; nothing before the first trade. */
function percentE2Of(line: BoardLine): readonly number[] {
  const [last, ref] = [positiveOf(line.last), positiveOf(line.ref)];
  if (last === null || ref === null) return [];
  return [Math.round((last - ref) * 10_000 / ref)];
}

function totalOf(members: readonly BoardLine[], field: BoardField): number | null {
  const values = members.map((line) => numberOf(line[field])).filter((value) => value !== null);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}
