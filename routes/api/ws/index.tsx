import { page } from "fresh";
import { lookOf } from "../../../components/look.ts";
import { referenceHeaders, ReferencePage } from "../../../components/reference/page.tsx";
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
    return page({
      look: lookOf(ctx.req),
      feed: { provider: config.provider, replay: config.isReplay },
      origin: ctx.url.origin,
      socket: socketUrl(ctx.url, config.wsPlace).href,
      needsToken: config.wsAuthToken !== null,
      limits: protocolLimits(config),
    }, { headers: referenceHeaders(ctx.url.searchParams) });
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
  const { look, feed, origin, socket, needsToken, limits } = data;
  const { lang } = look;
  const words = protocolWordsOf(lang);
  return (
    <ReferencePage words={words} look={look} feed={feed}>
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
    </ReferencePage>
  );
});
