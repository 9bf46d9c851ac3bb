import assert from "node:assert/strict";
import { parseReplayArgs } from "../../../core/tasks/replay_args.ts";

Deno.test("A date alone replays it as fast as it was received", () => {
  const { DATE, "--speed": speed, ...others } = parseReplayArgs(["2026-11-20"]);
  assert.deepEqual([DATE, speed], ["2026-11-20", 1]);
  assert.ok(Object.values(others).every((value) => value === undefined));
});

Deno.test("Speed, seek, port and provider are read in any order", () => {
  const args = ["--speed", "2.5", "--seek=10:15:30", "2026-11-20", "--port", "0"];
  assert.deepEqual(parseReplayArgs([...args, "--provider", "ssi"]), {
    DATE: "2026-11-20",
    "--speed": 2.5,
    "--seek": 36_930,
    "--port": 0,
    "--provider": "ssi",
  });
  assert.equal(parseReplayArgs(["2026-11-20", "--speed", "max"])["--speed"], "max");
  assert.equal(parseReplayArgs(["2026-11-20", "--seek", "10:15"])["--seek"], 36_900);
});

Deno.test("What is wrong on the command line is named with the wanted form, in one line", () => {
  const wrong = [
    [[], /^Cannot replay: the form is deno task replay DATE/],
    [["2026-11-20", "2026-11-21"], /the form is/],
    [["20/11/2026"], /DATE wants a date such as 2026-11-20/],
    [["2026-02-30"], /DATE wants/],
    [["2026-11-20", "--speed", "0"], /--speed wants a number from 0.1 to 1000, or max/],
    [["2026-11-20", "--speed", "1e3"], /--speed wants/],
    [["2026-11-20", "--seek", "24:00"], /--seek wants a time such as 10:15/],
    [["2026-11-20", "--seek", "9:00"], /--seek wants/],
    [["2026-11-20", "--port", "65536"], /--port wants/],
    [["2026-11-20", "--provider", "dnse"], /--provider wants one of ssi, sim/],
    [["2026-11-20", "--speed"], /--speed.*the form is/],
    [["2026-11-20", "--loop"], /--loop.*the form is/],
  ] as const;
  for (const [args, message] of wrong) {
    assert.throws(() => parseReplayArgs(args), (error: Error) => {
      assert.match(error.message, message);
      return !error.message.includes("\n");
    });
  }
});
