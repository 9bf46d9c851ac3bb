import { page } from "fresh";
import { Head } from "fresh/runtime";
import { criticalCss } from "../../components/critical_css.ts";
import { type AlertFilter, ALERTS_KEPT } from "../../components/signals/alert_feed.ts";
import { PAGE_ALERTS } from "../../components/signals/alert_pages.ts";
import { signalWordsOf } from "../../components/signals/signal_words.ts";
import css from "../../components/signals/signals.css" with { type: "text" };
import { ALERT_SEVERITIES, ALERT_TYPES } from "../../core/wire/alert.ts";
import { alertPage } from "../../core/wire/alert_page.ts";
import { TICKER } from "../../core/wire/channel.ts";
import LiveSignals from "../../islands/live_signals.tsx";
import { define, type PageShell } from "../../utils.ts";

const CRITICAL_CSS = criticalCss(css);

export const handler = define.handlers({
  GET(ctx) {
    const { shell } = ctx.state;
    const { view, link } = shell;
    const filter: AlertFilter = {
      type: shell.choose("type", ["all", ...ALERT_TYPES]),
      severity: shell.choose("severity", ["all", ...ALERT_SEVERITIES]),
      symbol: symbolOf(shell, ctx.url.searchParams),
    };
    const { type, severity, symbol } = filter;
    const found = alertPage(view, {
      // An earlier minute has no page after it.
      limit: link.at === null ? PAGE_ALERTS : ALERTS_KEPT,
      type: type === "all" ? undefined : type,
      severity: severity === "all" ? undefined : severity,
      symbol: symbol === "" ? undefined : symbol,
    })!;
    const log = shell.seeds(["alerts"]).log("alerts");
    return page({
      filter,
      // Those before it come by REST, so the channel need not repeat its whole log.
      log: { ...log, p: log.s - found.alerts.length, list: found.alerts.toReversed() },
      cursor: found.next_cursor,
      newestId: view.log("alerts").entries.at(-1)?.id ?? null,
    });
  },
});

export default define.page<typeof handler>(function SignalsPage({ data, state }) {
  const { link, look } = state.shell;
  return (
    <>
      <Head>
        <style>{CRITICAL_CSS}</style>
      </Head>
      <LiveSignals {...data} link={link} words={signalWordsOf(look.lang)} />
    </>
  );
});

/** The symbol asked for; "" for none, and for what is no code, of which the page tells. */
function symbolOf(shell: PageShell, query: URLSearchParams): string {
  const [asked = "", ...more] = query.getAll("symbol");
  const symbol = asked.trim().toUpperCase();
  if (symbol === "") return "";
  if (more.length > 0 || !TICKER.test(symbol)) {
    const wanted = signalWordsOf(shell.look.lang).symbolWanted;
    shell.wrong.push({ parameter: "symbol", wanted });
    return "";
  }
  shell.kept.set("symbol", symbol);
  return symbol;
}
