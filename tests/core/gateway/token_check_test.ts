import assert from "node:assert/strict";
import { TICKET_LIFE_MS, TICKETS_MAX, TokenCheck } from "../../../core/gateway/token_check.ts";
import { Secret } from "../../../core/secret.ts";

function tokenCheck(token: string | null = "s3cret-token"): TokenCheck {
  let count = 0;
  return new TokenCheck({
    token: token === null ? null : new Secret(token),
    isPageTicket: (text) => text === "the-page-ticket",
    newTicket: () => `ticket-${count++}`,
  });
}

Deno.test("Without a configured token everybody is let in", () => {
  assert.equal(tokenCheck(null).isValid([], 0), true);
});

Deno.test("With a configured token that token or the page's ticket is needed, exactly (F-109, F-167, B-42)", () => {
  const check = tokenCheck();
  for (const good of [["s3cret-token"], ["the-page-ticket"], ["wrong", "s3cret-token"]]) {
    assert.equal(check.isValid(good, 0), true);
    assert.equal(check.isLasting(good), true);
  }
  for (const bad of [[], [""], ["s3cret-toke"], ["s3cret-token "], ["S3CRET-TOKEN"], ["wrong"]]) {
    assert.equal(check.isValid(bad, 0), false);
  }
});

Deno.test("A one-time ticket works once, within its life, and never for a request", () => {
  const check = tokenCheck();
  const [first, second, third] = [check.issue(0)!, check.issue(0)!, check.issue(0)!];
  assert.equal(check.isLasting([first]), false);
  assert.equal(check.isValid([first], TICKET_LIFE_MS - 1), true);
  assert.equal(check.isValid([first], TICKET_LIFE_MS - 1), false);
  assert.equal(check.isValid([second], TICKET_LIFE_MS), false);
  // What is over stays over, even if time were to stand still.
  assert.equal(check.isValid([second], 0), false);
  assert.equal(check.live, 1);
  assert.equal(check.isValid([third], 1), true);
});

Deno.test("So many tickets may be out, one more is refused until some are used or over", () => {
  const check = tokenCheck();
  for (let i = 0; i < TICKETS_MAX - 1; i++) check.issue(0);
  const last = check.issue(1);
  assert.notEqual(last, null);
  assert.equal(check.issue(1), null);
  assert.deepEqual([check.live, check.issued, check.refused], [TICKETS_MAX, TICKETS_MAX, 1]);
  assert.equal(check.isValid([last!], 1), true);
  assert.notEqual(check.issue(1), null);
  assert.notEqual(check.issue(TICKET_LIFE_MS), null);
  assert.equal(check.live, 2);
});
