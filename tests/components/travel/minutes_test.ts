import assert from "node:assert/strict";
import { minuteAfter, minuteNumber, minuteText } from "../../../components/travel/minutes.ts";

Deno.test("Minutes are numbers and texts of the same time", () => {
  for (const text of ["00:00", "08:45", "10:42", "14:59"]) {
    assert.equal(minuteText(minuteNumber(text)), text);
  }
});

Deno.test("Playing goes on by a minute, and over the lunch break at once (N-15)", () => {
  const after = (text: string) => minuteText(minuteAfter(minuteNumber(text)));
  assert.deepEqual(
    ["10:59", "11:30", "11:31", "12:59", "13:00"].map(after),
    ["11:00", "11:31", "13:00", "13:00", "13:01"],
  );
});
