import { dirname, join } from "node:path";
import { type App, type Handler, type ListenOptions, prepare } from "../app.ts";
import { DEV_SCRIPT } from "../site.ts";
import { listFiles } from "./crawl.ts";
import { DEV_CLIENT, DEV_SOCKET } from "./dev_client.ts";
import { Watch } from "./watch.ts";

export interface DevServer<State> {
  readonly options: ListenOptions;
  /** Folders whose files the build looks for. */
  readonly folders: readonly string[];
  /** Builds, and gives the source files that went in. */
  readonly build: () => Promise<readonly string[]>;
  readonly load: () => Promise<App<State>>;
}

/** Serves, watches and rebuilds until the signal in the options ends it. */
export async function serveDev<State>(dev: DevServer<State>): Promise<void> {
  const pages = new Set<WebSocket>();
  let building = rebuild(dev);
  const watching = await Watch.open({
    folders: async () => await foldersOf(dev.folders, (await building).inputs),
    onChange: async () => {
      building = rebuild(dev);
      await building;
      for (const page of pages) if (page.readyState === WebSocket.OPEN) page.send("reload");
    },
  });
  try {
    const server = Deno.serve(dev.options, async (req, info) => {
      const { pathname } = new URL(req.url);
      if (pathname === DEV_SOCKET) return remember(pages, req);
      if (pathname === DEV_SCRIPT) {
        return new Response(DEV_CLIENT, { headers: { "content-type": "text/javascript" } });
      }
      return await (await building).handler(req, info);
    });
    await server.finished;
  } finally {
    await watching.close();
  }
}

function remember(pages: Set<WebSocket>, req: Request): Response {
  const { socket, response } = Deno.upgradeWebSocket(req);
  socket.onopen = () => pages.add(socket);
  socket.onclose = () => pages.delete(socket);
  return response;
}

/** Every folder that holds, or would hold, a source of the build. */
async function foldersOf(
  folders: readonly string[],
  inputs: readonly string[],
): Promise<readonly string[]> {
  const found = new Set(inputs.filter((file) => !file.includes("node_modules")).map(dirname));
  for (const folder of folders) {
    for (const file of await listFiles(folder)) found.add(dirname(join(folder, file)));
  }
  return [...found];
}

interface Answer {
  readonly handler: Handler;
  readonly inputs: readonly string[];
}

/** A build that fails is shown to whoever asks for a page, until the next one succeeds. */
async function rebuild<State>({ build, load }: DevServer<State>): Promise<Answer> {
  try {
    const inputs = await build();
    const { handler, ready } = prepare(await load());
    await ready;
    return { handler, inputs };
  } catch (error) {
    return { handler: () => Promise.resolve(failurePage(error)), inputs: [] };
  }
}

function failurePage(error: unknown): Response {
  const text = error instanceof Error ? error.stack ?? error.message : String(error);
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const html =
    `<!DOCTYPE html><pre>${escaped}</pre><script type="module" src="${DEV_SCRIPT}"></script>`;
  return new Response(html, {
    status: 500,
    headers: { "content-type": "text/html; charset=utf-8" },
  });
}
