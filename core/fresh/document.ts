import { Fragment, h, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { jsxTemplate } from "preact/jsx-runtime";
import { RenderPass, withPass } from "./render_pass.ts";
import { serialise } from "./serialise.ts";
import { DEV_SCRIPT, type Site } from "./site.ts";

interface DocumentParts {
  readonly site: Site | null;
  readonly nonce: string | null;
  readonly page: VNode | null;
  /** The application's frame around the page, or null for a bare page. */
  readonly frame: VNode | null;
  /** Gives the frame the rendered page to stand in its place. */
  readonly fill: (page: VNode) => void;
}

/**
 * Renders a whole HTML document with the head elements, scripts and data that its page asked for.
 */
export function renderDocument({ site, nonce, page, frame, fill }: DocumentParts): string {
  const pass = new RenderPass(site, nonce);
  return withPass(pass, () => {
    let html = renderToString(page ?? h(Fragment, null));
    if (frame !== null) {
      fill(jsxTemplate([html]));
      html = renderToString(frame);
    }
    if (!/^<html[\s>]/i.test(html)) {
      html = `<html><head><meta charset="utf-8"></head><body>${html}</body></html>`;
    }
    const scripts = site === null ? { head: "", body: "" } : scriptsOf(pass, site);
    html = insertBefore(html, html.indexOf("</head>"), renderHead(pass) + scripts.head);
    html = insertBefore(html, html.lastIndexOf("</body>"), scripts.body);
    return `<!DOCTYPE html>${html}`;
  });
}

function renderHead(pass: RenderPass): string {
  return pass.head.size === 0 ? "" : renderToString(h(Fragment, null, [...pass.head.values()]));
}

/** Only a page with islands loads a script. */
function scriptsOf(pass: RenderPass, site: Site): { head: string; body: string } {
  const { boot, islands, assetKey } = site.manifest;
  const nonce = pass.nonce === null ? "" : ` nonce="${pass.nonce}"`;
  const module = (url: string) => `<script type="module" src="${url}"${nonce}></script>`;
  const dev = site.mode === "development" ? module(DEV_SCRIPT) : "";
  if (pass.props.length === 0) return { head: "", body: dev };
  const used = [...pass.modules.keys()].map((index) => islands[index]!);
  const preloads = new Set([...used.map(({ url }) => url), ...boot.imports]);
  for (const { imports } of used) for (const url of imports) preloads.add(url);
  const links = [...preloads].map((url) => `<link rel="modulepreload" href="${url}"${nonce}>`);
  const modules = JSON.stringify(used.map(({ url }) => url));
  const data = `{"assetKey":"${assetKey}","modules":${modules},"props":${serialise(pass.props)}}`;
  return {
    head: links.join(""),
    body: `<script type="application/json" id="__fresh">${data}</script>${module(boot.url)}${dev}`,
  };
}

function insertBefore(html: string, at: number, text: string): string {
  if (text === "") return html;
  if (at === -1) throw new Error("Cannot render the page: _app has no <head> or no <body>");
  return html.slice(0, at) + text + html.slice(at);
}
