import type { Num } from "../../core/wire/cells.ts";
import type { ForeignInvestorData } from "../../core/wire/foreign_out.ts";
import { signTone } from "../cell_view.ts";
import { fill } from "../fill.ts";
import type { Lang } from "../i18n.ts";
import { formatCount, formatPercent, type NumberStyle, signed } from "../number_format.ts";
import type { DataColumn } from "../tables/sortable_table.tsx";
import { amountText, netText } from "./amounts.ts";
import type { ForeignWords } from "./foreign_words.ts";
import { sectorName } from "./sector_flow.tsx";

const DAY_MINUTES = 1_440;

type Column = DataColumn<ForeignInvestorData>;

/** The columns of the detail table. */
export function foreignColumns(
  lang: Lang,
  words: ForeignWords,
  style: NumberStyle,
): readonly Column[] {
  return [
    {
      key: "symbol",
      head: words.symbol,
      sortKey: ({ symbol }) => symbol,
      cell: ({ symbol }) => <a href={`/stock/${symbol}`}>{symbol}</a>,
    },
    {
      key: "sector",
      head: words.sector,
      className: "text sector",
      sortKey: ({ sector }) => sectorName(sector, lang, words),
      cell: ({ sector }) => sectorName(sector, lang, words),
    },
    ...flowColumns(words, style),
    ...roomColumns(words, style),
    {
      key: "time",
      head: words.time,
      sortKey: ({ time }) => time,
      cell: ({ time }) => time ?? "–",
    },
  ];
}

function flowColumns(words: ForeignWords, style: NumberStyle): readonly Column[] {
  const amount = (key: "buy" | "sell", head: string): Column => ({
    key,
    head,
    sortKey: (stock) => stock[`${key}_value`],
    cell: (stock) => amountText(stock, stock[`${key}_value`], style),
  });
  return [
    amount("buy", words.buyBillion),
    amount("sell", words.sellBillion),
    {
      key: "net",
      head: words.netBillion,
      sortKey: (stock) => stock.net_value,
      cell: (stock) => netText(stock, style),
      tone: (stock) => stock.net_value === null ? "" : `p ${signTone(stock.net_value)}`,
    },
    {
      key: "netShares",
      head: words.netShares,
      sortKey: (stock) => stock.net_volume,
      cell: (stock) => orDash(stock.net_volume, (n) => signed(formatCount(n, style), n)),
    },
    countColumn("buySpeed", [words.buySpeedHead, words.speedHint], style, (s) => s.buy_speed),
    countColumn("sellSpeed", [words.sellSpeedHead, words.speedHint], style, (s) => s.sell_speed),
  ];
}

function roomColumns(words: ForeignWords, style: NumberStyle): readonly Column[] {
  return [
    // A total of 0 says that the source gives no room, not that none is left.
    countColumn(
      "room",
      [words.room, words.roomHint],
      style,
      ({ total_room, current_room }) => total_room === 0 ? null : current_room,
    ),
    {
      key: "roomUsed",
      head: words.roomUsed,
      hint: words.roomUsedHint,
      sortKey: (stock) => stock.room_used_pct,
      cell: (stock) => orDash(stock.room_used_pct, (percent) => formatPercent(percent, style)),
    },
    {
      key: "roomClock",
      head: words.roomClock,
      hint: words.roomClockHint,
      sortKey: (stock) => stock.room_exhaustion_minutes,
      cell: ({ room_exhaustion_minutes: minutes }) =>
        orDash(
          minutes,
          (n) => n > DAY_MINUTES ? words.over : fill(words.minutes, { n: formatCount(n, style) }),
        ),
    },
  ];
}

function countColumn(
  key: string,
  [head, hint]: readonly [head: string, hint: string],
  style: NumberStyle,
  of: (stock: ForeignInvestorData) => Num,
): Column {
  const cell = (stock: ForeignInvestorData) => orDash(of(stock), (n) => formatCount(n, style));
  return { key, head, hint, sortKey: of, cell };
}

function orDash(value: Num, write: (value: number) => string): string {
  return value === null ? "–" : write(value);
}
