import type { JSX } from "preact";
import type { VolumeField } from "../../core/wire/analytics.ts";
import type { BoardRow, Row } from "../../core/wire/board.ts";
import { codeOf, numberOf, positiveOf } from "../cell_view.ts";
import { PartsBar } from "../charts/bars.tsx";
import { fill } from "../fill.ts";
import { formatCount, formatPercent, type NumberStyle } from "../number_format.ts";
import { percentText, type SymbolContext } from "./context.ts";

const PHASES = ["ato", "cont", "atc", "plo", "other"] as const;

interface PhaseSplitProps {
  readonly volumes: Row<VolumeField> | null;
  /** The board's row, which moves for every security. */
  readonly row: BoardRow;
  /** Whether the phases move too; else they are those of the page's making. */
  readonly isLive: boolean;
  readonly context: SymbolContext;
}

interface Split {
  readonly key: string;
  readonly name: string;
  readonly buy: number;
  readonly sell: number;
  readonly none: number;
  /** Known to have traded, in trades that were not seen. */
  readonly missing: number;
}

/** Volume by active side in each phase, with what is not known of it said beside (N-02, N-03). */
export function PhaseSplit({ volumes, row, isLive, context }: PhaseSplitProps): JSX.Element {
  const { words, style } = context;
  const splits = [dayOf(row, context), ...phasesOf(volumes, context)].filter((split) =>
    sumOf(split) > 0
  );
  return (
    <section class="panel third phases" aria-labelledby="phases-title">
      <h2 id="phases-title">{words.phases}</h2>
      {splits.length === 0
        ? <p class="empty">{words.noPhases}</p>
        : (
          <div class="table-scroll" tabIndex={0}>
            <table class="data">
              <thead>
                <tr>
                  <th scope="col">{words.phase}</th>
                  <th scope="col">{words.buy}</th>
                  <th scope="col">{words.sell}</th>
                  <th scope="col">{words.none}</th>
                </tr>
              </thead>
              {splits.map((split) => <SplitRows key={split.key} split={split} context={context} />)}
            </table>
          </div>
        )}
      {noticesOf(volumes, row, { words, style }).map((text) => <p key={text} class="note">{text}
      </p>)}
      {!isLive && volumes !== null && (
        <p class="note">{fill(words.phasesStill, { time: codeOf(volumes.time) || "–" })}</p>
      )}
    </section>
  );
}

/** The board counts what is missing as neutral; here it is a part of its own. */
function dayOf(row: BoardRow, { words }: SymbolContext): Split {
  const missing = numberOf(row.missVol) ?? 0;
  return {
    ...{ key: "day", name: words.wholeDay, missing },
    buy: numberOf(row.buyVol) ?? 0,
    sell: numberOf(row.sellVol) ?? 0,
    none: Math.max(0, (numberOf(row.neutVol) ?? 0) - missing),
  };
}

function sumOf({ buy, sell, none, missing }: Split): number {
  return buy + sell + none + missing;
}

function phasesOf(volumes: Row<VolumeField> | null, { words }: SymbolContext): Split[] {
  if (volumes === null) return [];
  return PHASES.map((phase) => ({
    key: phase,
    name: words.phaseName[phase],
    buy: numberOf(volumes[`${phase}Buy`]) ?? 0,
    sell: numberOf(volumes[`${phase}Sell`]) ?? 0,
    none: numberOf(volumes[`${phase}None`]) ?? 0,
    missing: 0,
  }));
}

interface SplitRowsProps {
  readonly split: Split;
  readonly context: SymbolContext;
}

function SplitRows({ split, context }: SplitRowsProps): JSX.Element {
  const { words, style } = context;
  const { name, buy, sell, none, missing } = split;
  const sum = sumOf(split);
  const text = (word: string, volume: number) =>
    fill(word, { volume: formatCount(volume, style), percent: percentText(volume, sum, style) });
  return (
    <tbody>
      <tr>
        <th scope="row">{name}</th>
        <td class="up">{formatCount(buy, style)}</td>
        <td class="dn">{formatCount(sell, style)}</td>
        <td class="dim">{formatCount(none, style)}</td>
      </tr>
      <tr class="pressure">
        <td colSpan={4}>
          <PartsBar
            label={name}
            parts={[
              { key: "buy", value: buy, tone: "up", text: text(words.buyPart, buy) },
              { key: "none", value: none, tone: "dim", text: text(words.nonePart, none) },
              { key: "sell", value: sell, tone: "dn", text: text(words.sellPart, sell) },
              ...(missing === 0 ? [] : [
                {
                  key: "missing",
                  value: missing,
                  tone: "gap",
                  text: text(words.missPart, missing),
                },
              ]),
            ]}
          />
        </td>
      </tr>
    </tbody>
  );
}

/** What the split leaves open: the honest range, missing volume, agreement of two ways. */
function noticesOf(
  volumes: Row<VolumeField> | null,
  row: BoardRow,
  { words, style }: Pick<SymbolContext, "words"> & { readonly style: NumberStyle },
): string[] {
  const notices: string[] = [];
  const [min, max] = [numberOf(volumes?.buyPctMin), numberOf(volumes?.buyPctMax)];
  if (min !== null && min === max) {
    notices.push(fill(words.exact, { percent: formatPercent(min, style) }));
  } else if (min !== null && max !== null) {
    notices.push(
      fill(words.range, { min: formatPercent(min, style), max: formatPercent(max, style) }),
    );
  }
  const missing = numberOf(row.missVol);
  const day = positiveOf(row.vol);
  if (missing === 0 && day !== null) notices.push(words.noMissing);
  if (missing !== null && missing > 0) {
    const percent = day === null ? "–" : percentText(missing, day, style);
    notices.push(fill(words.missing, { volume: formatCount(missing, style), percent }));
  }
  const [agree, disagree] = [numberOf(volumes?.agree) ?? 0, numberOf(volumes?.disagree) ?? 0];
  if (agree + disagree > 0) {
    notices.push(fill(words.agreement, { percent: percentText(agree, agree + disagree, style) }));
  }
  return notices;
}
