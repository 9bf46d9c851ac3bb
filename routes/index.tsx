import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { BoardTable } from "../components/board_table.tsx";
import { numberStyleOf, wordsOf } from "../components/i18n.ts";
import { IndexStrip } from "../components/index_strip.tsx";
import { seedOf } from "../components/live_tables.ts";
import { liveWordsOf } from "../components/live_words.ts";
import { originLabels, OriginRibbon, PageFooter, PageHeader } from "../components/page_parts.tsx";
import { choiceCookies, langOf, themeOf, wrongChoice } from "../components/preferences.ts";
import { problemAnswer, wantsPage } from "../core/gateway/answer.ts";
import { socketAddress } from "../core/gateway/socket_address.ts";
import { ageOfDataMs } from "../components/connection_view.ts";
import LiveBoard from "../islands/live_board.tsx";
import { define } from "../utils.ts";

export const handler = define.handlers({
  GET(ctx) {
    const wrong = wrongChoice(ctx.url.searchParams);
    if (wrong !== null) {
      if (wantsPage(ctx.req)) throw new HttpError(400);
      const facts = { ...wrong, status: 400, detail: "the page does not know this" };
      return problemAnswer(facts, ctx.state.requestId);
    }
    const { services } = ctx.state;
    const view = services.hub.view();
    const rows = view.rows("board:vn30").toSorted((a, b) => a.symbol < b.symbol ? -1 : 1);
    const headers = new Headers({ "cache-control": "no-store", vary: "cookie, accept-language" });
    for (const cookie of choiceCookies(ctx.url.searchParams)) headers.append("set-cookie", cookie);
    return page({
      lang: langOf(ctx.req),
      theme: themeOf(ctx.req),
      rows,
      indices: view.rows("index"),
      seed: seedOf(view),
      socketUrl: socketAddress(ctx.url, services.config.wsPlace),
      ticket: services.ticket,
      feed: view.status,
      ageMs: ageOfDataMs(view.status, services.clock.nowMs()),
    }, { headers });
  },
});

export default define.page<typeof handler>(function BoardPage({ data }) {
  const words = wordsOf(data.lang);
  const style = numberStyleOf(data.lang);
  const labels = originLabels(words, data.feed);
  const marks = labels.map(({ name }) => `[${name}] `).join("");
  return (
    <>
      <Head>
        <title>{`${marks}${words.title}`}</title>
      </Head>
      {labels.length > 0 && <OriginRibbon labels={labels} />}
      <PageHeader words={words} lang={data.lang} theme={data.theme} />
      <main id="main">
        <LiveBoard
          seed={data.seed}
          socketUrl={data.socketUrl}
          ticket={data.ticket}
          feed={data.feed}
          ageMs={data.ageMs}
          words={liveWordsOf(data.lang)}
          style={style}
        />
        <noscript>
          <p class="notice">{words.noScript}</p>
        </noscript>
        <IndexStrip rows={data.indices} label={words.indices} style={style} />
        <label class="columns-switch">
          <input type="checkbox" id="all-columns" /> {words.allColumns}
        </label>
        <BoardTable rows={data.rows} words={words} style={style} />
      </main>
      <PageFooter words={words} feed={data.feed} />
    </>
  );
});
