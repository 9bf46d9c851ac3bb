import type { JSX } from "preact";
import { parseVnTime } from "../../core/market/time.ts";
import type { ChartWords } from "../charts/chart_words.ts";
import { LineChart } from "../charts/line_chart.tsx";
import { placeOfSecond } from "../charts/trading_axis.ts";
import { TRADING_TICKS } from "../charts/trading_ticks.ts";
import { fill } from "../fill.ts";
import { formatBillions, type NumberStyle, signed } from "../number_format.ts";
import { type FlowCurve, FOREIGN_SCOPES, type ForeignScope } from "./flow_curve.ts";
import type { ForeignWords } from "./foreign_words.ts";

/** A first point after this minute of the day is not of the opening. */
const OPENING_ENDS = "09:20";

interface NetCurveProps {
  readonly points: FlowCurve["points"];
  readonly scope: ForeignScope;
  /** Whether the newest question to the server had no answer. */
  readonly isOld: boolean;
  readonly words: ForeignWords;
  readonly chartWords: ChartWords;
  readonly style: NumberStyle;
}

/** Net buying since the open over the whole trading day (F-225). */
export function NetCurve(
  { points, scope, isOld, words, chartWords, style }: NetCurveProps,
): JSX.Element {
  const title = fill(words.curve, { scope: words[scope] });
  const timed = points.map(([minute, netVnd]) => {
    const label = minute.slice("2026-11-26T".length);
    return { at: placeOfSecond(parseVnTime(`${label}:00`)!), value: netVnd, label };
  });
  const start = timed[0]?.label;
  return (
    <section class="panel curve">
      <header>
        <h2>{title}</h2>
        <nav class="tabs" aria-label={words.scope}>
          {FOREIGN_SCOPES.map((name) => (
            <a
              key={name}
              href={`?scope=${name}`}
              aria-current={name === scope ? "true" : undefined}
            >
              {words[name]}
            </a>
          ))}
        </nav>
      </header>
      <LineChart
        title={title}
        lines={[{ key: "net", name: words.net, points: timed, tone: "accent", isArea: true }]}
        guides={[{ key: "zero", name: "0", value: 0, tone: "dim" }]}
        ticks={TRADING_TICKS}
        format={(vnd) => signed(formatBillions(vnd, style), vnd)}
        words={chartWords}
      />
      <p class="note">
        {words.curveNote}
        {start !== undefined && start > OPENING_ENDS &&
          ` ${fill(words.curveLate, { time: start })}`}
      </p>
      {isOld && <p class="note" role="status">{words.curveOld}</p>}
    </section>
  );
}
