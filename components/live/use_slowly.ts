import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

/** The value of a signal, taken over at most once in `everyMs`, so that a reader can follow it. */
export function useSlowly<Value>(source: ReadonlySignal<Value>, everyMs: number): Value {
  const [value, setValue] = useState(() => source.peek());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = source.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setValue(() => source.peek());
      }, everyMs);
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [source, everyMs]);
  return value;
}
