import { page } from "fresh";
import { Head } from "fresh/runtime";
import chartsCss from "../../components/charts/charts.css" with { type: "text" };
import { chartWordsOf } from "../../components/charts/chart_words.ts";
import { criticalCss } from "../../components/critical_css.ts";
import { auctionLines } from "../../components/market/auction_course.ts";
import { courseOf } from "../../components/market/index_course.ts";
import marketCss from "../../components/market/market.css" with { type: "text" };
import { marketWordsOf } from "../../components/market/market_words.ts";
import { MOVERS } from "../../components/market/use_market_series.ts";
import { auctionPaths } from "../../core/wire/auction_path.ts";
import { contributions } from "../../core/wire/contributions.ts";
import { indexBreadth } from "../../core/wire/index_breadth.ts";
import LiveMarket from "../../islands/live_market.tsx";
import { define } from "../../utils.ts";

const CRITICAL_CSS = criticalCss(chartsCss + marketCss);

export const handler = define.handlers({
  GET(ctx) {
    const { view, seeds, choose } = ctx.state.shell;
    const held = seeds(["index", "board:vn30", "limits"]);
    const { top_positive, top_negative } = contributions(view, "VNINDEX", MOVERS);
    return page({
      indices: held.table("index"),
      board: held.table("board:vn30"),
      limits: held.table("limits"),
      series: {
        courses: {
          VN30: courseOf(indexBreadth(view, "VN30")),
          VNINDEX: courseOf(indexBreadth(view, "VNINDEX")),
          HNXINDEX: courseOf(indexBreadth(view, "HNXINDEX")),
          HNXUPCOMINDEX: courseOf(indexBreadth(view, "HNXUPCOMINDEX")),
        },
        movers: { top_positive, top_negative },
        auctions: auctionLines(auctionPaths(view)),
      },
      breadth: choose("breadth", ["VNINDEX", "VN30", "HNXINDEX", "HNXUPCOMINDEX"]),
    });
  },
});

export default define.page<typeof handler>(function MarketPage({ data, state }) {
  const { link, look } = state.shell;
  return (
    <>
      <Head>
        <style>{CRITICAL_CSS}</style>
      </Head>
      <LiveMarket
        link={link}
        words={marketWordsOf(look.lang)}
        chartWords={chartWordsOf(look.lang)}
        {...data}
      />
    </>
  );
});
