/** This server with two gateway workers on one port; this thread is the engine side. */
import { BenchFeed, type Order } from "../feed.ts";

const WORKERS = 2;
const feed = new BenchFeed(Deno.args.map(Number));
const first = JSON.stringify(feed.first);
const workers: Worker[] = [];
/** The first worker takes a free port, and the others the same one. */
let port = 0;

while (workers.length < WORKERS) {
  const worker = new Worker(new URL("gateway_worker.ts", import.meta.url), { type: "module" });
  const listening = Promise.withResolvers<number>();
  worker.onmessage = ({ data }: MessageEvent<{ port: number } | { order: Order }>) => {
    if ("port" in data) return listening.resolve(data.port);
    const text = JSON.stringify(feed.next(data.order));
    for (const one of workers) one.postMessage({ text });
  };
  worker.postMessage({ text: first, port });
  port = await listening.promise;
  workers.push(worker);
}
console.log(`port ${port}`);
