import assert from "node:assert/strict";
import { placeOf, readSeen, unseenOf, writeSeen } from "../../../components/shell/seen_alerts.ts";

Deno.test("Alerts are new until they are looked at, and all of them on another trading date", () => {
  const seen = { date: "2026-08-03", n: 7 };
  assert.equal(unseenOf(null, "2026-08-03", 9), 9);
  assert.equal(unseenOf(seen, "2026-08-03", 9), 2);
  assert.equal(unseenOf(seen, "2026-08-03", 5), 0);
  assert.equal(unseenOf(seen, "2026-08-04", 3), 3);
});

Deno.test("The place in the alerts is kept; what is no place reads as none", () => {
  writeSeen({ date: "2026-08-03", n: 7 });
  assert.deepEqual(readSeen(), { date: "2026-08-03", n: 7 });
  for (const text of ["", "2026-08-03", "#7", "2026-08-03#x"]) {
    localStorage.setItem("alertsSeen", text);
    assert.equal(readSeen(), null);
  }
  localStorage.removeItem("alertsSeen");
});

Deno.test("Places of alerts compare as texts: by date, then by number", () => {
  const places = [["2026-08-03", 99], ["2026-08-03", 100], ["2026-08-04", 1]] as const;
  const texts = places.map(([date, n]) => placeOf({ date, n }));
  assert.deepEqual(texts.toSorted(), texts);
});
