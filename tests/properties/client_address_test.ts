import assert from "node:assert/strict";
import fc from "fast-check";
import { clientAddress } from "../../core/gateway/client_address.ts";
import { parseNetwork } from "../../core/ip.ts";

const networks = [parseNetwork("10.0.0.0/8")!, parseNetwork("fd00::/8")!];
const proxy = fc.oneof(
  fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `10.${a}.${b}.1`),
  fc.nat(0xffff).map((group) => `fd00::${group.toString(16)}`),
);
/** An address of no proxy. */
const client = fc.oneof(
  fc.tuple(fc.integer({ min: 11, max: 223 }), fc.nat(255)).map(([a, b]) => `${a}.0.${b}.9`),
  fc.nat(0xffff).map((group) => `2001:db8::${group.toString(16)}`),
);
/** What a client may write: addresses, our proxies' among them, and anything else. */
const lie = fc.oneof(client, proxy, fc.string({ maxLength: 30 }), fc.constant(""));

/** Proxies from the outermost to the peer, as many as the server trusts or fewer. */
const chain = fc.record({
  hops: fc.integer({ min: 1, max: 5 }),
  proxies: fc.array(proxy, { minLength: 1, maxLength: 5 }),
  client,
  lies: fc.array(lie, { maxLength: 8 }),
}).filter(({ hops, proxies }) => proxies.length <= hops);

Deno.test("P15: what a client adds on the left of X-Forwarded-For never changes its address (B-28)", () => {
  fc.assert(fc.property(chain, ({ hops, proxies, client, lies }) => {
    const [peer] = proxies.slice(-1);
    const truth = [client, ...proxies.slice(0, -1)];
    const seen = (header: readonly string[]) =>
      clientAddress(peer!, header.join(", "), { hops, networks });
    assert.equal(seen(truth), client);
    assert.equal(seen([...lies, ...truth]), client);
  }));
});

Deno.test("P15: a peer that is no proxy is its own address, whatever it writes", () => {
  fc.assert(fc.property(client, fc.array(lie, { maxLength: 8 }), fc.nat(5), (peer, lies, hops) => {
    assert.equal(clientAddress(peer, lies.join(","), { hops, networks }), peer);
  }));
});
