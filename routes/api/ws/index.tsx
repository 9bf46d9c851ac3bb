import { page } from "fresh";
import { Head } from "fresh/runtime";
import { lookCookies, lookOf } from "../../../components/look.ts";
import css from "../../../components/reference/reference.css" with { type: "text" };
import { LookPanel } from "../../../components/shell/look_panel.tsx";
import { shellWordsOf } from "../../../components/shell/shell_words.ts";
import { socketUrl } from "../../../core/gateway/asyncapi.ts";
import { protocolLimits } from "../../../core/gateway/protocol_limits.ts";
import { define } from "../../../utils.ts";
import {
  Addresses,
  Channels,
  Codes,
  Frames,
  Limits,
  Operations,
} from "./(_components)/sections.tsx";
import { Start } from "./(_components)/start.tsx";
import { type ProtocolWords, protocolWordsOf } from "./(_components)/words.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { config } = ctx.state.services;
    const headers = new Headers({ "cache-control": "no-store", vary: "cookie, accept-language" });
    for (const cookie of lookCookies(ctx.url.searchParams)) headers.append("set-cookie", cookie);
    return page({
      look: lookOf(ctx.req),
      origin: ctx.url.origin,
      socket: socketUrl(ctx.url, config.wsPlace).href,
      needsToken: config.wsAuthToken !== null,
      limits: protocolLimits(config),
    }, { headers });
  },
});

const CONTENTS = [
  ["start", "start"],
  ["addresses", "addresses"],
  ["channels", "channels"],
  ["operations", "operations"],
  ["frames", "sentFrames"],
  ["continuity", "continuity"],
  ["errors", "errors"],
  ["closes", "closes"],
  ["limits", "limits"],
] as const satisfies readonly (readonly [id: string, word: keyof ProtocolWords])[];

export default define.page<typeof handler>(function ProtocolPage({ data }) {
  const { look, origin, socket, needsToken, limits } = data;
  const { lang } = look;
  const words = protocolWordsOf(lang);
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
        <LookPanel words={shellWordsOf(lang)} look={look} kept={new URLSearchParams()} />
      </header>
      <main id="main" class="reference">
        <p>{words.intro}</p>
        <p>
          <a href="/api">{words.rest}</a> · <a href="/api/asyncapi.json">{words.document}</a> ·{" "}
          <a href="/">{words.board}</a> · <a href="/api/ws/health">{words.health}</a>
        </p>
        <nav aria-label={words.contents}>
          {CONTENTS.map(([id, word]) => <a key={id} href={`#${id}`}>{words[word]}</a>)}
        </nav>
        <Start words={words} origin={origin} socket={socket} needsToken={needsToken} />
        <Addresses words={words} lang={lang} socket={socket} />
        <Channels words={words} lang={lang} />
        <Operations words={words} lang={lang} />
        <Frames words={words} lang={lang} />
        <Codes words={words} lang={lang} />
        <Limits words={words} lang={lang} limits={limits} />
      </main>
    </>
  );
});
