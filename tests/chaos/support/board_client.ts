import type { Cell } from "../../../core/wire/board.ts";
import { fieldsOf, type StateChannel } from "../../../core/wire/channel.ts";
import { connectTables } from "../../support/tables_client.ts";
import type { DeltaFrame, SnapshotFrame } from "../../../core/wire/frames.ts";
import { forEachBit } from "../../../core/wire/mask.ts";
import type { MarketView } from "../../../core/wire/snapshot.ts";

/** Channels whose rows REST and pages read by the same name. */
const CHANNELS = ["board:vn30", "board:der", "board:extra", "index"] as const;

/** A page's own client on a real socket, which keeps the tables and watches over their order. */
export class BoardClient {
  readonly #tables = new Map<StateChannel, { e: string; s: number; rows: Map<string, Cell[]> }>();
  readonly #socket: { close(): void };
  /** States of the feed as they came, repeats left out. */
  readonly states: string[] = [];
  readonly epochs: string[] = [];
  /** Frames that went back, skipped a change, or belonged to nothing. */
  readonly violations: string[] = [];
  reconnects = 0;
  /** Frames that told something new. */
  changes = 0;

  constructor(url: string) {
    this.#socket = connectTables({
      url: `${url.replace(/^http/, "ws")}/ws`,
      seed: CHANNELS.map((c) => ({ c, e: "", s: 0 })),
      onSnapshot: (frame) => this.#snapshot(frame),
      onDelta: (frame) => this.#delta(frame),
      onStatus: ({ state }) => {
        if (this.states.at(-1) !== state) this.states.push(state);
      },
      onSocket: ({ reconnects }) => this.reconnects = reconnects,
    });
  }

  /** Whether every table holds exactly what the server shows. */
  equals(view: MarketView): boolean {
    return CHANNELS.every((name) => {
      const held = this.#tables.get(name);
      const rows: readonly object[] = name === "index" ? view.rows(name) : view.rows(name);
      return held !== undefined && held.rows.size === rows.length && rows.every((row) => {
        const cells = new Map(Object.entries(row));
        const own = held.rows.get(cells.get("symbol"));
        return own !== undefined &&
          fieldsOf(name).every((field, at) => own[at] === cells.get(field));
      });
    });
  }

  close(): void {
    this.#socket.close();
  }

  #snapshot({ c, e, s, y, v }: SnapshotFrame): void {
    const held = this.#tables.get(c);
    if (held?.e === e && s < held.s) this.violations.push(`${c}: ${held.s} of ${e} back to ${s}`);
    if (!this.epochs.includes(e)) this.epochs.push(e);
    else if (this.epochs.at(-1) !== e) this.violations.push(`${c}: back to epoch ${e}`);
    this.changes++;
    const rows = new Map(y.map((symbol, row) => [symbol, v.map((column) => column[row]!)]));
    this.#tables.set(c, { e, s, rows });
  }

  #delta({ c, e, p, s, d }: DeltaFrame): void {
    const held = this.#tables.get(c);
    if (held === undefined || held.e !== e || p > held.s || s <= held.s) {
      this.violations.push(`${c}: ${e} ${p}-${s} after ${held?.e} ${held?.s}`);
      return;
    }
    held.s = s;
    this.changes++;
    const rows = [...held.rows.values()];
    for (let at = 0; at < d.length;) {
      const cells = rows[d[at++] as number]!;
      forEachBit(d[at++] as number, (field) => cells[field] = d[at++]!);
    }
  }
}
