import { page } from "fresh";
import { Head } from "fresh/runtime";
import { chartWordsOf } from "../../components/charts/chart_words.ts";
import chartCss from "../../components/charts/charts.css" with { type: "text" };
import { criticalCss } from "../../components/critical_css.ts";
import {
  basisPlaces,
  TREND_MINUTES,
  TREND_STEP_S,
} from "../../components/derivatives/basis_series.ts";
import { derivativeWordsOf } from "../../components/derivatives/derivative_words.ts";
import css from "../../components/derivatives/derivatives.css" with { type: "text" };
import { vnDate, vnSecondOfDay } from "../../core/market/time.ts";
import {
  basisTrend,
  contractOf,
  FUTURES_ALIASES,
  listedContracts,
} from "../../core/wire/basis_trend.ts";
import { type IndexMark, settlementWindow } from "../../core/wire/settlement.ts";
import type { MarketView } from "../../core/wire/snapshot.ts";
import LiveDerivatives from "../../islands/live_derivatives.tsx";
import { define } from "../../utils.ts";

const CRITICAL_CSS = criticalCss(chartCss + css);

export const handler = define.handlers({
  GET(ctx) {
    const { view, seeds, choose } = ctx.state.shell;
    const active = contractOf(view, undefined);
    const names = active === null ? [] : [
      ...new Set([active, ...listedContracts(view)]),
      ...FUTURES_ALIASES.filter((alias) => contractOf(view, alias) !== null),
    ];
    const code = names.length === 0 ? null : contractOf(view, choose("contract", names));
    const held = seeds(["derivatives", "board:der", "index"]);
    return page({
      code: code ?? "",
      places: code === null ? [] : basisPlaces(basisTrend(view, code, TREND_MINUTES, TREND_STEP_S)),
      marks: settlementMarks(view),
      seeds: {
        derivatives: held.table("derivatives"),
        board: held.table("board:der"),
        index: held.table("index"),
      },
    });
  },
});

export default define.page<typeof handler>(function DerivativesPage({ data, state }) {
  const { link, look } = state.shell;
  return (
    <>
      <Head>
        <style>{CRITICAL_CSS}</style>
      </Head>
      <LiveDerivatives
        {...data}
        link={link}
        words={derivativeWordsOf(look.lang)}
        chartWords={chartWordsOf(look.lang)}
      />
    </>
  );
});

/** Values of VN30 from the start of the settlement window on, where a future expires today. */
function settlementMarks(view: MarketView): IndexMark[] {
  const { asOfMs } = view;
  if (asOfMs === null) return [];
  const date = vnDate(asOfMs);
  if (!view.all("derivatives").some(({ expiry }) => expiry === date)) return [];
  const { startS } = settlementWindow(date);
  const marks = view.log("intraday").entries.filter(([, id]) => id === "VN30")
    .map(([atMs, , valueE2]): IndexMark => [vnSecondOfDay(atMs), valueE2]);
  const first = marks.findIndex(([second]) => second >= startS);
  // The value that held when the window began counts too.
  return first === -1 ? [] : marks.slice(Math.max(0, first - 1));
}
