import { page } from "fresh";
import { Head } from "fresh/runtime";
import { lookCookies, lookOf } from "../../components/look.ts";
import css from "../../components/reference/reference.css" with { type: "text" };
import { LookPanel } from "../../components/shell/look_panel.tsx";
import { shellWordsOf } from "../../components/shell/shell_words.ts";
import { restCommon, restGroups } from "../../core/gateway/rest_view.ts";
import { define } from "../../utils.ts";
import { Common } from "./(_components)/common.tsx";
import { Operation } from "./(_components)/operation.tsx";
import { restWordsOf } from "./(_components)/words.ts";

export const handler = define.handlers({
  GET(ctx) {
    const look = lookOf(ctx.req);
    const { lang } = look;
    const needsToken = ctx.state.services.config.wsAuthToken !== null;
    const headers = new Headers({ "cache-control": "no-store", vary: "cookie, accept-language" });
    for (const cookie of lookCookies(ctx.url.searchParams)) headers.append("set-cookie", cookie);
    return page({
      ...{ look, needsToken },
      groups: restGroups({ lang, origin: ctx.url.origin, needsToken }),
      common: restCommon(lang),
    }, { headers });
  },
});

export default define.page<typeof handler>(function RestPage({ data }) {
  const { look, needsToken, groups, common } = data;
  const words = restWordsOf(look.lang);
  return (
    <>
      <Head>
        <title>{words.title}</title>
        <meta name="description" content={words.description} />
        <style>{css}</style>
      </Head>
      <header class="bar reference-header">
        <h1>{words.title}</h1>
        <span />
        <LookPanel words={shellWordsOf(look.lang)} look={look} kept={new URLSearchParams()} />
      </header>
      <main id="main" class="reference">
        <p>{words.intro} {needsToken && words.token}</p>
        <p>
          <a href="/api/openapi.json">{words.document}</a> · <a href="/api/ws">{words.realtime}</a>
          {" "}
          · <a href="/api/asyncapi.json">{words.realtimeDocument}</a> ·{" "}
          <a href="/">{words.board}</a>
        </p>
        <nav aria-label={words.contents}>
          {groups.map(({ group, title }) => <a key={group} href={`#${group}`}>{title}</a>)}
          <a href="#common">{words.envelope}</a>
          <a href="#headers">{words.headers}</a>
          <a href="#problems">{words.problems}</a>
        </nav>
        {groups.map(({ group, title, operations }) => (
          <section key={group}>
            <h2 id={group}>{title}</h2>
            {operations.map((operation) => (
              <Operation key={operation.name} operation={operation} words={words} />
            ))}
          </section>
        ))}
        <Common words={words} {...common} />
      </main>
    </>
  );
});
