/** A gateway of `gateway_pair.ts`: a hub of its own that hears of changes as texts. */
import { BenchHub } from "../bench_hub.ts";
import { listenGateway } from "./gateway.ts";

const hub = new BenchHub((order) => self.postMessage({ order }));

self.addEventListener(
  "message",
  async ({ data }: MessageEvent<{ text: string; port?: number }>) => {
    hub.take(JSON.parse(data.text));
    if (data.port !== undefined) {
      self.postMessage({ port: await listenGateway(hub, data.port) });
    }
  },
);
