import { page } from "fresh";
import { Head } from "fresh/runtime";
import { criticalCss } from "../../components/critical_css.ts";
import css from "../../components/status/status.css" with { type: "text" };
import { statusWordsOf } from "../../components/status/status_words.ts";
import { healthOf } from "../../core/gateway/health.ts";
import { wsHealthOf } from "../../core/gateway/ws_health.ts";
import { healthFacts, socketFacts } from "../../core/wire/system_facts.ts";
import LiveStatus from "../../islands/live_status.tsx";
import { define } from "../../utils.ts";

const CRITICAL_CSS = criticalCss(css);

export const handler = define.handlers({
  GET(ctx) {
    const { services } = ctx.state;
    return page({
      facts: {
        ...healthFacts(healthOf(services)),
        sockets: socketFacts(wsHealthOf(services)),
        session: services.hub.view().lastSession,
      },
    });
  },
});

export default define.page<typeof handler>(function StatusPage({ data, state }) {
  const { link, look } = state.shell;
  const words = statusWordsOf(look.lang);
  return (
    <>
      <Head>
        <style>{CRITICAL_CSS}</style>
      </Head>
      <p class="system-note">{words.intro}</p>
      <LiveStatus link={link} words={words} facts={data.facts} />
    </>
  );
});
