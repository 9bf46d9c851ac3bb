import type * as z from "zod";
import type { ServerFrame } from "../../../core/wire/frames.ts";
import { FRAME_SCHEMAS } from "../../../core/wire/server_schema.ts";

type Kind = ServerFrame["k"];
type FrameOf<K extends Kind> = Extract<ServerFrame, { readonly k: K }>;
type Read<K extends Kind> = z.output<typeof FRAME_SCHEMAS[K]>;

type Frozen<T> = T extends object ? { readonly [P in keyof T]: Frozen<T[P]> } : T;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : [A, "is not", B];

const same: { readonly [K in Kind]: Equal<Frozen<Read<K>>, Frozen<FrameOf<K>>> } = {
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
console.log(same);
