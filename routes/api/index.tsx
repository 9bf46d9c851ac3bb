import { page } from "fresh";
import { lookOf } from "../../components/look.ts";
import { referenceHeaders, ReferencePage } from "../../components/reference/page.tsx";
import { restCommon, restGroups } from "../../core/gateway/rest_view.ts";
import { define } from "../../utils.ts";
import { Common } from "./(_components)/common.tsx";
import { Operation } from "./(_components)/operation.tsx";
import { restWordsOf } from "./(_components)/words.ts";

export const handler = define.handlers({
  GET(ctx) {
    const look = lookOf(ctx.req);
    const { lang } = look;
    const { provider, isReplay, wsAuthToken } = ctx.state.services.config;
    const needsToken = wsAuthToken !== null;
    return page({
      ...{ look, needsToken, feed: { provider, replay: isReplay } },
      groups: restGroups({ lang, origin: ctx.url.origin, needsToken }),
      common: restCommon(lang),
    }, { headers: referenceHeaders(ctx.url.searchParams) });
  },
});

export default define.page<typeof handler>(function RestPage({ data }) {
  const { look, feed, needsToken, groups, common } = data;
  const words = restWordsOf(look.lang);
  return (
    <ReferencePage words={words} look={look} feed={feed}>
      <p>{words.intro} {needsToken && words.token}</p>
      <p>
        <a href="/api/openapi.json">{words.document}</a> · <a href="/api/ws">{words.realtime}</a> ·
        {" "}
        <a href="/api/asyncapi.json">{words.realtimeDocument}</a> · <a href="/">{words.board}</a>
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
    </ReferencePage>
  );
});
