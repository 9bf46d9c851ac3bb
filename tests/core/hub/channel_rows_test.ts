import assert from "node:assert/strict";
import fc from "fast-check";
import type { ChannelRows } from "../../../core/hub/channel_rows.ts";
import { filteredRows } from "../../../core/hub/filtered_rows.ts";
import { GroupRows } from "../../../core/hub/group_rows.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import { Replica } from "../../../core/hub/replica.ts";
import { VersionedTable } from "../../../core/hub/table.ts";
import type { Cell } from "../../../core/wire/board.ts";
import type { RowSetName } from "../../../core/wire/channel.ts";
import { cellsOf, liveStatus, ROWS } from "./world.ts";

function hub(publisher: Publisher): Replica {
  const replica = new Replica(liveStatus());
  replica.apply(publisher.snapshot());
  return replica;
}

function started(): { publisher: Publisher; replica: Replica } {
  const publisher = new Publisher({ epoch: "e0", status: liveStatus() });
  publisher.setRows(ROWS, "e1");
  publisher.tick(1);
  return { publisher, replica: hub(publisher) };
}

const stock = (exchange: string | null, last = 0) => cellsOf("stock", { exchange, last });

Deno.test("A board has the rows of its exchange in the order of the table, as soon as the exchange is known", () => {
  const { publisher, replica } = started();
  const tick = () => replica.apply(publisher.tick(1)!);
  publisher.put("stock", "VNM", stock("HOSE"));
  publisher.put("stock", "SHS", stock("HNX"));
  tick();
  assert.deepEqual(replica.rows("board:hose")!.symbols, ["VNM"]);
  assert.deepEqual(replica.rows("board:hnx")!.symbols, ["SHS"]);
  assert.deepEqual(replica.rows("board:upcom")!.symbols, []);
  assert.deepEqual(replica.rows("market")!.symbols, ["ACB", "FPT", "VNM", "41I1G8000", "SHS"]);
  const { shapeSeq, seq } = replica.rows("board:hnx")!;
  assert.deepEqual([shapeSeq, seq], [1, 1]);
  publisher.put("stock", "ACB", stock("HOSE"));
  tick();
  const hose = replica.rows("board:hose")!;
  assert.deepEqual([hose.symbols, hose.shapeSeq, hose.seq], [["ACB", "VNM"], 2, 2]);
  // What happens on one board is no news on another.
  publisher.put("stock", "ACB", stock("HOSE", 5));
  tick();
  assert.deepEqual([hose.shapeSeq, hose.seq], [2, 3]);
  assert.deepEqual(
    [replica.rows("board:hnx")!.shapeSeq, replica.position("board:hnx")],
    [1, 1],
  );
});

Deno.test("A row that changes its exchange leaves one board and joins the other", () => {
  const { publisher, replica } = started();
  publisher.put("stock", "VNM", stock("HOSE"));
  publisher.put("stock", "FPT", stock("HOSE"));
  replica.apply(publisher.tick(1)!);
  const [hose, hnx] = [replica.rows("board:hose")!, replica.rows("board:hnx")!];
  assert.deepEqual([hose.symbols, hnx.symbols], [["FPT", "VNM"], []]);
  publisher.put("stock", "FPT", stock("HNX"));
  replica.apply(publisher.tick(2)!);
  assert.deepEqual([hose.symbols, hose.shapeSeq, hose.seq], [["VNM"], 2, 2]);
  assert.deepEqual([hnx.symbols, hnx.shapeSeq, hnx.seq], [["FPT"], 2, 2]);
});

Deno.test("A filter keeps the order of its channel, grows when a named symbol joins, and sees no other news", () => {
  const { publisher, replica } = started();
  const wanted = new Set(["NEW", "VNM", "ACB"]);
  const some = filteredRows(replica.rows("market")!, wanted);
  assert.deepEqual([some.symbols, some.shapeSeq, some.seq], [["ACB", "VNM"], 0, 0]);
  publisher.put("stock", "FPT", stock("HOSE", 1));
  publisher.put("stock", "OTHER", stock("HOSE", 1));
  replica.apply(publisher.tick(1)!);
  assert.deepEqual([some.symbols, some.shapeSeq, some.seq], [["ACB", "VNM"], 0, 0]);
  publisher.put("stock", "NEW", stock("HOSE", 1));
  replica.apply(publisher.tick(2)!);
  assert.deepEqual([some.symbols, some.shapeSeq, some.seq], [["ACB", "VNM", "NEW"], 2, 2]);
  publisher.put("stock", "VNM", stock("HOSE", 1));
  replica.apply(publisher.tick(3)!);
  assert.deepEqual([some.shapeSeq, some.seq], [2, 3]);
  const view = filteredRows(replica.rows("board:vn30")!, wanted);
  assert.deepEqual([view.symbols, view.shapeSeq, view.seq], [["ACB", "VNM"], 0, 3]);
  const single = filteredRows(replica.rows("stock:VNM")!, wanted);
  assert.deepEqual([single.symbols, single.seq], [["VNM"], 3]);
  assert.deepEqual(filteredRows(single, new Set(["ACB"])).symbols, []);
});

/** Counts the cells that are looked at one by one. */
class CountedTable extends VersionedTable {
  looks = 0;
  override cell(row: number, field: number): Cell {
    this.looks++;
    return super.cell(row, field);
  }
}

Deno.test("However many clients ask, a board looks through its table once per change of an exchange", () => {
  const symbols = Array.from({ length: 1_000 }, (_, i) => `S${i}`);
  const table = new CountedTable({ symbols, width: 2, seq: 0 });
  const board = new GroupRows(table, { field: 0, value: "HOSE", openSeq: 0 });
  table.put(5, ["HOSE", 1], 1);
  board.look();
  for (let client = 0; client < 100; client++) assert.deepEqual(board.rows, [5]);
  for (let seq = 2; seq < 100; seq++) {
    table.put(5, ["HOSE", seq], seq);
    board.look();
    assert.equal(board.seq, seq);
  }
  // Once at the start, once when a row joined.
  assert.equal(table.looks, 2_000);
});

/** What a client holds of a channel. */
class Client {
  readonly name: string;
  readonly #rowsOf: (hub: Replica) => ChannelRows;
  #s = -1;
  #symbols: readonly string[] = [];
  #cells: Cell[][] = [];

  constructor(name: string, rowsOf: (hub: Replica) => ChannelRows) {
    this.name = name;
    this.#rowsOf = rowsOf;
  }

  /** Comes up to date as the stream does it: a delta since its seq, or a snapshot. */
  sync(hub: Replica): void {
    const { table, rows, symbols, seq, shapeSeq } = this.#rowsOf(hub);
    if (this.#s >= seq) return;
    if (this.#s < shapeSeq) {
      this.#symbols = [...symbols];
      this.#cells = (rows ?? symbols.map((_, row) => row)).map((row) => table.row(row));
    } else {
      const copy = new VersionedTable({ symbols: this.#symbols, width: table.width, seq: 0 });
      this.#cells.forEach((cells, row) => copy.put(row, cells, 1));
      copy.apply(table.deltaSince(this.#s, rows), seq);
      this.#cells = copy.rows();
    }
    this.#s = seq;
  }

  assertEqual(wanted: readonly (readonly [string, Cell[]])[]): void {
    assert.deepEqual(
      this.#symbols.map((symbol, at) => [symbol, this.#cells[at]]),
      wanted,
      this.name,
    );
  }
}

const SYMS = new Set(["N1", "VNM", "N3", "ACB"]);
const CHANNELS: readonly RowSetName[] = ["market", "board:hose", "board:hnx", "board:vn30"];
const EXCHANGE_OF: Readonly<Record<string, string>> = { "board:hose": "HOSE", "board:hnx": "HNX" };

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("put" as const),
      symbol: fc.constantFrom("ACB", "FPT", "VNM", "N1", "N2", "N3"),
      exchange: fc.constantFrom("HOSE", "HOSE", "HNX", null),
      last: fc.nat(2),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ do: "tick" as const }) },
  // A hub that starts over has no history; clients go from one hub to the other.
  { weight: 1, arbitrary: fc.nat(1).map((hub) => ({ do: "restart" as const, hub })) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("sync" as const), client: fc.nat(7), hub: fc.nat(1) }),
  },
);

Deno.test("A client of any channel and filter, at any hub, from any position, ends with the rows of the engine side (P10)", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
      const { publisher, replica } = started();
      const hubs = [replica, hub(publisher)];
      const clients = CHANNELS.flatMap((name) => [
        new Client(name, (hub) => hub.rows(name)!),
        new Client(`${name} filtered`, (hub) => filteredRows(hub.rows(name)!, SYMS)),
      ]);
      // Inside a tick the feed does not take back what it has just said of an exchange.
      const said = new Map<string, string | null>();
      const tick = () => {
        said.clear();
        const message = publisher.tick(1);
        if (message === null) return;
        for (const hub of hubs) assert.notEqual(hub.apply(message), "gap");
      };
      for (const one of acts) {
        if (one.do === "put") {
          const exchange = said.get(one.symbol) ?? one.exchange;
          said.set(one.symbol, exchange);
          publisher.put("stock", one.symbol, stock(exchange, one.last));
        } else if (one.do === "tick") tick();
        else if (one.do === "restart") hubs[one.hub] = hub(publisher);
        else clients[one.client]!.sync(hubs[one.hub]!);
      }
      tick();
      const { symbols, rows } = publisher.snapshot().tables.find(({ name }) => name === "stock")!;
      const all = symbols.map((symbol, row) => [symbol, rows[row] as Cell[]] as const);
      clients.forEach((client, at) => {
        client.sync(hubs[at % 2]!);
        const name = CHANNELS[at >> 1]!;
        const exchange = EXCHANGE_OF[name];
        client.assertEqual(
          all.filter(([symbol, cells]) =>
            (exchange === undefined || cells[0] === exchange) &&
            (name !== "board:vn30" || ROWS[name]!.includes(symbol)) &&
            (at % 2 === 0 || SYMS.has(symbol))
          ),
        );
      });
    }),
    { numRuns: 400 },
  );
});
