import assert from "node:assert/strict";
import { instantOf, momentText, parseMoment } from "../../../core/wire/moment.ts";

Deno.test("A moment is a day of the calendar and a minute of it, and nothing near it (N-15)", () => {
  const moment = parseMoment("2026-11-20T10:42");
  assert.deepEqual(moment, { date: "2026-11-20", minute: "10:42" });
  assert.equal(momentText(moment!), "2026-11-20T10:42");
  assert.equal(instantOf(moment!), Date.parse("2026-11-20T10:42:00+07:00"));
  const wrong = [
    "",
    "10:42",
    "2026-11-20",
    "2026-11-20T",
    "2026-11-20T9:42",
    "2026-11-20T24:00",
    "2026-11-20T10:60",
    "2026-11-20T10:42:00",
    "2026-02-30T10:42",
    "2026-11-20T10:42T10:43",
    "2026-11-20 10:42",
    "../../etc/passwdT10:42",
  ];
  for (const text of wrong) assert.equal(parseMoment(text), null, text);
});
