import assert from "node:assert/strict";
import { Admission, type AdmissionOptions, REFUSED_MAX } from "../../../core/gateway/admission.ts";
import { CONNECTIONS_PER_WINDOW, WINDOW_MS } from "../../../core/gateway/connection_rate.ts";
import type { Knock, Verdict } from "../../../core/gateway/door.ts";
import type { Lease } from "../../../core/gateway/places.ts";
import { TICKET_LIFE_MS } from "../../../core/gateway/token_check.ts";
import { parseNetwork } from "../../../core/ip.ts";
import { Secret } from "../../../core/secret.ts";

const PEER = "203.0.113.7";
const KNOCK: Knock = {
  peer: PEER,
  forwardedFor: null,
  origin: null,
  target: "http://localhost:8000",
  tokens: [],
  isVersioned: false,
};

function admission(options: Partial<AdmissionOptions> = {}) {
  const clock = { now: 1_000, nowMs: () => clock.now };
  let tickets = 0;
  const door = new Admission({
    clock,
    token: null,
    isPageTicket: (text) => text === "the-page-ticket",
    newTicket: () => `ticket-${tickets++}`,
    origins: ["https://board.example.vn"],
    trust: { hops: 0, networks: [] },
    perAddressMax: 5,
    totalMax: 8,
    isDraining: () => false,
    ...options,
  });
  const knock = (with_: Partial<Knock> = {}) => door.admit({ ...KNOCK, ...with_ });
  return { door, clock, knock };
}

function why(verdict: Verdict): string {
  return verdict.ok ? "admitted" : verdict.why;
}

function leaseOf(verdict: Verdict): Lease {
  assert.notEqual(verdict.lease, null);
  return verdict.lease!;
}

Deno.test("Origin, stop, rate, token and places are looked at in this order, and each refusal counts (F-113, F-157, F-160)", () => {
  const draining = admission({ isDraining: () => true });
  assert.equal(why(draining.knock({ origin: "https://evil.io" })), "origin");
  assert.equal(why(draining.knock()), "draining");
  const { door, knock } = admission({ token: new Secret("s3cret-token"), perAddressMax: 1 });
  assert.equal(why(knock({ tokens: ["wrong"] })), "token");
  const tokens = ["s3cret-token"];
  assert.equal(why(knock({ tokens })), "admitted");
  assert.equal(why(knock({ tokens: ["wrong"] })), "token");
  assert.equal(why(knock({ tokens })), "address");
  for (let i = 4; i < CONNECTIONS_PER_WINDOW; i++) knock();
  assert.equal(why(knock({ tokens: ["wrong"] })), "rate");
  assert.equal(door.metrics().ws_refused_address_total, 1);
  assert.equal(door.metrics().ws_refused_rate_total, 1);
  assert.equal(door.metrics().ws_refused_token_total, CONNECTIONS_PER_WINDOW - 2);
  assert.equal(door.metrics().ws_admitted_total, 1);
});

Deno.test("A client of the versioned protocol may bring its token later, not a wrong one now", () => {
  const { door, knock } = admission({ token: new Secret("s3cret-token") });
  const later = knock({ isVersioned: true });
  assert.ok(later.ok && !later.isAuthenticated);
  assert.equal(why(knock({ isVersioned: true, tokens: ["wrong"] })), "token");
  assert.equal(why(knock()), "token");
  assert.equal(door.isValidToken("s3cret-token"), true);
  assert.equal(door.isValidToken("wrong"), false);
  const known = knock({ isVersioned: true, tokens: ["s3cret-token"] });
  assert.ok(known.ok && known.isAuthenticated);
});

Deno.test("A ticket opens one socket within its life, by whatever way it comes", () => {
  const { door, knock, clock } = admission({ token: new Secret("s3cret-token") });
  const [first, second, third] = [door.issueTicket()!, door.issueTicket()!, door.issueTicket()!];
  assert.equal(door.isKnown([first]), false);
  assert.equal(why(knock({ tokens: [first] })), "admitted");
  assert.equal(why(knock({ tokens: [first] })), "token");
  assert.equal(door.isValidToken(first), false);
  assert.equal(door.isValidToken(second), true);
  // A clock that is set back makes no ticket live longer.
  clock.now -= 10_000;
  assert.equal(door.isValidToken("wrong"), false);
  clock.now += TICKET_LIFE_MS;
  assert.equal(door.isValidToken(third), false);
});

Deno.test("The rate holds for an address and comes back with time, whatever the clock is set to", () => {
  const { knock, clock } = admission({ perAddressMax: 1_000, totalMax: 1_000 });
  for (let i = 0; i < CONNECTIONS_PER_WINDOW - 1; i++) leaseOf(knock()).release();
  assert.equal(why(knock()), "admitted");
  assert.equal(why(knock()), "rate");
  assert.equal(why(knock({ peer: "203.0.113.8" })), "admitted");
  clock.now -= 86_400_000;
  assert.equal(why(knock()), "rate");
  clock.now += WINDOW_MS;
  assert.equal(why(knock()), "admitted");
});

Deno.test("This machine may connect at any rate, and holds no more places than others", () => {
  const { knock } = admission();
  for (const peer of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) {
    for (let i = 0; i < 2 * CONNECTIONS_PER_WINDOW; i++) leaseOf(knock({ peer })).release();
  }
  const leases = Array.from({ length: 6 }, () => why(knock({ peer: "127.0.0.1" })));
  assert.deepEqual(leases.slice(4), ["admitted", "address"]);
});

Deno.test("Behind a proxy each client has its own places", () => {
  const { knock } = admission({
    perAddressMax: 1,
    trust: { hops: 1, networks: [parseNetwork("127.0.0.0/8")!] },
  });
  const from = (forwardedFor: string) => why(knock({ peer: "127.0.0.1", forwardedFor }));
  assert.equal(from("203.0.113.7"), "admitted");
  assert.equal(from("198.51.100.1, 203.0.113.7"), "address");
  assert.equal(from("203.0.113.8"), "admitted");
  assert.equal(from("2001:db8::1"), "admitted");
  assert.equal(from("2001:db8::2"), "address");
});

Deno.test("Refused sockets have places until they are closed; without one the refusal is an answer", () => {
  const { door, knock } = admission({ totalMax: 0 });
  const verdicts = Array.from({ length: REFUSED_MAX }, () => knock());
  assert.ok(verdicts.every((verdict) => why(verdict) === "total" && verdict.lease !== null));
  assert.equal(knock().lease, null);
  assert.equal(door.open.refused, REFUSED_MAX);
  leaseOf(verdicts[0]!).release();
  leaseOf(verdicts[0]!).release();
  assert.equal(door.open.refused, REFUSED_MAX - 1);
  assert.notEqual(knock().lease, null);
  assert.equal(knock({ origin: "null" }).lease, null);
});

Deno.test("Each limit stands beside what is used of it, and closed sockets tell how long they were open", () => {
  const { door, knock, clock } = admission();
  const lease = leaseOf(knock());
  door.issueTicket();
  clock.now += 3_000;
  const { ws_open, ws_open_max, ws_rate_addresses, ws_tickets_live } = door.metrics();
  assert.deepEqual([ws_open, ws_open_max, ws_rate_addresses, ws_tickets_live], [1, 8, 1, 1]);
  lease.release();
  lease.release();
  assert.equal(door.metrics().ws_held_seconds_total, 3);
  assert.deepEqual(door.open, { links: 0, addresses: 0, refused: 0 });
});
