/**
 * This server as two web processes on one port behind a NATS server; this process is the engine
 * side. Processes that it starts end when it does.
 */
import { openBroker } from "../../../../core/bus/open_broker.ts";
import { RemotePublisher } from "../../../../core/bus/remote_publisher.ts";
import { createLogger } from "../../../../core/log.ts";
import { Secret } from "../../../../core/secret.ts";
import { freePort } from "../../../support/free_port.ts";
import { BenchFeed, readOrder } from "../feed.ts";
import { LineProcess } from "../line_process.ts";
import { deno } from "../programs.ts";

const NODES = 2;
/** A shell ends the server with its own input, and takes its folder away. */
const SERVER = `dir=$(mktemp -d); nats-server -a 127.0.0.1 -p "$0" -js -sd "$dir" >/dev/null 2>&1 &
cat >/dev/null; kill $!; wait; rm -rf "$dir"`;

const url = startNats();
const log = createLogger({ level: "error", nowMs: () => Date.now() });
const broker = await openBroker(new Secret(url), log, new AbortController().signal);
await broker.prepare();
const feed = new BenchFeed(Deno.args.map(Number));
let newest = feed.first as Parameters<RemotePublisher["publish"]>[0] & { readonly seq: number };
const publisher = new RemotePublisher({
  broker,
  term: () => 1,
  // Cells of the start at the newest place: as large as the true one, and nobody loads it later.
  snapshot: () => ({ ...feed.first, seq: newest.seq }),
  nowMs: () => performance.now(),
  log,
});
publisher.tick();
let port = "0";
for (let nodes = 0; nodes < NODES; nodes++) {
  const node = new LineProcess([...deno("gateway_nats_node.ts", "--deny-ffi"), url, port]);
  port = (await node.next()).replace("port ", "");
  void obey(node);
}
console.log(`port ${port}`);

async function obey(node: LineProcess): Promise<void> {
  for (;;) {
    newest = feed.next(readOrder(await node.next())!) as typeof newest;
    publisher.publish(newest);
  }
}

function startNats(): string {
  const port = freePort();
  new Deno.Command("sh", { args: ["-c", SERVER, `${port}`], stdin: "piped" }).spawn();
  return `nats://127.0.0.1:${port}`;
}
