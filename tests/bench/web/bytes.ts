import { brotliCompressSync } from "node:zlib";
import type { Response } from "playwright-core";
import type { Arena } from "./arena.ts";
import { LOCAL, withTab } from "./tab.ts";

/** Bytes of one kind of content. */
export interface Weight {
  readonly raw: number;
  /** As Brotli packs it, each file on its own. */
  readonly br: number;
  /** As it came over the wire, without headers. */
  readonly sent: number;
}

/** What a first visit fetches until the network is quiet. */
export interface PageWeight {
  readonly title: string;
  readonly html: Weight;
  /** Style sheets in the HTML; a part of its weight. */
  readonly css: Weight;
  readonly js: Weight;
  /** Bytes of REST, as they came. */
  readonly dataSent: number;
}

/** Loads a page into an empty cache and weighs it. */
export async function weighPage(arena: Arena, title: string, url: string): Promise<PageWeight> {
  return await withTab(arena, LOCAL, async ({ page }) => {
    const responses: Response[] = [];
    page.on("response", (response) => responses.push(response));
    await page.goto(url, { waitUntil: "networkidle" });
    const html: Weight[] = [];
    const css: Weight[] = [];
    const js: Weight[] = [];
    let dataSent = 0;
    for (const response of responses) {
      const type = response.request().resourceType();
      if (type === "fetch") dataSent += (await response.request().sizes()).responseBodySize;
      else if (type === "script") js.push(await weigh(response));
      else if (type === "document") {
        html.push(await weigh(response));
        css.push(styleWeight(await response.text()));
      }
    }
    return { title, html: sum(html), css: sum(css), js: sum(js), dataSent };
  });
}

async function weigh(response: Response): Promise<Weight> {
  const body = await response.body();
  const { responseBodySize } = await response.request().sizes();
  return { raw: body.length, br: brotliCompressSync(body).length, sent: responseBodySize };
}

function styleWeight(html: string): Weight {
  const styles = [...html.matchAll(/<style[^>]*>([^<]*)/g)].map(([, css]) => css!).join("");
  return { raw: styles.length, br: brotliCompressSync(styles).length, sent: 0 };
}

function sum(weights: readonly Weight[]): Weight {
  const of = (key: keyof Weight) => weights.reduce((total, weight) => total + weight[key], 0);
  return { raw: of("raw"), br: of("br"), sent: of("sent") };
}
