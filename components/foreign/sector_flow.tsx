import type { JSX } from "preact";
import { formatVnDate } from "../../core/market/time.ts";
import { OTHER_SECTOR, sectorOf, VN30_AS_OF, VN30_SECTORS } from "../../core/market/vn30.ts";
import type { FlowField } from "../../core/wire/analytics.ts";
import type { Row } from "../../core/wire/board.ts";
import { num } from "../../core/wire/cells.ts";
import { SignedBars } from "../charts/bars.tsx";
import { fill } from "../fill.ts";
import type { Lang } from "../i18n.ts";
import { formatBillions, type NumberStyle, signed } from "../number_format.ts";
import type { ForeignWords } from "./foreign_words.ts";

const SECTOR_PREFIX = "sector:";

/** The name of a sector, by its id. */
export function sectorName(id: string, lang: Lang, words: ForeignWords): string {
  return VN30_SECTORS.find((sector) => sector.id === id)?.[lang] ?? words.otherSector;
}

interface SectorFlowProps {
  readonly flow: readonly Row<FlowField>[];
  /** Securities on the page, to say which of them the dated list does not know. */
  readonly symbols: readonly string[];
  readonly lang: Lang;
  readonly words: ForeignWords;
  readonly style: NumberStyle;
}

/** Net value by sector, the largest buying first (F-224). */
export function SectorFlow({ flow, symbols, lang, words, style }: SectorFlowProps): JSX.Element {
  const rows = flow.flatMap((row) => {
    const net = num(row.netVal);
    if (net === null || !row.symbol.startsWith(SECTOR_PREFIX)) return [];
    const name = sectorName(row.symbol.slice(SECTOR_PREFIX.length), lang, words);
    const text = signed(formatBillions(net, style), net);
    return [{ key: row.symbol, name, value: net, text }];
  }).sort((a, b) => b.value - a.value);
  const others = symbols.filter((symbol) => sectorOf(symbol) === OTHER_SECTOR);
  return (
    <section class="panel sectors">
      <h2>{words.sectors}</h2>
      {rows.length === 0
        ? <p class="empty">{words.noFlow}</p>
        : <SignedBars label={words.sectors} rows={rows} />}
      <p class="note">
        {fill(words.sectorList, { date: formatVnDate(VN30_AS_OF), other: words.otherSector })}
        {others.length > 0 && ` ${fill(words.sectorOthers, { symbols: others.join(", ") })}`}
      </p>
    </section>
  );
}
