import assert from "node:assert/strict";
import { parseExportArgs } from "../../../core/tasks/export_args.ts";
import { EXPORT_TABLES } from "../../../db/export/tables.ts";

const DATES = ["--from", "2026-11-19", "--to", "2026-11-20"];

Deno.test("deno task export - asks for all tables as CSV unless told otherwise", () => {
  assert.deepEqual(parseExportArgs(DATES), {
    ...{ from: "2026-11-19", to: "2026-11-20" },
    ...{ symbols: null, tables: EXPORT_TABLES, format: "csv", out: null },
  });
  const some = [
    "--symbols",
    "VCB,fpt,VCB",
    "--table",
    "trades",
    "--format",
    "parquet",
    "--out",
    "there",
  ];
  assert.deepEqual(parseExportArgs([...DATES, ...some]), {
    ...{ from: "2026-11-19", to: "2026-11-20" },
    ...{ symbols: ["FPT", "VCB"], tables: ["trades"], format: "parquet", out: "there" },
  });
});

Deno.test("deno task export - a wrong command line names the wanted form", () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /--from wants a value/],
    [["--from", "2026-11-20", "--to", "2026-11-19"], /--to wants a date that is not before --from/],
    [["--from", "2010-01-01", "--to", "2026-11-19"], /at most 3660 days/],
    [["--from", "2026-02-30", "--to", "2026-11-19"], /--from wants a date such as/],
    [[...DATES, "--table", "orders"], /--table wants one of trades, candles_1m/],
    [[...DATES, "--format", "xlsx"], /--format wants one of csv, parquet/],
    [[...DATES, "--symbols", "a;b"], /--symbols wants up to/],
    [[...DATES, "--quick"], /'--quick'/],
    [[...DATES, "2026-11-21"], /2026-11-21/],
  ];
  for (const [args, problem] of wrong) {
    assert.throws(() => parseExportArgs(args), problem);
    assert.throws(
      () => parseExportArgs(args),
      /^Error: Cannot export: .*deno task export --from DATE/,
    );
  }
});
