import assert from "node:assert/strict";
import type * as z from "zod";
import { readClientFrame } from "../../../core/wire/client_schema.ts";
import { CLOSE_CODES } from "../../../core/wire/codes.ts";
import { FRAME_WORDS } from "../../../core/wire/frame_words.ts";
import { CLOSE, type ServerFrame } from "../../../core/wire/frames.ts";
import { OPERATION_WORDS } from "../../../core/wire/operation_words.ts";
import { FRAME_SCHEMAS } from "../../../core/wire/server_schema.ts";
import type { ChannelName } from "../../../core/wire/channel.ts";
import { ROW_SET_NAMES } from "../../../core/wire/channel.ts";
import { World } from "../hub/world.ts";

type Kind = ServerFrame["k"];
type FrameOf<K extends Kind> = Extract<ServerFrame, { readonly k: K }>;
type Read<K extends Kind> = z.output<typeof FRAME_SCHEMAS[K]>;

type Frozen<T> = T extends object ? { readonly [P in keyof T]: Frozen<T[P]> } : T;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : [A, "is not", B];

/** Does not compile when a schema and the type of its frame say different things. */
const SAME: { readonly [K in Kind]: Equal<Frozen<Read<K>>, Frozen<FrameOf<K>>> } = {
  hello: true,
  s: true,
  d: true,
  a: true,
  h: true,
  st: true,
  ok: true,
  err: true,
  bye: true,
};
const KINDS = Object.keys(SAME) as Kind[];

Deno.test("Every kind of frame has one schema, and nothing else has", () => {
  assert.deepEqual(Object.keys(FRAME_SCHEMAS).sort(), KINDS.toSorted());
});

Deno.test("Every frame that a hub sends fits the schema of its kind", () => {
  const channels: ChannelName[] = [...ROW_SET_NAMES, "alerts", "status"];
  const world = World.started();
  const link = world.join();
  world.send(link, { op: "sub", id: 1, c: [...channels, "stock:FPT", "trades:FPT"], rate: 100 });
  world.put("board:vn30", "FPT", { last: 101_500, time: "09:30:01" });
  world.publisher.trade("FPT", [world.nowMs, 101_500, 300, "buy", "quote", 300, 0]);
  world.raise(2);
  world.tick();
  world.wait(100);
  world.send(link, { op: "sub", id: 2, c: ["no:such"] });
  world.send(link, "no json");
  link.stall();
  world.put("board:vn30", "FPT", { last: 101_600 });
  world.tick();
  world.wait(200);
  link.drain();
  world.wait(15_000);
  world.hub.closeAll(() => 1_234.5);
  const seen = new Set<Kind>();
  for (const frame of link.frames()) {
    FRAME_SCHEMAS[frame.k].parse(frame);
    seen.add(frame.k);
  }
  assert.deepEqual([...seen].sort(), KINDS.toSorted());
});

Deno.test("A frame with a field too many, one too few or a channel of the wrong sort fits no schema", () => {
  const { s, a, h } = FRAME_SCHEMAS;
  const snapshot = FRAME_WORDS.s.example!;
  const wrong = [
    s.safeParse({ ...snapshot, c: "alerts" }),
    s.safeParse({ ...snapshot, more: 1 }),
    s.safeParse({ ...snapshot, e: undefined }),
    a.safeParse({ ...FRAME_WORDS.a.example!, c: "trades:fpt" }),
    h.safeParse({ ...FRAME_WORDS.h.example!, m: { "stock:": 1 } }),
  ];
  assert.deepEqual(wrong.map(({ success }) => success), [false, false, false, false, false]);
});

Deno.test("The examples of the documents are frames and operations", () => {
  for (const kind of KINDS) {
    const { example } = FRAME_WORDS[kind];
    if (kind !== "hello") FRAME_SCHEMAS[kind].parse(example);
  }
  for (const { example } of Object.values(OPERATION_WORDS)) {
    const read = readClientFrame(JSON.stringify(example));
    assert.deepEqual(read, { ok: true, frame: example, unknown: [] });
  }
});

Deno.test("A client comes back after a close as the hundred of its code says", () => {
  for (const [name, { back }] of Object.entries(CLOSE_CODES)) {
    const code = CLOSE[name as keyof typeof CLOSE];
    const hundred = { 40: "never", 41: "back-off", 42: "at-once" }[Math.floor(code / 100)];
    if (hundred !== undefined) assert.equal(back, hundred, name);
  }
});
