import { page } from "fresh";
import { Head } from "fresh/runtime";
import css from "../../components/board/board.css" with { type: "text" };
import { BoardTable } from "../../components/board/board_table.tsx";
import { BoardTabs } from "../../components/board/board_tabs_bar.tsx";
import { TAB_NAMES, type TabName, TABS } from "../../components/board/board_tabs.ts";
import { boardNote, boardWordsOf } from "../../components/board/board_words.ts";
import { keysFromCookie, shownColumns } from "../../components/board/column_sets.ts";
import { pathOfCourse } from "../../components/board/course_path.ts";
import { firstLines, firstSymbols } from "../../components/board/first_board.ts";
import { IndexStrip } from "../../components/board/index_strip.tsx";
import { pathOf, type PricePath } from "../../components/board/price_path.ts";
import { ownSort } from "../../components/board/sorting.ts";
import { toolWordsOf } from "../../components/board/tool_words.ts";
import { criticalCss } from "../../components/critical_css.ts";
import type { BoardRow } from "../../core/wire/board.ts";
import { EXCHANGE_BOARDS, type ExchangeBoard } from "../../core/wire/channel.ts";
import { BREADTH_INDICES, indexBreadth } from "../../core/wire/index_breadth.ts";
import type { MarketView } from "../../core/wire/snapshot.ts";
import { sparklineOf } from "../../core/wire/sparklines.ts";
import LiveBoard from "../../islands/live_board.tsx";
import WatchTools from "../../islands/watch_tools.tsx";
import { define } from "../../utils.ts";

const CRITICAL_CSS = criticalCss(css);
/** Securities that an empty list of one's own may begin with. */
const SUGGESTIONS = 8;

export const handler = define.handlers({
  GET(ctx) {
    const { shell } = ctx.state;
    const { view, seeds, choose, look, link } = shell;
    const tab = choose("tab", TAB_NAMES);
    const { channel, kind, isLarge } = TABS[tab];
    shell.exchange = EXCHANGE_BOARDS[channel as ExchangeBoard] ?? shell.exchange;
    const symbols = firstSymbols(rowsOf(view, tab), tab);
    // Of an earlier minute no socket brings the rest.
    const isPart = isLarge && link.at === null;
    const board = tab === "watch"
      ? []
      : [seeds([channel], isPart ? symbols : undefined).table(channel)];
    const held = seeds(tab === "der" ? ["index", "derivatives"] : ["index"]);
    const futures = tab === "der" ? [held.table("derivatives")] : [];
    const paths = Object.fromEntries([
      ...[...sparklineOf(view, symbols)].map(([symbol, points]) => [symbol, pathOf(points)]),
      ...BREADTH_INDICES.map((id) => [id, pathOfCourse(indexBreadth(view, id).points)]),
    ]) as Readonly<Record<string, PricePath>>;
    return page({
      ...{ tab, paths, keys: keysFromCookie(kind, ctx.req.headers.get("cookie") ?? "") },
      seeds: [...board, ...futures, held.table("index")],
      lines: firstLines({ tab, frames: [...board, ...futures], paths, lang: look.lang }),
      indices: view.rows("index").map((row) => ({ ...row, path: paths[row.symbol] ?? [] })),
      suggestions: tab === "watch" ? mostTraded(view.rows("board:vn30")) : [],
    });
  },
});

export default define.page<typeof handler>(function BoardPage({ data, state }) {
  const { link, look } = state.shell;
  const { tab, keys, seeds, paths } = data;
  const words = boardWordsOf(look.lang);
  const tools = toolWordsOf(look.lang);
  const shown = shownColumns(TABS[tab].kind, keys);
  const columns = shown.map(({ key, className }) => ({ key, className }));
  return (
    <>
      <Head>
        <style>{CRITICAL_CSS}</style>
      </Head>
      <IndexStrip rows={data.indices} label={words.indices} style={link.style} />
      <div class="board-bar">
        <BoardTabs current={tab} words={words} />
        <LiveBoard {...{ link, tab, keys, columns, seeds, paths, words, tools }} />
        {tab === "watch" && <WatchTools tools={tools} suggestions={data.suggestions} />}
        <label class="columns-switch">
          <input type="checkbox" id="all-columns" /> {words.allColumns}
        </label>
      </div>
      {tab === "watch" && (
        <noscript>
          <p class="notice">{tools.watchNoScript}</p>
        </noscript>
      )}
      <BoardTable
        kind={TABS[tab].kind}
        lines={data.lines}
        columns={shown}
        sort={ownSort(tab)}
        words={words}
        style={{ ...link.style, priceScale: look.unit }}
        note={boardNote(words, tab, look.unit)}
        empty={tab === "watch" ? words.emptyList : words.emptyBoard}
        pin={tools.pin}
      />
    </>
  );
});

/** Every row of a tab; the reader's own list is in the browser alone. */
function rowsOf(view: MarketView, tab: TabName): readonly BoardRow[] {
  const { channel } = TABS[tab];
  if (tab === "watch") return [];
  if (channel === "board:vn30" || channel === "board:der") return view.rows(channel);
  const exchange = EXCHANGE_BOARDS[channel as ExchangeBoard];
  const all = view.all("stock");
  return exchange === undefined ? all : all.filter((row) => row.exchange === exchange);
}

function mostTraded(rows: readonly BoardRow[]): readonly string[] {
  const value = ({ val }: BoardRow) => typeof val === "number" ? val : 0;
  return rows.toSorted((a, b) => value(b) - value(a)).slice(0, SUGGESTIONS)
    .map(({ symbol }) => symbol);
}
