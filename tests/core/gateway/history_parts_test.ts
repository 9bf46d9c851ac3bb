import assert from "node:assert/strict";
import fc from "fast-check";
import { EntityTag, isHeld } from "../../../core/gateway/entity_tag.ts";
import { Cursors } from "../../../core/gateway/cursor.ts";
import { MEDIA_TYPES, negotiate } from "../../../core/gateway/negotiate.ts";
import { RowWriter } from "../../../core/gateway/history_text.ts";

const CURSOR = {
  key: { date: "2026-07-30", n: 500 },
  range: { fromDate: "2026-07-30", toDate: "2026-08-03", fromMs: 1, untilMs: 2 },
};

Deno.test("The most exact range of an Accept header decides, then its weight, then our order", () => {
  assert.equal(negotiate("text/csv, application/json"), "json");
  assert.equal(negotiate("text/csv;q=1.0, */*;q=0.1"), "csv");
  assert.equal(negotiate("text/csv;q=0, text/*"), null);
  assert.equal(negotiate("application/*;q=0.2, application/json;q=0.1"), "ndjson");
  assert.equal(negotiate("text/csv;header=present;q=0.7"), "csv");
  for (const none of ["text/html", "q=1", ";", "json", "text/csv;q=1.5", "text/csv;q=-1"]) {
    assert.equal(negotiate(none), null, none);
  }
});

Deno.test("Any Accept header has an answer that it names, or none", () => {
  fc.assert(fc.property(fc.string({ unit: "binary-ascii", maxLength: 200 }), (accept) => {
    const format = negotiate(accept);
    if (format === null || accept.trim() === "") return;
    assert.ok(accept.includes("*") || accept.toLowerCase().includes(MEDIA_TYPES[format]));
  }));
});

Deno.test("A cursor is read by the query and database that wrote it, and by no other", () => {
  const cursors = new Cursors("sim 2026", ["/a", "start=x"]);
  const text = cursors.write(CURSOR);
  assert.match(text, /^[\w-]+\.[\w-]{22}$/);
  assert.deepEqual(new Cursors("sim 2026", ["/a", "start=x"]).read(text), CURSOR);
  for (
    const [database, query] of [
      ["ssi 2026", ["/a", "start=x"]],
      ["sim 2026", ["/b", "start=x"]],
      ["sim 2026", ["/a", "start=y"]],
      ["sim 2026", ["/astart=x"]],
    ] as const
  ) assert.equal(new Cursors(database, query).read(text), null);
});

Deno.test("No other text is a cursor, whichever character of it was changed", () => {
  const cursors = new Cursors("sim 2026", ["/a"]);
  const text = cursors.write(CURSOR);
  for (let i = 0; i < text.length; i++) {
    for (const letter of ["A", "Q", "_", "=", ".", ""]) {
      const other = text.slice(0, i) + letter + text.slice(i + 1);
      if (other !== text) assert.equal(cursors.read(other), null, other);
    }
  }
  fc.assert(fc.property(fc.string(), (other) => {
    if (other !== text) assert.equal(cursors.read(other), null);
  }));
});

Deno.test("Tags differ with what is said and where a text ends, and are compared weakly", () => {
  const tagOf = (...texts: string[]) =>
    texts.reduce((tag, text) => tag.add(text), new EntityTag()).toString();
  const tag = tagOf("ab", "c");
  assert.notEqual(tag, tagOf("a", "bc"));
  assert.equal(tag, tagOf("ab", "c"));
  const asks = (held: string) =>
    isHeld(new Request("http://localhost/", { headers: { "if-none-match": held } }), tag);
  assert.ok(asks(tag) && asks(tag.slice(2)) && asks(`W/"x" , ${tag}`) && asks("*"));
  assert.ok(!asks('"x"') && !asks("") && !isHeld(new Request("http://localhost/"), tag));
});

Deno.test("Cells of CSV are quoted where a comma, a quote or a line end is in them", () => {
  const writer = new RowWriter("csv", ["a", "b", "c"], { label: "x" });
  assert.equal(writer.head, "a,b,c,label\r\n");
  assert.equal(
    writer.write([{ a: 'say "no", now', b: null, c: "two\nlines" }]),
    [
      ...['"say ""no"", now",,"two\nlines",x', ""],
    ].join("\r\n"),
  );
  assert.equal(writer.write([{ a: 0, b: false, c: { d: [1] } }]), '0,false,"{""d"":[1]}",x\r\n');
});
