import assert from "node:assert/strict";
import { lineOf, pictureOf } from "../../../core/tasks/watch/picture.ts";
import { parseWatchArgs, type WatchPlan } from "../../../core/tasks/watch/plan.ts";
import { lengthOf, painted } from "../../../core/tasks/watch/text.ts";
import type { Watched } from "../../../core/tasks/watch/watched.ts";
import { Secret } from "../../../core/secret.ts";
import { cellsOf, liveStatus, NINE_THIRTY_MS } from "../hub/world.ts";
import { TestServer } from "../gateway/test_server.ts";

const LIMITS = { exchange: "HOSE", ref: 20_000, ceil: 21_400, floor: 18_600 } as const;
const ROWS = [
  { symbol: "ACB", ...LIMITS, last: 21_400, vol: 1_000, val: 2e9 },
  { symbol: "FPT", ...LIMITS, last: 18_600, vol: 2_000, val: 3e9 },
  { symbol: "HPG", ...LIMITS, last: 20_500, vol: 3_000, val: 1e9 },
  { symbol: "MSN", ...LIMITS, session: "ATC", last: 20_000, est: 19_900 },
  { symbol: "VNM", ...LIMITS, last: null },
];
const WATCHED: Watched = {
  rows: ROWS,
  indices: [{ symbol: "VN30", name: "VN30", value: 1_912.34, prior: 1_900 }],
  feed: liveStatus(),
  socket: { state: "open", attempts: 0 },
  asOfMs: NINE_THIRTY_MS,
};
const EN = { sort: "table", lang: "en", form: "once", channel: "board:vn30" } as const;
const SIZE = { columns: 120, rows: 40 };

const textsOf = (
  watched: Watched,
  plan: Parameters<typeof pictureOf>[1] = EN,
  size = SIZE,
  isColored = false,
) => pictureOf(watched, plan, size).map((line) => painted(line, isColored, size.columns));

Deno.test("The board in a terminal says what the page says, with marks in place of colours (N-35, N-30)", () => {
  const [state, indices, , head, ...rows] = textsOf(WATCHED);
  assert.match(state!, /Live.*09:30:00 03\/08\/2026$/);
  assert.equal(indices, "VN30 ▲ 1,912.34 +12.34 (+0.65%)");
  assert.match(head!, /^Symbol .*Match .*Ask 1/);
  assert.match(rows[0]!, /^ACB .* 21\.40 CE +\+1\.40 +\+7\.00% .* 1,000 +2\.00$/);
  assert.match(rows[1]!, /^FPT .* 18\.60 FL +-1\.40 +-7\.00% /);
  assert.match(rows[2]!, /^HPG .* 20\.50 ▲ +\+0\.50 +\+2\.50% /);
  // In a call auction the expected price stands, and says that it is one.
  assert.match(rows[3]!, /^MSN .* 19\.90\* ▼ +-0\.10 /);
  assert.match(rows[4]!, /^VNM +20\.00 +21\.40$/);
  assert.equal(rows[5], "5/5 symbols · * expected price");
  assert.doesNotMatch(rows.join(), /NaN|null|undefined/);
});

Deno.test("A board in a terminal tells the session of its own exchange", () => {
  const phases = {
    ...{ HOSE: "put-through", HNX: "plo", UPCOM: "continuous", DERIVATIVES: "closed" } as const,
  };
  const watched = { ...WATCHED, feed: { ...liveStatus(), phases } };
  const sessionOf = (channel: WatchPlan["channel"]) => textsOf(watched, { ...EN, channel })[0];
  assert.match(sessionOf("board:vn30")!, / HOSE Put-through · /);
  assert.match(sessionOf("board:hnx")!, / HNX After-hours \(PLO\) · /);
  assert.match(sessionOf("board:upcom")!, / UPCoM Continuous trading · /);
  assert.match(sessionOf("board:der")!, / Derivatives Closed · /);
  assert.match(sessionOf("market")!, / HOSE Put-through · /);
});

Deno.test("A terminal gets colours, a screen that fits it, and what matters most when it is narrow (N-35)", () => {
  const screen = { ...EN, form: "screen" } as const;
  const lines = pictureOf(WATCHED, screen, { columns: 30, rows: 7 });
  assert.equal(lines.length, 7);
  for (const line of lines) assert.ok(lengthOf(painted(line, false, 30)) <= 30);
  const [, , , head, first, second, foot] = lines.map((line) => painted(line, false, 30));
  assert.match(head!, /^Symbol +Match +%$/);
  assert.match(first!, /^ACB +21\.40 CE +\+7\.00%$/);
  assert.match(second!, /^FPT /);
  assert.match(foot!, /^2\/5 symbols · Ctrl-C/);
  const colored = textsOf(WATCHED, EN, SIZE, true).map((line) => line.replaceAll("\x1b", "ESC"));
  assert.match(colored[4]!, /ESC\[95m *21\.40 CEESC\[0m/);
  assert.match(colored[5]!, /ESC\[96m *18\.60 FLESC\[0m/);
});

Deno.test("Simulated and stale numbers are labelled in the terminal, and rows are sorted as asked (N-35)", () => {
  const feed = { ...liveStatus(), provider: "sim" } as const;
  assert.match(textsOf({ ...WATCHED, feed })[0]!, /simulated/);
  assert.match(
    painted(
      lineOf({ ...WATCHED, feed }, { lang: "vi", symbols: null, channel: "board:vn30" }),
      false,
    ),
    /mô phỏng/,
  );
  const socket = { state: "reconnecting", attempts: 2 } as const;
  assert.match(textsOf({ ...WATCHED, socket })[0]!, /Reconnecting \(attempt 2\)/);
  const order = (sort: "percent" | "value") =>
    textsOf(WATCHED, { ...EN, sort }).slice(4, -1).map((line) => line.slice(0, 3)).join(" ");
  assert.equal(order("percent"), "ACB HPG MSN FPT VNM");
  assert.equal(order("value"), "FPT ACB HPG MSN VNM");
  const empty = { ...WATCHED, rows: null, indices: null, feed: null, asOfMs: null };
  assert.deepEqual(textsOf(empty), ["Connecting", "", "", "Waiting for data"]);
});

Deno.test("The command line of the terminal board is read strictly", () => {
  const plan = parseWatchArgs(["--symbols", "fpt,VNM", "--line"]);
  assert.deepEqual(plan.symbols, ["FPT", "VNM"]);
  assert.equal(plan.channel, "market");
  assert.equal(plan.url, "ws://127.0.0.1:8000/ws");
  assert.equal(parseWatchArgs(["https://board.vn"]).url, "wss://board.vn/ws");
  assert.equal(parseWatchArgs(["ws://127.0.0.1:8001/ws"]).url, "ws://127.0.0.1:8001/ws");
  for (
    const [args, what] of [
      [["--board", "nyse"], /board: .*"vn30".*; the form is deno task watch/],
      [["--symbols", "F PT"], /symbols.0: 1 to 20 letters and digits/],
      [["--symbols", "FPT", "--board", "hnx"], /one of --board and --symbols/],
      [["--line", "--once"], /one of --line and --once/],
      [["127.0.0.1"], /url: the address wants a form/],
      [["--colour"], /Unknown option '--colour'/],
    ] as const
  ) assert.throws(() => parseWatchArgs(args), { message: what });
});

/** The program itself, as the task runs it. */
function watch(args: readonly string[], token = ""): Deno.ChildProcess {
  const { tasks } = JSON.parse(Deno.readTextFileSync("deno.json"));
  const [command, ...rest] = tasks.watch.command.split(" ") as [string, ...string[]];
  const env = { WATCH_TOKEN: token };
  const pipes = { stdout: "piped", stderr: "piped" } as const;
  return new Deno.Command(command, { args: [...rest, ...args], env, ...pipes }).spawn();
}

Deno.test("deno task watch - shows what a server has, follows it line by line, and says when it is not wanted (N-35)", async () => {
  await using server = await TestServer.startedOn("deno", {
    config: { wsAuthToken: new Secret("open-sesame") },
  });
  const put = (value: number) => {
    const values = { name: "VN30", value, prior: 1_900 };
    server.publisher.put("index", "VN30", cellsOf("index", values));
    server.tick();
  };
  put(1_912.34);
  const address = `http://127.0.0.1:${server.port}`;
  const once = await watch([address, "--once", "--lang", "en"], "open-sesame").output();
  const text = new TextDecoder().decode(once.stdout);
  assert.equal(once.code, 0, new TextDecoder().decode(once.stderr));
  assert.match(text, /^ Live .*\nVN30 ▲ 1,912\.34 .*\n\nSymbol .*\nACB\nFPT\nVNM\n3\/3 symbols\n$/);

  const following = watch([address, "--line", "--lang", "en"], "open-sesame");
  let lines = "";
  for await (const part of following.stdout.pipeThrough(new TextDecoderStream())) {
    lines += part;
    if (lines.includes("1,950.00")) break;
    if (lines.includes("1,912.34")) put(1_950);
  }
  following.kill("SIGTERM");
  await Promise.all([following.status, following.stderr.cancel()]);

  const refused = await watch([address, "--once"], "wrong").output();
  assert.equal(refused.code, 1);
  assert.match(new TextDecoder().decode(refused.stderr), /refuses this client; check WATCH_TOKEN/);
});
