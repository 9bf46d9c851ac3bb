import assert from "node:assert/strict";
import { parseArguments } from "../../../../core/tasks/backfill/arguments.ts";

const read = (line: string) => parseArguments(line === "" ? [] : line.split(" "));

Deno.test("backfill - without arguments thirty days of VN30 are asked for", () => {
  assert.deepEqual(read(""), {
    ok: true,
    wanted: { days: 30, names: "vn30", kinds: ["prices", "index", "intraday"] },
  });
});

Deno.test("backfill - arguments are read in any case and order", () => {
  assert.deepEqual(read("--kinds INTRADAY,prices --symbols fpt,VN30 --days=5"), {
    ok: true,
    wanted: { days: 5, names: ["FPT", "VN30"], kinds: ["prices", "intraday"] },
  });
  const all = read("--scope all");
  assert.equal(all.ok && all.wanted.names, "all");
});

Deno.test("backfill - a wrong argument is one line that names the wanted form", () => {
  const problems: Record<string, RegExp> = {
    "--days 0": /^--days wants a whole number from 1 to 365$/,
    "--days 366": /^--days wants/,
    "--scope hose": /^--scope wants one of vn30, all$/,
    "--symbols F;T": /^--symbols wants up to/,
    "--symbols FPT --scope all": /^--scope wants to be left out/,
    "--kinds weekly": /^--kinds wants some of prices,daily,index,intraday/,
    "--kinds ": /^--kinds wants/,
    "--year 1": /'--year'/,
    "FPT": /FPT/,
    "--days": /--days/,
  };
  for (const [line, problem] of Object.entries(problems)) {
    const parsed = read(line);
    assert.match(parsed.ok ? "" : parsed.problem, problem, line);
    assert.ok(!parsed.ok && !parsed.problem.includes("\n"), line);
  }
});
