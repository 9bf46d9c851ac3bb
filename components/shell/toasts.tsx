import { type Signal, signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { SocketStatus } from "../../core/wire/client_options.ts";
import type { LiveWords } from "./live_words.ts";

/** How long a message stays, and how many stand at once. */
const TOAST_MS = 5_000;
const TOASTS_MAX = 3;

interface Toast {
  readonly id: number;
  readonly text: string;
}

/** What a change of the way to the server means to the reader; null for what is no news. */
export function changeText(
  before: SocketStatus["state"],
  after: SocketStatus["state"],
  isStreaming: boolean,
  words: LiveWords,
): string | null {
  if (before === after) return null;
  if (after === "polling") return isStreaming ? words.nowPolling : words.nowPollingChosen;
  if (after === "failed") return words.failed;
  if (after === "open") return before === "connecting" ? null : words.nowStreaming;
  return after === "reconnecting" && before === "open" ? words.nowReconnecting : null;
}

interface ToastsProps {
  readonly state: SocketStatus["state"];
  readonly isStreaming: boolean;
  readonly words: LiveWords;
}

/** Short messages of changes of mode, also for screen readers (F-248). */
export function Toasts({ state, isStreaming, words }: ToastsProps): JSX.Element {
  const toasts: Signal<readonly Toast[]> = useMemo(() => signal<readonly Toast[]>([]), []);
  const shown = useRef({ state, isStreaming, id: 0 });
  useEffect(() => {
    const { current } = shown;
    const isSwitched = isStreaming !== current.isStreaming && state === "open";
    const text = isSwitched
      ? words.nowStreaming
      : changeText(current.state, state, isStreaming, words);
    const id = current.id + 1;
    shown.current = { state, isStreaming, id: text === null ? current.id : id };
    if (text === null) return;
    toasts.value = [...toasts.peek(), { id, text }].slice(-TOASTS_MAX);
    setTimeout(() => toasts.value = toasts.peek().filter((toast) => toast.id !== id), TOAST_MS);
  }, [state, isStreaming]);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, text }) => <p key={id}>{text}</p>)}
    </div>
  );
}
