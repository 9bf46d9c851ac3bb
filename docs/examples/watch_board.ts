// Prints every match of the VN30 board: deno run --allow-net docs/examples/watch_board.ts
// or, from version 22.18 on, node docs/examples/watch_board.ts
import process from "node:process";

const url = process.argv[2] ?? "ws://127.0.0.1:8000/ws";
const socket = new WebSocket(url, "vnstock.v1.json");
const table = "board:vn30";
let fields: string[] = [];
let rows: { symbol: string; cells: unknown[] }[] = [];
let held = { e: "", s: -1 };

socket.onopen = () => socket.send(JSON.stringify({ op: "sub", id: 1, c: [table] }));
socket.onclose = ({ code, reason }) => console.log(`closed with ${code} ${reason}`);
socket.onmessage = ({ data }) => {
  for (const frame of [JSON.parse(data)].flat()) {
    if (frame.k === "hello") fields = frame.schema[table].f;
    if (frame.k === "s") {
      const cellsOf = (row: number) => frame.v.map((column: unknown[]) => column[row]);
      rows = frame.y.map((symbol: string, row: number) => ({ symbol, cells: cellsOf(row) }));
    } else if (frame.k === "d") {
      if (frame.e !== held.e || frame.p > held.s) throw new Error("a frame is missing");
      for (let at = 0; at < frame.d.length;) at = apply(frame.d, at);
    } else continue;
    held = { e: frame.e, s: frame.s };
  }
};

/** Writes the changed cells of the row at `at`: its number, a mask of fields, the values. */
function apply(d: unknown[], at: number): number {
  const { symbol, cells } = rows[d[at++] as number]!;
  // A mask may have 53 bits, more than bitwise operators see in a number.
  const mask = BigInt(d[at++] as number);
  const cell = (name: string) => cells[fields.indexOf(name)];
  const volBefore = cell("vol");
  for (let f = 0; f < fields.length; f++) if (mask >> BigInt(f) & 1n) cells[f] = d[at++];
  if (cell("vol") !== volBefore) console.log(cell("time"), symbol, cell("last"), cell("lastVol"));
  return at;
}
