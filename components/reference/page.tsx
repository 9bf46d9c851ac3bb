import type { ComponentChildren, JSX } from "preact";
import { Head } from "fresh/runtime";
import type { FeedStatus } from "../../core/wire/status.ts";
import { type Look, lookCookies } from "../look.ts";
import { LookPanel } from "../shell/look_panel.tsx";
import { originLabels, OriginRibbon } from "../shell/page_parts.tsx";
import { shellWordsOf } from "../shell/shell_words.ts";
import css from "./reference.css" with { type: "text" };

/** Headers of a page for programmers: it is made for each reader, and keeps the look asked for. */
export function referenceHeaders(query: URLSearchParams): Headers {
  const headers = new Headers({ "cache-control": "no-store", vary: "cookie, accept-language" });
  for (const cookie of lookCookies(query)) headers.append("set-cookie", cookie);
  return headers;
}

interface ReferencePageProps {
  readonly words: { readonly title: string; readonly description: string };
  readonly look: Look;
  /** Where the numbers come from that the addresses give. */
  readonly feed: Pick<FeedStatus, "provider" | "replay">;
  readonly children: ComponentChildren;
}

/** A page for programmers: it has no navigation of the application and needs no script. */
export function ReferencePage(
  { words, look, feed, children }: ReferencePageProps,
): JSX.Element {
  const shellWords = shellWordsOf(look.lang);
  const labels = originLabels(shellWords, feed);
  return (
    <>
      <Head>
        <title>{words.title}</title>
        <meta name="description" content={words.description} />
        <style>{css}</style>
      </Head>
      {labels.length > 0 && <OriginRibbon labels={labels} />}
      <header class="bar reference-header">
        <h1>{words.title}</h1>
        <span />
        <LookPanel words={shellWords} look={look} kept={new URLSearchParams()} />
      </header>
      <main id="main" class="reference">{children}</main>
    </>
  );
}
