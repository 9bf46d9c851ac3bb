import { choiceIn, lookCookies, lookOf, wrongLook } from "../../components/look.ts";
import { numberStyleOf } from "../../components/i18n.ts";
import { pageAt } from "../../components/pages.ts";
import { ageOfDataMs } from "../../components/shell/connection_view.ts";
import { shellWordsOf } from "../../components/shell/shell_words.ts";
import { shownHub } from "../../core/gateway/moment_hub.ts";
import { pageSeeds } from "../../core/gateway/page_seeds.ts";
import { socketAddress } from "../../core/gateway/socket_address.ts";
import { AT_PARAMETER } from "../../core/wire/moment.ts";
import { define, type PageShell } from "../../utils.ts";

/** Gathers what every page of the dashboard shows around its own content. */
export const handler = define.middleware(async (ctx) => {
  const { services } = ctx.state;
  const { clock } = services;
  const look = lookOf(ctx.req);
  const words = shellWordsOf(look.lang);
  const query = ctx.url.searchParams;
  const { hub, at, refusal } = await shownHub(services, query);
  const view = hub.view();
  const shell: PageShell = {
    look,
    words,
    view,
    link: {
      socketUrl: socketAddress(ctx.url, services.config.wsPlace),
      ticket: services.pageTicket(),
      feed: view.status,
      asOfMs: view.asOfMs,
      ageMs: at === null ? ageOfDataMs(view.status, clock.nowMs()) : 0,
      madeMs: clock.nowMs(),
      at,
      lang: look.lang,
      style: numberStyleOf(look.lang),
      unit: look.unit,
    },
    seeds: (channels, syms) => pageSeeds(hub, channels, clock.nowMs(), syms),
    choose(parameter, offered) {
      const { value, wrong } = choiceIn(query, parameter, offered);
      if (wrong !== null) shell.wrong.push(wrong);
      else if (query.has(parameter)) shell.kept.set(parameter, value);
      return value;
    },
    kept: new URLSearchParams(at === null ? {} : { [AT_PARAMETER]: at }),
    travelRefusal: refusal,
    heading: words.pages[pageAt(ctx.url.pathname)],
    exchange: "HOSE",
    wrong: wrongLook(query),
  };
  ctx.state.shell = shell;
  const response = await ctx.next();
  response.headers.set("cache-control", "no-store");
  response.headers.set("vary", "cookie, accept-language");
  for (const cookie of lookCookies(query)) response.headers.append("set-cookie", cookie);
  return response;
});
