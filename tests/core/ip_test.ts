import assert from "node:assert/strict";
import { isInNetwork, parseIp, parseNetwork } from "../../core/ip.ts";

Deno.test("Every usual spelling of an address gives the same number, with or without a zone", () => {
  const bytes = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2];
  for (
    const text of [
      "2001:db8:0:1::2",
      "2001:0DB8:0000:0001:0:0:0:2",
      "2001:db8:0:1::0.0.0.2",
      "2001:db8:0:1::2%eth0.1",
    ]
  ) assert.deepEqual(parseIp(text), bytes, text);
  assert.deepEqual(parseIp("::"), new Array(16).fill(0));
  assert.deepEqual(parseIp("1::"), [0, 1, ...new Array(14).fill(0)]);
  assert.deepEqual(parseIp("203.0.113.7"), [203, 0, 113, 7]);
});

Deno.test("An IPv4 address in IPv6 form is the IPv4 address", () => {
  for (const text of ["::ffff:203.0.113.7", "::FFFF:cb00:7107", "0:0:0:0:0:ffff:cb00:7107"]) {
    assert.deepEqual(parseIp(text), parseIp("203.0.113.7"), text);
  }
});

Deno.test("What is no address is none", () => {
  for (
    const text of [
      "",
      "unknown",
      "1.2.3",
      "1.2.3.4.5",
      "1.2.3.256",
      "01.2.3.4",
      "1.2.3.4:80",
      "[::1]",
      ":",
      ":::",
      "1::2::3",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9",
      "1:2:3:4:5:6:7::8",
      "12345::",
      "::1.2.3.4:1",
      "1.2.3.4::",
      "::g",
      "fe80::1%",
      "1.2.3.4%eth0",
      " 1.2.3.4",
      "-1.2.3.4",
      `${"0".repeat(50)}::1`,
    ]
  ) assert.equal(parseIp(text), null, text);
});

Deno.test("A network holds the addresses that begin like it, and none of the other kind", () => {
  const isIn = (address: string, network: string) =>
    isInNetwork(parseIp(address)!, parseNetwork(network)!);
  assert.ok(isIn("10.255.0.1", "10.0.0.0/8"));
  assert.ok(!isIn("11.0.0.0", "10.0.0.0/8"));
  assert.ok(isIn("10.1.2.3", "10.1.2.3") && !isIn("10.1.2.4", "10.1.2.3"));
  assert.ok(isIn("::ffff:10.1.2.3", "10.0.0.0/8"));
  assert.ok(isIn("172.31.0.1", "172.16.0.0/12") && !isIn("172.32.0.1", "172.16.0.0/12"));
  assert.ok(isIn("2001:db8:ffff::1", "2001:db8::/32") && !isIn("2001:db9::1", "2001:db8::/32"));
  assert.ok(isIn("8.8.8.8", "0.0.0.0/0") && !isIn("::1", "0.0.0.0/0"));
});

Deno.test("What is no network is none", () => {
  for (
    const text of [
      "",
      "10.0.0.0/33",
      "10.0.0.0/",
      "10.0.0.0/-1",
      "10/8",
      "::/129",
      "::1/64/1",
      "a/8",
    ]
      .concat("::ffff:10.0.0.0/104")
  ) assert.equal(parseNetwork(text), null, text);
});
