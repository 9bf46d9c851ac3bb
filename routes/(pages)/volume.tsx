import { page } from "fresh";
import { Head } from "fresh/runtime";
import charts from "../../components/charts/charts.css" with { type: "text" };
import { criticalCss } from "../../components/critical_css.ts";
import tables from "../../components/tables/sortable_table.css" with { type: "text" };
import css from "../../components/volume/volume.css" with { type: "text" };
import { volumeWordsOf } from "../../components/volume/volume_words.ts";
import LiveVolume from "../../islands/live_volume.tsx";
import { define } from "../../utils.ts";

const CRITICAL_CSS = criticalCss(charts + tables + css);

export const handler = define.handlers({
  GET(ctx) {
    const { view, seeds, choose } = ctx.state.shell;
    const volume = seeds(["volume"]).table("volume");
    return page({
      volume,
      futures: view.rows("board:der").map(({ symbol }) => symbol),
      symbol: choose("symbol", ["all", ...volume.y]),
    });
  },
});

export default define.page<typeof handler>(function VolumePage({ data, state }) {
  const { link, look } = state.shell;
  return (
    <>
      <Head>
        <style>{CRITICAL_CSS}</style>
      </Head>
      <LiveVolume link={link} words={volumeWordsOf(look.lang)} {...data} />
    </>
  );
});
