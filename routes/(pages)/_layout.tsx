import { Head } from "fresh/runtime";
import { pageAt } from "../../components/pages.ts";
import { keyWordsOf } from "../../components/shell/key_words.ts";
import { liveWordsOf } from "../../components/shell/live_words.ts";
import { LookPanel } from "../../components/shell/look_panel.tsx";
import { Navigation } from "../../components/shell/navigation.tsx";
import { originLabels, OriginRibbon, PageFooter } from "../../components/shell/page_parts.tsx";
import { WrongChoices } from "../../components/shell/wrong_choices.tsx";
import Keys from "../../islands/keys.tsx";
import StatusBar from "../../islands/status_bar.tsx";
import { define } from "../../utils.ts";

/** Ribbon, navigation, status and footer around every page of the dashboard. */
export default define.layout(function PageLayout({ Component, state, url }) {
  const { look, words, link, heading, wrong, kept } = state.shell;
  const labels = originLabels(words, link.feed);
  const marks = labels.map(({ name }) => `[${name}] `).join("");
  return (
    <>
      <Head>
        <title>{`${marks}${heading} · VN Stock Tracker`}</title>
      </Head>
      {labels.length > 0 && <OriginRibbon labels={labels} />}
      <Navigation words={words} current={pageAt(url.pathname)} />
      <div class="content">
        <header class="bar">
          <h1>{heading}</h1>
          <StatusBar link={link} words={liveWordsOf(look.lang)} />
          <LookPanel words={words} look={look} kept={kept} />
        </header>
        <main id="main">
          <WrongChoices words={words} wrong={wrong} />
          <noscript>
            <p class="notice">{words.noScript}</p>
          </noscript>
          <Component />
        </main>
        <Keys link={link} words={keyWordsOf(look.lang)} />
        <PageFooter words={words} feed={link.feed} />
      </div>
    </>
  );
});
