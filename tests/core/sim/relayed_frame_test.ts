import assert from "node:assert/strict";
import { relayedFrame } from "../../../core/sim/relayed_frame.ts";

const broadcast = '{"H":"FcMarketDataV2Hub","M":"Broadcast","A":["{}"]}';
const told = '{"H":"FcMarketDataV2Hub","M":"Error","A":["quota 3 exceeded by 1"]}';

Deno.test("A frame of the market is sent as it was recorded, to the byte", () => {
  const texts = [
    [`{"C":"d-1,2|A,1", "M":[${broadcast},${broadcast}]}`, 2],
    ['{"C":"d-1,0|A,1","S":1,"M":[]}', 0],
    ['{"C":"d-1,9|A,1","M":[1,{"M":2}]}', 0],
    ["no JSON at all", 0],
    [' {"vnstock":{"kind":"clock","exchangeMs":1}}', 0],
  ] as const;
  for (const [text, messages] of texts) assert.deepEqual(relayedFrame(text), { text, messages });
});

Deno.test("What was for the recorded connection alone, and events of ours, are not sent", () => {
  const texts = [
    "{}",
    '{"I":"1"}',
    '{"I":"1","E":"no such channel"}',
    '{"vnstock":{"kind":"clock","exchangeMs":1}}',
  ];
  for (const text of texts) assert.equal(relayedFrame(text), null, text);
});

Deno.test("Orders to the recorded client are left out of a frame; its messages stay", () => {
  const relayed = relayedFrame(`{"C":"d-1,3|A,1","T":1,"M":[${told},${broadcast}]}`);
  assert.deepEqual(relayed, { text: `{"C":"d-1,3|A,1","M":[${broadcast}]}`, messages: 1 });
  const alone = relayedFrame('{"C":"d-1,3|A,1","T":1}');
  assert.deepEqual(alone, { text: '{"C":"d-1,3|A,1","M":[]}', messages: 0 });
});
