import { page } from "fresh";
import { Head } from "fresh/runtime";
import css from "../../components/board/board.css" with { type: "text" };
import { BoardTable } from "../../components/board/board_table.tsx";
import { boardHref, TAB_NAMES, type TabName, TABS } from "../../components/board/board_tabs.ts";
import { type BoardWords, boardWordsOf } from "../../components/board/board_words.ts";
import { keysFromCookie, shownColumns } from "../../components/board/column_sets.ts";
import { firstLines, firstSymbols } from "../../components/board/first_board.ts";
import { IndexStrip } from "../../components/board/index_strip.tsx";
import { ownSort } from "../../components/board/sorting.ts";
import { toolWordsOf } from "../../components/board/tool_words.ts";
import { criticalCss } from "../../components/critical_css.ts";
import type { Look } from "../../components/look.ts";
import { EXCHANGE_BOARDS, type RowSetName } from "../../core/wire/channel.ts";
import type { BoardRow } from "../../core/wire/board.ts";
import type { MarketView } from "../../core/wire/snapshot.ts";
import LiveBoard from "../../islands/live_board.tsx";
import { define } from "../../utils.ts";

const CRITICAL_CSS = criticalCss(css);
/** Securities that an empty list of one's own may begin with. */
const SUGGESTIONS = 8;

export const handler = define.handlers({
  GET(ctx) {
    const { view, seeds, choose, look, link } = ctx.state.shell;
    const tab = choose("tab", TAB_NAMES);
    const { channel, kind, isLarge } = TABS[tab];
    const symbols = tab === "watch" ? [] : firstSymbols(rowsOf(view, channel), tab);
    const board = seeds([channel], isLarge && link.at === null ? symbols : undefined)
    const more = seeds(tab === "der" ? ["index", "derivatives"] : ["index"]);
    const futures = tab === "der" ? more.table("derivatives") : null;
    return page({ tab });
  },
});
