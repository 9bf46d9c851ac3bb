import assert from "node:assert/strict";
import { crc32, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { packTrades, unpackColumns, unpackTrades } from "../../db/archive_codec.ts";
import { archivedTrades, ONE_TRADE } from "./support/archived_trades.ts";

/** Bytes with a right checksum and a content of our own. */
function sealed(plain: readonly number[] | Uint8Array): Uint8Array {
  const content = Uint8Array.from(plain);
  const packed = deflateRawSync(content);
  const bytes = new Uint8Array(5 + packed.length);
  bytes[0] = 1;
  new DataView(bytes.buffer).setUint32(1, crc32(packed, crc32(content)), true);
  bytes.set(packed, 5);
  return bytes;
}

Deno.test("Archive: packed trades come back to the last bit", () => {
  fc.assert(fc.property(archivedTrades, (trades) => {
    assert.deepEqual(unpackTrades(packTrades(trades)), trades);
  }));
});

Deno.test("Archive: columns hold the same trades in the same order", () => {
  fc.assert(fc.property(archivedTrades, (trades) => {
    const { length, totalVolume, volume, label, labels } = unpackColumns(packTrades(trades));
    assert.equal(length, trades.length);
    assert.deepEqual([...totalVolume], trades.map((trade) => trade.totalVolume));
    assert.deepEqual([...volume], trades.map((trade) => trade.volume));
    assert.deepEqual([...label].map((at) => labels[at]!.reason), trades.map((one) => one.reason));
  }));
});

Deno.test("Archive: a flipped bit anywhere is refused", () => {
  fc.assert(fc.property(archivedTrades, fc.nat(), fc.nat(7), (trades, place, bit) => {
    const bytes = packTrades(trades);
    bytes[place % bytes.length]! ^= 1 << bit;
    assert.throws(() => unpackTrades(bytes), /Cannot read packed trades/);
  }));
});

Deno.test("Archive: bytes that are cut off or have a tail are refused", () => {
  fc.assert(fc.property(archivedTrades, fc.nat(), (trades, place) => {
    const bytes = packTrades(trades);
    const cut = bytes.subarray(0, place % bytes.length);
    assert.throws(() => unpackTrades(cut), /Cannot read packed trades/);
    const long = Uint8Array.from([...bytes, place % 256]);
    assert.throws(() => unpackTrades(long), /Cannot read packed trades/);
  }));
});

Deno.test("Archive: any other bytes are refused", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    assert.throws(() => unpackTrades(bytes), /Cannot read packed trades/);
    assert.throws(() => unpackTrades(Uint8Array.from([1, ...bytes])), /Cannot read packed trades/);
  }));
});

Deno.test("Archive: a content that says nonsense under a right checksum is refused", () => {
  const nonsense: Record<string, readonly number[]> = {
    "they end early": [],
    "no room for 100": [100, 0],
    "no label 1": [1, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1, 1],
    "a number is too large": Array<number>(9).fill(255),
    "1 bytes too many": [0, 0, 0, 7],
  };
  for (const [why, plain] of Object.entries(nonsense)) {
    assert.throws(() => unpackTrades(sealed(plain)), {
      message: `Cannot read packed trades: ${why}`,
    });
  }
  assert.throws(() => unpackTrades(sealed([1, 0, 1, 9, 0, 0, 0, 0, 0])), /No side has the code 9/);
  assert.throws(
    () => unpackTrades(sealed([1, 0, 1, 0, 0, 1, 0, 6, 0])),
    /No trade has the flags 6/,
  );
  assert.deepEqual(unpackTrades(sealed([0, 0, 0])), []);
});

Deno.test("Archive: few bytes that unpack to very many are refused", () => {
  const bomb = sealed(new Uint8Array(40 * 1024 * 1024));
  assert.ok(bomb.length < 64 * 1024);
  assert.throws(() => unpackTrades(bomb), {
    message: "Cannot read packed trades: they are damaged",
  });
});

Deno.test("Archive: trades out of order and values out of range are not packed", () => {
  assert.throws(() => packTrades([ONE_TRADE, ONE_TRADE]), /total 1500 does not exceed 1500/);
  for (const wrong of [-1, 0.5, NaN, Infinity, 2 ** 52]) {
    for (const field of ["exchangeMs", "totalVolume", "volume", "priceE2"]) {
      assert.throws(() => packTrades([{ ...ONE_TRADE, [field]: wrong }]), RangeError, field);
    }
  }
});

/** The words of every label in the order of their codes, which are on disk. */
const WORDS = {
  side: ["none", "buy", "sell"],
  method: ["none", "feed", "quote", "tick", "auction", "gap"],
  reason: [
    ...["flag", "above-ask", "below-bid", "tick-up", "tick-down", "inside-spread", "no-book"],
    ...[
      "late",
      "auction",
      "restricted",
      "put-through",
      "plo",
      "halted",
      "closed",
      "baseline",
      "gap",
    ],
  ],
  feedSide: [null, "buy", "sell"],
  phase: ["other", "ato", "continuous", "atc", "plo"],
  late: [false, true],
};

Deno.test("Archive: bytes of the first version are read for ever as they were meant", () => {
  const labelled = WORDS.reason.map((_, i) => ({
    ...ONE_TRADE,
    totalVolume: 1_500 + i * 500,
    exchangeMs: ONE_TRADE.exchangeMs + i * 1_000,
    priceE2: ONE_TRADE.priceE2 - i * 5_000,
    ...Object.fromEntries(
      Object.entries(WORDS).map(([name, words]) => [name, words[i % words.length]]),
    ),
  }));
  const bytes = Uint8Array.fromHex(
    "01cc3b42dd5dc83915c2401405d0b7fc9fc93ee30203888c84745082007c2083160e02a8c32d6f239eb5010448d1921570988c0c293b245008b297a5c1018f41c604296726b008e46a4b35026e20284776a51fc6695ed67abdbf1f97f3abe8e8f6d9b99d78f4f55ff007",
  );
  assert.deepEqual(unpackTrades(bytes), labelled);
});
