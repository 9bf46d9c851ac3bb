import { page } from "fresh";
import { Head } from "fresh/runtime";
import charts from "../../components/charts/charts.css" with { type: "text" };
import { chartWordsOf } from "../../components/charts/chart_words.ts";
import { criticalCss } from "../../components/critical_css.ts";
import { FOREIGN_SCOPES, MARKET_STOCKS, refreshOf } from "../../components/foreign/flow_curve.ts";
import css from "../../components/foreign/foreign.css" with { type: "text" };
import { foreignWordsOf } from "../../components/foreign/foreign_words.ts";
import tables from "../../components/tables/sortable_table.css" with { type: "text" };
import { foreignDetail } from "../../core/wire/foreign_summary.ts";
import LiveForeign from "../../islands/live_foreign.tsx";
import { define } from "../../utils.ts";

const CRITICAL_CSS = criticalCss(charts + tables + css);

export const handler = define.handlers({
  GET(ctx) {
    const { view, seeds, choose } = ctx.state.shell;
    const scope = choose("scope", FOREIGN_SCOPES);
    const held = seeds(["foreign", "flow", "index"]);
    const detail = foreignDetail(view, scope, { series: "1m", top: MARKET_STOCKS });
    return page({
      scope,
      foreign: held.table("foreign"),
      flow: held.table("flow"),
      index: held.table("index"),
      refresh: refreshOf(detail, scope),
    });
  },
});

export default define.page<typeof handler>(function ForeignPage({ data, state }) {
  const { link, look } = state.shell;
  return (
    <>
      <Head>
        <style>{CRITICAL_CSS}</style>
      </Head>
      <LiveForeign
        link={link}
        words={foreignWordsOf(look.lang)}
        chartWords={chartWordsOf(look.lang)}
        {...data}
      />
    </>
  );
});
