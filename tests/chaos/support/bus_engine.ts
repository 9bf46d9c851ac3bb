// An engine side as a process of its own: a few rows that change all the time, published to a broker
// while it holds the lease. It says what happens to it, and on the word "quiet" everything it has.
import { Lease } from "../../../core/bus/lease.ts";
import { openBroker } from "../../../core/bus/open_broker.ts";
import { RemotePublisher } from "../../../core/bus/remote_publisher.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import { createLogger } from "../../../core/log.ts";
import { Secret } from "../../../core/secret.ts";
import { alertOf, cellsOf, liveStatus, ROWS } from "../../core/hub/world.ts";

const CHANGE_MS = 20;
const nowMs = () => performance.now();
const log = createLogger({ level: "error", nowMs: () => Date.now(), write: say.bind(null, "log") });
const broker = await openBroker(
  new Secret(Deno.args[0]!),
  log,
  new AbortController().signal,
);
await broker.prepare();

/** Rows of one run, from a term on until another process takes over. */
class Run {
  readonly tables = new Publisher({ epoch: "none", status: liveStatus() });
  readonly publisher: RemotePublisher;
  #price = 0;
  readonly #timer = setInterval(() => this.#change(), CHANGE_MS);

  constructor() {
    this.tables.setRows(ROWS, crypto.randomUUID());
    this.tables.tick(null);
    const term = () => lease.term;
    const snapshot = () => this.tables.snapshot();
    this.publisher = new RemotePublisher({ broker, term, snapshot, nowMs, log });
    this.publisher.tick();
  }

  quiet(): void {
    clearInterval(this.#timer);
    say("whole", this.tables.snapshot());
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.publisher.close();
  }

  #change(): void {
    this.#price++;
    const symbol = ["ACB", "FPT", "VNM"][this.#price % 3]!;
    this.tables.put("board:vn30", symbol, cellsOf("board:vn30", { last: this.#price }));
    if (this.#price % 10 === 0) {
      const n = this.#price / 10;
      this.tables.append({ name: "alerts", from: n - 1, entries: [alertOf(n)] });
    }
    this.publisher.publish(this.tables.tick(this.#price)!);
  }
}

let run = null as Run | null;
const lease: Lease = new Lease({
  ...{ broker, nowMs, log, holder: crypto.randomUUID() },
  onTerm(term) {
    if (run === null) run = new Run();
    else run.publisher.tick();
    say("term", term);
  },
  onLost() {
    say("lost", true);
    void run?.close();
    run = null;
  },
});
say("waiting", true);
for await (const _word of Deno.stdin.readable) run?.quiet();

function say(what: string, value: unknown): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify({ [what]: value })}\n`));
}
