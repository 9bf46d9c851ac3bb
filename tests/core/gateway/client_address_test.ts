import assert from "node:assert/strict";
import { addressKey, clientAddress } from "../../../core/gateway/client_address.ts";
import { parseNetwork } from "../../../core/ip.ts";

const CLIENT = "203.0.113.7";
const PROXY = "10.0.0.1";
const OUTER = "10.0.0.2";

function seen(peer: string, forwardedFor: string | null, hops: number): string {
  return clientAddress(peer, forwardedFor, { hops, networks: [parseNetwork("10.0.0.0/8")!] });
}

Deno.test("Without trusted proxies a header says nothing", () => {
  assert.equal(seen(PROXY, CLIENT, 0), PROXY);
});

Deno.test("Behind n proxies the client is the n-th entry from the right", () => {
  assert.equal(seen(PROXY, CLIENT, 1), CLIENT);
  assert.equal(seen(PROXY, `1.1.1.1, ${CLIENT}`, 1), CLIENT);
  assert.equal(seen(PROXY, `1.1.1.1,${CLIENT} , ${OUTER}`, 2), CLIENT);
  assert.equal(seen("::ffff:10.0.0.1", "2001:db8::7", 1), "2001:db8::7");
});

Deno.test("A peer that is no proxy of ours speaks for itself only", () => {
  assert.equal(seen(CLIENT, "1.1.1.1", 1), CLIENT);
  assert.equal(seen("local", "1.1.1.1", 1), "local");
});

Deno.test("A client that came around the outer proxy cannot speak for another address", () => {
  assert.equal(seen(PROXY, `1.1.1.1, ${CLIENT}`, 2), CLIENT);
});

Deno.test("A header that is too short, empty or malformed leaves the last address that was proved", () => {
  assert.equal(seen(PROXY, null, 1), PROXY);
  assert.equal(seen(PROXY, OUTER, 2), OUTER);
  for (const bad of ["", ",", "unknown", `${CLIENT}:443`, `[2001:db8::1]`, "1.2.3.4.5", "-"]) {
    assert.equal(seen(PROXY, bad, 1), PROXY, bad);
    assert.equal(seen(PROXY, `${bad}, ${OUTER}`, 2), OUTER, bad);
  }
});

Deno.test("Addresses of one IPv6 network are one client, a mapped IPv4 address is itself", () => {
  const same = ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:0DB8:0000:0001:1:2:3:4"];
  assert.deepEqual(new Set(same.map(addressKey)).size, 1);
  assert.notEqual(addressKey("2001:db8:0:2::1"), addressKey(same[0]!));
  assert.equal(addressKey("::ffff:10.0.0.1"), "10.0.0.1");
  assert.equal(addressKey("::1"), "0:0:0:0::/64");
  assert.equal(addressKey("fe80::1%eth0"), "fe80:0:0:0::/64");
});
