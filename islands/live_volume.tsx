import { useMemo, useState } from "preact/hooks";
import { guarded } from "../components/guarded.tsx";
import type { LiveLink } from "../components/live/link.ts";
import { useRows } from "../components/live/use_live.ts";
import { remembered } from "../components/tables/remembered.ts";
import {
  ComparisonPanel,
  ImbalancePanel,
  PressurePanel,
} from "../components/volume/phase_panels.tsx";
import { phaseVolumes } from "../components/volume/phase_volumes.ts";
import type { VolumeRow } from "../components/volume/volume_columns.tsx";
import { VolumeTables } from "../components/volume/volume_tables.tsx";
import type { VolumeWords } from "../components/volume/volume_words.ts";
import type { VolumeField } from "../core/wire/analytics.ts";
import type { Row } from "../core/wire/board.ts";
import { text } from "../core/wire/cells.ts";
import type { SnapshotFrame } from "../core/wire/frames.ts";
import { sessionStats } from "../core/wire/session_stats.ts";

export interface LiveVolumeProps {
  readonly link: LiveLink;
  readonly words: VolumeWords;
  readonly volume: SnapshotFrame;
  /** Symbols that are counted in contracts. */
  readonly futures: readonly string[];
  /** The symbol of the panels; "all" for the shares of the board together. */
  readonly symbol: string;
}

/** The page of volumes by active side, all of it by one channel. */
function LiveVolume({ link, words, volume, futures, symbol }: LiveVolumeProps) {
  const { style } = link;
  const [picked, setPicked] = useState(symbol);
  const rows = useRows<Row<VolumeField>>(link, volume).value;
  const shownOf = useMemo(
    () => remembered((row: Row<VolumeField>) => rowOf(row, futures)),
    [],
  );
  const isOfPick = (row: Row<VolumeField>) =>
    picked === "all" ? !futures.includes(row.symbol) : row.symbol === picked;
  const panel = {
    name: picked === "all" ? words.wholeBoard : picked,
    volumes: phaseVolumes(rows.filter(isOfPick)),
    words,
    style,
  };
  const pick = (next: string) => {
    setPicked(next);
    // The address stays one that can be shared and reloaded.
    history.replaceState(null, "", `?symbol=${next}`);
  };
  return (
    <>
      <form class="pick" method="get">
        <label for="pick-symbol">{words.pick}</label>
        <select
          id="pick-symbol"
          name="symbol"
          class="field"
          value={picked}
          onChange={(event) => pick(event.currentTarget.value)}
        >
          <option value="all" selected={picked === "all"}>{words.wholeBoard}</option>
          {rows.map(({ symbol }) => (
            <option key={symbol} value={symbol} selected={picked === symbol}>{symbol}</option>
          ))}
        </select>
        <button type="submit" class="button">{words.show}</button>
      </form>
      <div class="panels">
        <PressurePanel {...panel} />
        <ComparisonPanel {...panel} />
        <ImbalancePanel {...panel} />
        <VolumeTables rows={rows.map(shownOf)} words={words} style={style} />
      </div>
    </>
  );
}

function rowOf(row: Row<VolumeField>, futures: readonly string[]): VolumeRow {
  return {
    symbol: row.symbol,
    volumes: phaseVolumes([row]),
    stats: sessionStats(row),
    isFuture: futures.includes(row.symbol),
    time: text(row.time),
  };
}

export default guarded(LiveVolume);
