import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { NumberStyle } from "../number_format.ts";
import { SortableTable } from "../tables/sortable_table.tsx";
import { detailColumns, pressureColumns, type VolumeRow } from "./volume_columns.tsx";
import type { VolumeWords } from "./volume_words.ts";

const BY_SYMBOL = { key: "symbol", isDescending: false };
const BY_VOLUME = { key: "dayVolume", isDescending: true };

interface VolumeTablesProps {
  readonly rows: readonly VolumeRow[];
  readonly words: VolumeWords;
  readonly style: NumberStyle;
}

/** Each security twice: pressure by phase, and the numbers behind it. */
export function VolumeTables({ rows, words, style }: VolumeTablesProps): JSX.Element {
  const pressure = useMemo(() => pressureColumns(words, style), []);
  const detail = useMemo(() => detailColumns(words, style), []);
  const { empty } = words;
  return (
    <>
      <section class="panel">
        <SortableTable
          caption={words.perSymbol}
          columns={pressure}
          first={BY_SYMBOL}
          {...{ rows, empty }}
        />
        <p class="note">{words.units}</p>
      </section>
      <section class="panel">
        <SortableTable
          caption={words.detail}
          columns={detail}
          first={BY_VOLUME}
          {...{ rows, empty }}
        />
        <p class="note">{words.units}</p>
      </section>
    </>
  );
}
