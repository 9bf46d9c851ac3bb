import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { formatVnDate, formatVnTime, vnDate, vnSecondOfDay } from "../../core/market/time.ts";
import { priceFromE2, priceToE2 } from "../../core/market/units.ts";
import {
  type IndexMark,
  neededMeanE2,
  settlementMeter,
  type SettlementWindow,
  settlementWindow,
} from "../../core/wire/settlement.ts";
import { fill } from "../fill.ts";
import { formatScaled, type NumberStyle } from "../number_format.ts";
import type { ContractView } from "./contracts.ts";
import type { DerivativeWords } from "./derivative_words.ts";
import { clockText, level, points } from "./figures.ts";

interface SettlementPanelProps {
  readonly contract: ContractView;
  /** Values of VN30 of today, oldest first. */
  readonly marks: readonly IndexMark[];
  readonly nowMs: number | null;
  readonly words: DerivativeWords;
  readonly style: NumberStyle;
}

/** Whether the settlement of a contract is being made, or was made earlier today. */
export function isSettling(
  { underlying, expiry }: Pick<ContractView, "underlying" | "expiry">,
  nowMs: number | null,
): boolean {
  return underlying === "VN30" && expiry !== null && nowMs !== null && vnDate(nowMs) === expiry &&
    vnSecondOfDay(nowMs) >= settlementWindow(expiry).startS;
}

/** The final settlement price in the making; before and after, when it is made (N-10). */
export function SettlementPanel(props: SettlementPanelProps): JSX.Element {
  const { words } = props;
  return (
    <section class="panel third">
      <h2>{words.settlement}</h2>
      <Content {...props} />
    </section>
  );
}

function Content({ contract, marks, nowMs, words, style }: SettlementPanelProps): JSX.Element {
  const { underlying, expiry } = contract;
  if (expiry === null || underlying !== "VN30") {
    return <p class="note">{fill(words.settlementOther, { name: underlying ?? contract.code })}</p>;
  }
  const today = nowMs === null ? null : vnDate(nowMs);
  if (today !== null && today > expiry) return <p class="note">{words.settlementOver}</p>;
  const window = settlementWindow(expiry);
  if (nowMs === null || today !== expiry) {
    return (
      <p class="note">
        {fill(words.settlementLater, {
          date: formatVnDate(expiry),
          from: hourText(window.startS),
          until: hourText(window.endS),
        })} <a href={words.calendarHref}>{words.calendar}</a>
      </p>
    );
  }
  return (
    <Meter
      window={window}
      marks={marks}
      nowS={vnSecondOfDay(nowMs)}
      guess={contract.last}
      words={words}
      style={style}
    />
  );
}

interface MeterProps {
  readonly window: SettlementWindow;
  readonly marks: readonly IndexMark[];
  readonly nowS: number;
  /** The settlement to begin with: what the market thinks. */
  readonly guess: number | null;
  readonly words: DerivativeWords;
  readonly style: NumberStyle;
}

function Meter({ window, marks, nowS, guess, words, style }: MeterProps): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const meter = settlementMeter(marks, window, nowS);
  const gone = Math.min(1, Math.max(0, (nowS + 1 - window.startS) / (window.endS - window.startS)));
  const target = typed === null ? guess : readPoints(typed);
  const neededE2 = target === null ? null : neededMeanE2(meter, priceToE2(target));
  const newest = marks.at(-1);
  const away = neededE2 === null || newest === undefined
    ? null
    : priceFromE2(Math.round(neededE2 - newest[1]));
  return (
    <>
      <dl class="facts">
        <dt>{words.settlementSoFar}</dt>
        <dd class="figure">
          {meter.meanE2 === null ? "–" : level(priceFromE2(Math.round(meter.meanE2)), style)}
        </dd>
        <dt>
          {nowS < window.startS
            ? fill(words.settlementWaiting, {
              from: hourText(window.startS),
              time: clockText(window.startS - nowS),
            })
            : fill(words.settlementGone, {
              percent: `${formatScaled(Math.round(gone * 1000), 1, style)}%`,
            })}
        </dt>
        <dd>
          <svg class="parts-bar" aria-hidden="true">
            <rect class="bar-ground" width="100%" height="100%" />
            <rect class="band-room" width={`${(gone * 100).toFixed(1)}%`} height="100%" />
          </svg>
        </dd>
        <dt>
          <label for="settlement-target">{words.settlementTarget}</label>
        </dt>
        <dd>
          <input
            id="settlement-target"
            class="field"
            inputMode="decimal"
            size={10}
            value={typed ?? level(guess, style)}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </dd>
        <dt>{words.settlementNeeded}</dt>
        <dd>
          {meter.ahead === 0 ? words.settlementFixed : neededE2 === null ? "–" : (
            <>
              <b>{level(priceFromE2(Math.round(neededE2)), style)}</b>{" "}
              {away !== null && (
                <span class={`${points(away, style).tone} p`}>{points(away, style).text}</span>
              )}
            </>
          )}
        </dd>
      </dl>
      {meter.missing > 0 && (
        <p class="note">{fill(words.settlementMissing, { n: meter.missing })}</p>
      )}
      <p class="note">{words.settlementNote}</p>
    </>
  );
}

/** Reads points as Vietnamese or English readers write them: `1.990,5`, `1,990.5`, `1990.5`. */
export function readPoints(text: string): number | null {
  const plain = text.trim().replace(/[.,](?=\d{3}(\D|$))/g, "").replace(",", ".");
  return /^\d{1,6}(\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}

function hourText(second: number): string {
  return formatVnTime(second).slice(0, 5);
}
