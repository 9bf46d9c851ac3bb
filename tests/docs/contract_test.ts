import assert from "node:assert/strict";
import { type LiveRowData, patchedRows, rowsOf } from "../../components/live/rows.ts";
import type { Alert } from "../../core/wire/alert.ts";
import type { RowSetName } from "../../core/wire/channel.ts";
import { MarketClient } from "../../core/wire/client.ts";
import type { Position } from "../../core/wire/frames.ts";
import { contractCases } from "../support/contract_cases.ts";
import type { ContractCase, Held } from "../support/contract_script.ts";

const KIT = new URL("../../docs/contract/", import.meta.url);
const CASES: readonly ContractCase[] = JSON.parse(
  Deno.readTextFileSync(new URL("cases.json", KIT)),
);

/** A socket whose other end is the test; what is due at once is done when the test says so. */
class Way {
  readonly said: { readonly op: string }[] = [];
  readonly #due = new Set<() => void>();
  readonly readyState = 1;
  onopen = null;
  onclose = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  readonly shell = {
    open: () => this as unknown as WebSocket,
    fetch: () => Promise.reject(new TypeError("there is no REST here")),
    later: (act: () => void, ms: number) => {
      if (ms === 0) this.#due.add(act);
      return () => this.#due.delete(act);
    },
    random: () => 0.5,
    nowMs: () => 0,
  };

  send(text: string): void {
    this.said.push(JSON.parse(text));
  }

  close(): void {}

  /** A message arrives; gives the operations that follow. */
  arrive(data: string): readonly string[] {
    this.said.length = 0;
    this.onmessage!({ data });
    for (const act of this.#due) act();
    this.#due.clear();
    return this.said.map(({ op }) => op);
  }
}

/** What the product's own client holds of a channel, told as the kit tells it. */
class Subscriber {
  readonly #client: MarketClient;
  readonly #channel: ContractCase["channel"];
  #rows: readonly LiveRowData[] = [];
  #entries: readonly number[] = [];

  constructor(channel: ContractCase["channel"], way: Way) {
    this.#channel = channel;
    this.#client = new MarketClient({ url: "ws://board.test/ws", shell: way.shell });
    if (channel === "alerts") {
      this.#client.subscribe(channel, {
        onEntries: ({ list }, isWhole) => {
          const numbers = (list as readonly Alert[]).map(({ n }) => n);
          this.#entries = isWhole ? numbers : [...this.#entries, ...numbers];
        },
      });
      return;
    }
    this.#client.subscribe(channel as RowSetName, {
      onSnapshot: (frame) => this.#rows = rowsOf(frame),
      onDelta: (frame) => this.#rows = patchedRows(this.#rows, frame),
    });
  }

  held(): Held | null {
    const position: Position | null = this.#client.position(this.#channel);
    if (position === null) return null;
    const { e, s } = position;
    if (this.#channel === "alerts") return { e, s, entries: this.#entries };
    const rows = this.#rows.map(({ symbol, ...cells }) => {
      const told = Object.entries(cells).filter(([, cell]) => cell !== null);
      return [symbol, Object.fromEntries(told)] as const;
    });
    return { e, s, rows };
  }

  close(): void {
    this.#client.close();
  }
}

Deno.test("The contract kit holds what the hub says today (N-44)", () => {
  assert.deepEqual(CASES, JSON.parse(JSON.stringify(contractCases())));
});

for (const { name, channel, steps } of CASES) {
  Deno.test(`Contract: our client - ${name} (N-44)`, () => {
    const way = new Way();
    const subscriber = new Subscriber(channel, way);
    steps.forEach(({ message, holds, asks }, at) => {
      const operations = way.arrive(message);
      // The first one is the greeting, and the answer to it subscribes.
      assert.equal(operations.includes("sub"), at === 0 || asks, `step ${at + 1} asks`);
      assert.deepEqual(subscriber.held(), holds, `step ${at + 1}`);
    });
    subscriber.close();
  });
}

/** Debian's; with CI=true its absence is a failure. */
const PYTHON = "/usr/bin/python3";
const isSkipped = !isThere(PYTHON) && Deno.env.get("CI") !== "true";

Deno.test({
  name: `The contract kit is passed by its own client in Python (N-44)${
    isSkipped ? " (skipped: there is no python3)" : ""
  }`,
  ignore: isSkipped,
  fn: async () => {
    const args = [new URL("check.py", KIT).pathname];
    const { code, stdout, stderr } = await new Deno.Command(PYTHON, { args }).output();
    const told = new TextDecoder().decode(stdout);
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    assert.match(told, /^12 cases, \d+ steps: all right\n$/);
  },
});

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
