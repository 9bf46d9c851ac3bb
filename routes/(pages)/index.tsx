import { page } from "fresh";
import { Head } from "fresh/runtime";
import { BoardTable } from "../../components/board/board_table.tsx";
import { boardWordsOf } from "../../components/board/board_words.ts";
import { IndexStrip } from "../../components/board/index_strip.tsx";
import css from "../../components/board/board.css" with { type: "text" };
import { criticalCss } from "../../components/critical_css.ts";
import LiveBoard from "../../islands/live_board.tsx";
import { define } from "../../utils.ts";

const CRITICAL_CSS = criticalCss(css);

export const handler = define.handlers({
  GET(ctx) {
    const { view, seeds } = ctx.state.shell;
    const held = seeds(["board:vn30", "index"]);
    return page({
      rows: view.rows("board:vn30").toSorted((a, b) => a.symbol < b.symbol ? -1 : 1),
      indices: view.rows("index"),
      seeds: [held.table("board:vn30"), held.table("index")],
    });
  },
});

export default define.page<typeof handler>(function BoardPage({ data, state }) {
  const { link, look } = state.shell;
  const words = boardWordsOf(look.lang);
  return (
    <>
      <Head>
        <style>{CRITICAL_CSS}</style>
      </Head>
      <LiveBoard link={link} seeds={data.seeds} />
      <IndexStrip rows={data.indices} label={words.indices} style={link.style} />
      <label class="columns-switch">
        <input type="checkbox" id="all-columns" /> {words.allColumns}
      </label>
      <BoardTable rows={data.rows} words={words} style={link.style} />
    </>
  );
});
