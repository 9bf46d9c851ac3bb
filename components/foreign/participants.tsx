import type { JSX } from "preact";
import type { FlowField } from "../../core/wire/analytics.ts";
import type { IndexRow, Row } from "../../core/wire/board.ts";
import { type Num, num, text } from "../../core/wire/cells.ts";
import { type BarPart, PartsBar } from "../charts/bars.tsx";
import { fill } from "../fill.ts";
import { formatBillions, formatPercent, type NumberStyle } from "../number_format.ts";
import type { ForeignWords } from "./foreign_words.ts";

interface ParticipantsProps {
  readonly flow: readonly Row<FlowField>[];
  readonly indices: readonly IndexRow[];
  readonly words: ForeignWords;
  readonly style: NumberStyle;
}

/** Foreigners and everybody else in the value of VN30, and what the source does not tell (N-14). */
export function Participants({ flow, indices, words, style }: ParticipantsProps): JSX.Element {
  const foreign = flow.find(({ symbol }) => symbol === "VN30");
  const index = indices.find(({ symbol }) => symbol === "VN30");
  const matched = num(index?.val);
  // Foreign totals are of both ways of trading.
  const whole = matched === null ? null : matched + (num(index?.ptVal) ?? 0);
  const sides = [
    { name: words.buy, tone: "up", value: num(foreign?.buyVal) },
    { name: words.sell, tone: "dn", value: num(foreign?.sellVal) },
  ];
  return (
    <section class="panel participants">
      <h2>{words.participants}</h2>
      <dl>
        {sides.map(({ name, tone, value }) => {
          const parts = partsOf(value, whole, { tone, words, style });
          const told = parts.map((part) => part.text).join(", ");
          return [
            <dt key={`${name} head`}>{name}</dt>,
            <dd key={name}>
              <PartsBar label={name} parts={parts} />
              <p>{parts.length === 0 ? words.noShare : told}</p>
            </dd>,
          ];
        })}
        <dt>{words.proprietary}</dt>
        <dd>
          <p>{words.noProprietary}</p>
        </dd>
      </dl>
      <p class="note">
        {fill(words.participantsNote, {
          time: text(index?.time) ?? "–",
          value: whole === null ? "–" : formatBillions(whole, style),
        })}
      </p>
    </section>
  );
}

/** Nothing where one of both is unknown, or where they contradict each other. */
function partsOf(
  foreign: Num,
  whole: Num,
  { tone, words, style }: {
    readonly tone: string;
    readonly words: ForeignWords;
    readonly style: NumberStyle;
  },
): readonly BarPart[] {
  if (foreign === null || whole === null || whole === 0 || foreign > whole) return [];
  const percent = (value: number) => formatPercent(value / whole * 100, style);
  const rest = whole - foreign;
  return [
    { key: "foreign", tone, value: foreign, text: `${words.foreigners} ${percent(foreign)}` },
    { key: "rest", tone: "dim", value: rest, text: `${words.remainder} ${percent(rest)}` },
  ];
}
