import type { SessionStats } from "../../core/wire/session_stats.ts";
import { signTone } from "../cell_view.ts";
import { PartsBar } from "../charts/bars.tsx";
import {
  formatCount,
  formatPercent,
  formatScaled,
  type NumberStyle,
  signed,
} from "../number_format.ts";
import type { DataColumn } from "../tables/sortable_table.tsx";
import {
  hasSides,
  imbalanceOf,
  type PhaseVolumes,
  type SideVolumes,
  totalOf,
} from "./phase_volumes.ts";
import { pressureParts } from "./pressure_parts.ts";
import type { VolumeWords } from "./volume_words.ts";

/** Volumes of one security. */
export interface VolumeRow {
  readonly symbol: string;
  readonly volumes: PhaseVolumes;
  readonly stats: SessionStats;
  /** Counted in contracts. */
  readonly isFuture: boolean;
  /** Exchange time of the last trade. */
  readonly time: string | null;
}

type Column = DataColumn<VolumeRow>;

/** Volumes by side and a pressure bar for each phase (F-231, B-24). */
export function pressureColumns(words: VolumeWords, style: NumberStyle): readonly Column[] {
  const names = words.phases;
  return [
    symbolColumn(words),
    countColumn("buy", words.buyHead, style, ({ volumes }) => volumes.day.buy),
    countColumn("sell", words.sellHead, style, ({ volumes }) => volumes.day.sell),
    countColumn("none", words.noneHead, style, ({ volumes }) => volumes.day.none),
    barColumn("day", names.day, { words, style }, ({ day }) => day),
    barColumn("ato", names.ato, { words, style }, ({ phases }) => phases.ato),
    barColumn("continuous", names.continuous, { words, style }, ({ phases }) => phases.continuous),
    barColumn("atc", names.atc, { words, style }, ({ phases }) => phases.atc),
    barColumn("plo", names.plo, { words, style }, ({ phases }) => phases.plo),
  ];
}

/** What stands behind the bars: totals, what is missing, ranges, values (F-234). */
export function detailColumns(words: VolumeWords, style: NumberStyle): readonly Column[] {
  return [
    symbolColumn(words),
    {
      ...countColumn("total", words.totalHead, style, ({ volumes }) => totalOf(volumes.day)),
      hint: words.totalHint,
    },
    {
      ...countColumn("dayVolume", words.day, style, ({ stats }) => stats.day_volume),
      hint: words.dayHint,
    },
    {
      ...countColumn("missing", words.missing, style, ({ stats }) => stats.missing_volume),
      hint: words.missingHint,
    },
    {
      key: "range",
      head: words.rangeHead,
      hint: words.rangeHint,
      sortKey: ({ stats }) => stats.buy_pct_min,
      cell: ({ stats: { buy_pct_min: min, buy_pct_max: max } }) =>
        min === null || max === null
          ? "–"
          : `${formatPercent(min, style)} – ${formatPercent(max, style)}`,
    },
    imbalanceColumn(words, style),
    valueColumn("buyValue", words.buyValue, style, ({ stats }) => stats.mua_chu_dong_value),
    valueColumn("sellValue", words.sellValue, style, ({ stats }) => stats.ban_chu_dong_value),
    {
      key: "agreement",
      head: words.agreement,
      hint: words.agreementHint,
      sortKey: ({ stats }) => stats.agreement.rate,
      cell: ({ stats: { agreement: { rate } } }) =>
        rate === null ? "–" : formatPercent(rate * 100, style),
    },
    {
      key: "time",
      head: words.time,
      sortKey: ({ time }) => time,
      cell: ({ time }) => time ?? "–",
    },
  ];
}

function symbolColumn(words: VolumeWords): Column {
  return {
    key: "symbol",
    head: words.symbol,
    // Futures, whose codes begin with a digit, follow the shares.
    sortKey: ({ symbol, isFuture }) => isFuture ? `~${symbol}` : symbol,
    cell: ({ symbol, isFuture }) => (
      <>
        <a href={`/stock/${symbol}`}>{symbol}</a>
        {isFuture && <small>{words.contracts}</small>}
      </>
    ),
  };
}

function countColumn(
  key: string,
  head: string,
  style: NumberStyle,
  of: (row: VolumeRow) => number | null,
): Column {
  const cell = (row: VolumeRow) => {
    const volume = of(row);
    return volume === null ? "–" : formatCount(volume, style);
  };
  return { key, head, sortKey: of, cell };
}

function valueColumn(
  key: string,
  head: string,
  style: NumberStyle,
  of: (row: VolumeRow) => number,
): Column {
  const cell = (row: VolumeRow) => formatScaled(Math.round(of(row) / 1e7), 2, style);
  return { key, head, sortKey: of, cell };
}

function barColumn(
  key: string,
  head: string,
  { words, style }: { readonly words: VolumeWords; readonly style: NumberStyle },
  of: (volumes: PhaseVolumes) => SideVolumes,
): Column {
  return {
    key,
    head,
    className: "pressure-cell",
    sortKey({ volumes }) {
      const sides = of(volumes);
      return hasSides(sides) ? sides.buy / totalOf(sides) : null;
    },
    cell({ volumes }) {
      const sides = of(volumes);
      const parts = pressureParts(sides, words, style);
      if (parts.length === 0) return "–";
      const percent = (volume: number) =>
        formatScaled(Math.round(volume / totalOf(sides) * 1e3), 1, style);
      return (
        <span>
          <PartsBar label={head} parts={parts} />
          <small aria-hidden="true">
            {hasSides(sides) ? `${percent(sides.buy)} / ${percent(sides.sell)}` : "–"}
          </small>
        </span>
      );
    },
  };
}

function imbalanceColumn(words: VolumeWords, style: NumberStyle): Column {
  const of = ({ volumes }: VolumeRow) => imbalanceOf(volumes.day, volumes.dayVolume);
  return {
    key: "imbalance",
    head: words.imbalanceHead,
    hint: words.imbalanceHint,
    sortKey: of,
    cell(row) {
      const percent = of(row);
      return percent === null ? "–" : signed(formatPercent(percent, style), percent);
    },
    tone(row) {
      const percent = of(row);
      return percent === null ? "" : `p ${signTone(percent)}`;
    },
  };
}
