import { brotliCompressSync } from "node:zlib";
import { buildReactBoard } from "./build.ts";

/** A running server of the React board. */
export interface ReactServer extends AsyncDisposable {
  readonly url: string;
  /** Where the board finds its socket; there is no page before. */
  connect(socketUrl: string): void;
}

/** Serves the React board as a static server does: compressed once, everything with one request. */
export async function serveReactBoard(): Promise<ReactServer> {
  const { script, css } = await buildReactBoard();
  const pack = (content: string | Uint8Array) => new Uint8Array(brotliCompressSync(content));
  const packedScript = pack(script);
  let packedPage: Uint8Array<ArrayBuffer> | null = null;
  const headers = { "content-encoding": "br", "cache-control": "no-store" };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url }) => {
    const { pathname } = new URL(url);
    if (pathname === "/board.js") {
      return new Response(packedScript, {
        headers: { ...headers, "content-type": "text/javascript" },
      });
    }
    if (pathname !== "/" || packedPage === null) return new Response(null, { status: 404 });
    return new Response(packedPage, {
      headers: { ...headers, "content-type": "text/html; charset=utf-8" },
    });
  });
  const { port } = server.addr as Deno.NetAddr;
  return {
    url: `http://127.0.0.1:${port}`,
    connect(socketUrl) {
      packedPage = pack(pageOf(css, socketUrl));
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function pageOf(css: string, socketUrl: string): string {
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>VN30</title>` +
    `<link rel="icon" href="data:,">` +
    `<style>${css}</style><script type="module" src="/board.js"></script></head>` +
    `<body><div id="root" data-socket="${socketUrl}"></div></body></html>`;
}
