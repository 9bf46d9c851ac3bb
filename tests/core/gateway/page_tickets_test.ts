import assert from "node:assert/strict";
import { PageTickets } from "../../../core/gateway/page_tickets.ts";

function pageTickets(name: string): PageTickets {
  let count = 0;
  return new PageTickets(() => `${name}-${count++}`);
}

Deno.test("Each page has a ticket of its own, and each of them is valid", () => {
  const tickets = pageTickets("a");
  const [first, second] = [tickets.issue(), tickets.issue()];
  assert.notEqual(first.split(".")[1], second.split(".")[1]);
  assert.deepEqual([first, second].map((text) => tickets.isValid(text)), [true, true]);
});

Deno.test("A ticket of another process, a changed one and half a one are not valid", () => {
  const tickets = pageTickets("a");
  const ticket = tickets.issue();
  const [salt, seal] = ticket.split(".") as [string, string];
  const bad = [pageTickets("b").issue(), `x${ticket}`, `${salt}.`, `.${seal}`, salt, seal, "", "."];
  for (const text of bad) assert.equal(tickets.isValid(text), false, text);
});
