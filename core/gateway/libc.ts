/** Linux: do not wait, and no signal when the peer is gone. */
const SEND_FLAGS = 0x40 | 0x4000;
/** Linux: a socket that never waits, and that no program we start gets. */
const ACCEPT_FLAGS = 0x800 | 0x8_0000;

const FUNCTIONS = {
  send: { parameters: ["i32", "buffer", "usize", "i32"], result: "i32" },
  accept4: { parameters: ["i32", "pointer", "pointer", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
} as const;

/** Null where this machine or our permissions have it not; Deno asks for `--allow-ffi`. */
const library = ((): Deno.DynamicLibrary<typeof FUNCTIONS> | null => {
  if (Deno.build.os !== "linux") return null;
  // Without asking: a "no" costs a little speed and nothing else.
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") return null;
  try {
    return Deno.dlopen("libc.so.6", FUNCTIONS);
  } catch {
    // Another C library than glibc.
    return null;
  }
})();

/** Three calls of the kernel on descriptors, none of which waits; null where they cannot be made. */
export const libc = library === null ? null : {
  /** How many bytes the kernel took; below 0 when it took none, for whatever reason. */
  send(descriptor: number, bytes: Uint8Array): number {
    return library.symbols.send(
      descriptor,
      bytes as Uint8Array<ArrayBuffer>,
      // A plain number passes without the detour of a big one.
      bytes.length as unknown as bigint,
      SEND_FLAGS,
    );
  },
  /** Descriptor of the next connection of a socket that listens; below 0 when there is none. */
  accept(listening: number): number {
    return library.symbols.accept4(listening, null, null, ACCEPT_FLAGS);
  },
  close(descriptor: number): void {
    library.symbols.close(descriptor);
  },
};
