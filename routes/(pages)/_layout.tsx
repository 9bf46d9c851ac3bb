import { Head } from "fresh/runtime";
import { pageAt } from "../../components/pages.ts";
import { keyWordsOf } from "../../components/shell/key_words.ts";
import { bellWordsOf } from "../../components/shell/bell_words.ts";
import { liveWordsOf } from "../../components/shell/live_words.ts";
import { LookPanel } from "../../components/shell/look_panel.tsx";
import { Navigation } from "../../components/shell/navigation.tsx";
import { originLabels, OriginRibbon, PageFooter } from "../../components/shell/page_parts.tsx";
import { WrongChoices } from "../../components/shell/wrong_choices.tsx";
import { travelWordsOf } from "../../components/travel/travel_words.ts";
import type { LogFrame } from "../../core/wire/frames.ts";
import { AT_PARAMETER } from "../../core/wire/moment.ts";
import type { MarketView } from "../../core/wire/snapshot.ts";
import { LiveAlertBell, LiveKeys, LiveStatusBar, LiveTimeScrubber } from "../../islands/shell.tsx";
import { define } from "../../utils.ts";

/** Ribbon, navigation, status and footer around every page of the dashboard. */
export default define.layout(function PageLayout({ Component, state, url }) {
  const { look, words, link, heading, exchange, wrong, kept, view, travelRefusal } = state.shell;
  const page = pageAt(url.pathname);
  const { provider, isReplay } = state.services.config;
  // An earlier minute has a band of its own, which comes and goes with it.
  const labels = originLabels(words, { provider, replay: isReplay });
  const travelWords = travelWordsOf(look.lang);
  const marks = labels.map(({ name }) => `[${name}] `).join("");
  return (
    <>
      <Head>
        <title>{`${marks}${heading} · VN Stock Tracker`}</title>
      </Head>
      {labels.length > 0 && <OriginRibbon labels={labels} />}
      <Navigation words={words} current={page} at={link.at} />
      <div class="content">
        <header class="bar">
          <h1>{heading}</h1>
          <LiveStatusBar link={link} exchange={exchange} words={liveWordsOf(look.lang)} />
          <LiveAlertBell
            link={link}
            seed={endOfAlerts(view)}
            isSignals={page === "signals"}
            words={bellWordsOf(look.lang)}
          />
          <LookPanel words={words} look={look} kept={kept} />
          <LiveTimeScrubber link={link} words={travelWords} nowHref={hrefOfNow(kept)} />
        </header>
        <main id="main">
          <WrongChoices words={words} wrong={wrong} />
          {travelRefusal !== null && (
            <p class="notice" role="status">
              {travelWords.refused[travelRefusal]} {travelWords.stillNow}
            </p>
          )}
          <noscript>
            <p class="notice">{words.noScript}</p>
          </noscript>
          <Component />
        </main>
        <LiveKeys link={link} words={keyWordsOf(look.lang)} />
        <PageFooter words={words} feed={link.feed} />
      </div>
    </>
  );
});

/** Where the log of alerts stands, without its entries. */
function endOfAlerts(view: MarketView): LogFrame {
  const { from, entries } = view.log("alerts");
  const s = from + entries.length;
  return { k: "a", c: "alerts", e: view.epoch, p: s, s, list: [] };
}

/** The page as it is now, with what else its query chose. */
function hrefOfNow(kept: URLSearchParams): string {
  const query = new URLSearchParams(kept);
  query.delete(AT_PARAMETER);
  return `?${query}`;
}
