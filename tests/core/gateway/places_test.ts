import assert from "node:assert/strict";
import fc from "fast-check";
import { type Lease, Places } from "../../../core/gateway/places.ts";

function places(): Places {
  return new Places({ perAddressMax: 5, totalMax: 8 });
}

Deno.test("An address has as many places as its limit, and one given back can be taken again (F-111, F-149)", () => {
  const held = places();
  const leases = Array.from({ length: 5 }, () => held.take("10.0.0.1"));
  assert.ok(leases.every((lease) => typeof lease === "object"));
  assert.equal(held.take("10.0.0.1"), "address");
  assert.equal(typeof held.take("10.0.0.2"), "object");
  (leases[0] as Lease).release();
  (leases[0] as Lease).release();
  assert.equal(typeof held.take("10.0.0.1"), "object");
  assert.equal(held.take("10.0.0.1"), "address");
});

Deno.test("All addresses together have a limit too (F-148)", () => {
  const held = places();
  for (let i = 0; i < 8; i++) assert.equal(typeof held.take(`10.0.0.${i}`), "object");
  assert.equal(held.take("10.0.0.9"), "total");
  assert.deepEqual([held.open, held.addresses], [8, 8]);
});

Deno.test("Whatever is taken and given back, counts are exact and end at nothing (F-114)", () => {
  const step = fc.record({ address: fc.nat(3), isRelease: fc.boolean(), at: fc.nat(20) });
  fc.assert(fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
    const guard = places();
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
      assert.equal(guard.open, held.length);
      assert.equal(guard.addresses, new Set(held.map((h) => h.address)).size);
    }
    for (const { lease } of held) lease.release();
    assert.deepEqual([guard.open, guard.addresses], [0, 0]);
  }));
});
