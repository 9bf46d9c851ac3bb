import assert from "node:assert/strict";
import { Secret } from "../../core/secret.ts";
import { testApp } from "./app_fixture.ts";

const PATH = "/api/calendar.ics";

Deno.test("The calendar is given without a token, in either language, and again only when it changed (N-23)", async () => {
  const app = testApp({ wsAuthToken: new Secret("a.long-token_1") });
  const vi = await app.ask(PATH);
  assert.deepEqual([vi.status, vi.headers.get("content-type")], [
    200,
    "text/calendar; charset=utf-8",
  ]);
  assert.match(await vi.text(), /^BEGIN:VCALENDAR\r\n[^]*Nghỉ giao dịch: /);
  const en = await app.ask(`${PATH}?lang=en`);
  assert.match(await en.text(), /No trading: /);
  const etag = en.headers.get("etag")!;
  const held = await app.ask(`${PATH}?lang=en`, { headers: { "if-none-match": etag } });
  assert.deepEqual([held.status, await held.text()], [304, ""]);
  const other = await app.ask(PATH, { headers: { "if-none-match": etag } });
  assert.equal(other.status, 200);
  await other.body?.cancel();
});

Deno.test("A language that the calendar does not have is refused by name (N-23)", async () => {
  const response = await testApp().ask(`${PATH}?lang=fr`);
  const { parameter, wanted } = await response.json();
  assert.deepEqual([response.status, parameter, wanted], [400, "lang", "one of vi, en"]);
});
