import assert from "node:assert/strict";
import fc from "fast-check";
import { Secret } from "../../../core/secret.ts";
import {
  addressKey,
  Admission,
  type AdmissionOptions,
  givenTokens,
  type Lease,
  readProtocols,
  REFUSED_MAX,
} from "../../../core/gateway/admission.ts";

function admission(options: Partial<AdmissionOptions> = {}): Admission {
  return new Admission({
    token: null,
    ticket: "the-ticket",
    origins: ["https://board.example.vn"],
    perAddressMax: 5,
    totalMax: 8,
    ...options,
  });
}

function request(headers: Record<string, string>, query = ""): Request {
  return new Request(`http://localhost:8000/ws${query}`, { headers });
}

Deno.test("Only our own origin and the configured ones may open sockets, character by character (F-157)", () => {
  const verdicts: [string, boolean][] = [
    ["http://localhost:8000", true],
    ["https://board.example.vn", true],
    ["https://localhost:8000", false],
    ["http://localhost", false],
    ["http://localhost:8001", false],
    ["http://localhost:8000.evil.io", false],
    ["https://board.example.vn.evil.io", false],
    ["http://board.example.vn", false],
    ["https://evil.io", false],
    ["null", false],
  ];
  const guard = admission();
  for (const [origin, isAllowed] of verdicts) {
    assert.equal(guard.isOriginAllowed(request({ origin })), isAllowed, origin);
  }
  assert.equal(guard.isOriginAllowed(request({})), true);
  assert.equal(guard.counters.badOrigin, verdicts.filter(([, isAllowed]) => !isAllowed).length);
});

Deno.test("Without a configured token everybody is let in", () => {
  assert.equal(admission().isAuthenticated([]), true);
});

Deno.test("With a configured token that token or the ticket is needed, exactly (F-109, F-167, B-42)", () => {
  const guard = admission({ token: new Secret("s3cret-token") });
  for (const good of [["s3cret-token"], ["the-ticket"], ["wrong", "s3cret-token"]]) {
    assert.equal(guard.isAuthenticated(good), true);
  }
  for (const bad of [[], [""], ["s3cret-toke"], ["s3cret-token "], ["S3CRET-TOKEN"], ["wrong"]]) {
    assert.equal(guard.isAuthenticated(bad), false);
  }
  assert.equal(guard.counters.unauthenticated, 6);
});

Deno.test("A token is found in the query, the subprotocol and the Authorization header (F-109)", () => {
  const text = "tick~et/+";
  const entry = `base64url.bearer.vnstock.${btoa(text).replaceAll("+", "-").replaceAll("=", "")}`;
  assert.deepEqual(givenTokens(request({}, "?token=abc"), []), ["abc"]);
  assert.deepEqual(givenTokens(request({}), ["vnstock.v1.json", entry]), [text]);
  assert.deepEqual(givenTokens(request({ authorization: "Bearer abc" }), []), ["abc"]);
  assert.deepEqual(givenTokens(request({}), ["base64url.bearer.vnstock.a"]), [""]);
});

Deno.test("A list of subprotocols is read; a malformed or repeating one is refused", () => {
  assert.deepEqual(readProtocols(null), []);
  assert.deepEqual(readProtocols("a, b.c"), ["a", "b.c"]);
  for (const bad of ["", ",", "a,", "a b", "a,,b", 'a"b', "a, a", "x".repeat(513)]) {
    assert.equal(readProtocols(bad), null, bad);
  }
});

Deno.test("An address has as many places as its limit, and one given back can be taken again (F-111, F-149)", () => {
  const guard = admission();
  const leases = Array.from({ length: 5 }, () => guard.take("10.0.0.1"));
  assert.ok(leases.every((lease) => typeof lease === "object"));
  assert.equal(guard.take("10.0.0.1"), "per-address");
  assert.equal(typeof guard.take("10.0.0.2"), "object");
  (leases[0] as Lease).release();
  (leases[0] as Lease).release();
  assert.equal(typeof guard.take("10.0.0.1"), "object");
  assert.equal(guard.take("10.0.0.1"), "per-address");
});

Deno.test("All addresses together have a limit too (F-148)", () => {
  const guard = admission();
  for (let i = 0; i < 8; i++) assert.equal(typeof guard.take(`10.0.0.${i}`), "object");
  assert.equal(guard.take("10.0.0.9"), "total");
  assert.deepEqual([guard.counters.total, guard.open.links, guard.open.addresses], [1, 8, 8]);
});

Deno.test("Refused sockets are counted while they are open", () => {
  const guard = admission();
  const leases = Array.from({ length: REFUSED_MAX }, () => guard.takeRefused());
  assert.ok(leases.every((lease) => lease !== null));
  assert.equal(guard.takeRefused(), null);
  leases[0]!.release();
  assert.notEqual(guard.takeRefused(), null);
});

Deno.test("Whatever is taken and given back, counts are exact and end at nothing (F-114)", () => {
  const step = fc.record({ address: fc.nat(3), isRelease: fc.boolean(), at: fc.nat(20) });
  fc.assert(fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
    const guard = admission();
    const held: { address: string; lease: Lease }[] = [];
    const released: Lease[] = [];
    for (const { address, isRelease, at } of steps) {
      const name = `10.0.0.${address}`;
      if (!isRelease) {
        const lease = guard.take(name);
        if (typeof lease === "object") held.push({ address: name, lease });
      } else {
        const [gone] = held.splice(at % Math.max(1, held.length), 1);
        for (const lease of [gone?.lease, ...released]) lease?.release();
        if (gone !== undefined) released.push(gone.lease);
      }
      assert.equal(guard.open.links, held.length);
      assert.equal(guard.open.addresses, new Set(held.map((h) => h.address)).size);
    }
    for (const { lease } of held) lease.release();
    assert.deepEqual(guard.open, { links: 0, addresses: 0, refused: 0 });
  }));
});

Deno.test("Addresses of one IPv6 network are one client, a mapped IPv4 address is itself", () => {
  const same = ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:0DB8:0000:0001:1:2:3:4"];
  assert.deepEqual(new Set(same.map(addressKey)).size, 1);
  assert.notEqual(addressKey("2001:db8:0:2::1"), addressKey(same[0]!));
  assert.equal(addressKey("::ffff:10.0.0.1"), "10.0.0.1");
  assert.equal(addressKey("::1"), "0:0:0:0::/64");
  assert.equal(addressKey("fe80::1%eth0"), "fe80:0:0:0::/64");
});
