import { type ReadonlySignal, signal, untracked, useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Alert } from "../../core/wire/alert.ts";
import { isLater } from "./alert_feed.ts";

/** New alerts are read out at most this often. */
const ANNOUNCE_MS = 5_000;
/** A reader who scrolled further down reads there. */
const READING_PX = 160;

/** Alerts that came since, oldest first, and the id of the newest before them. */
export type OnFresh = (fresh: readonly Alert[], before: string | null) => void;

/** Tells of each alert once that is newer than the newest of the HTML. */
export function useArrivals(
  entries: ReadonlySignal<readonly Alert[]>,
  newestId: string | null,
  onFresh: OnFresh,
): void {
  const newest = useRef(newestId);
  useSignalEffect(() => {
    const before = newest.current;
    const fresh = entries.value.filter(({ id }) => before === null || isLater(id, before));
    if (fresh.length === 0) return;
    newest.current = fresh.map(({ id }) => id).reduce((a, b) => isLater(b, a) ? b : a);
    untracked(() => onFresh(fresh, before));
  });
}

interface HeldBack {
  /** Newer alerts than this one wait; null while all are shown. */
  readonly until: ReadonlySignal<string | null>;
  /** Keeps what comes after an alert back where somebody reads further down. */
  hold(newestShown: string | null): void;
  release(): void;
}

/** What in a list says that somebody is at it: an explanation, the keyboard, a pointer. */
const IN_USE = ["details[open]", ":focus-visible"];
const POINTED = "li:hover";

/** Keeps a list still while it is read: scrolled down, pointed at, or with an explanation open. */
export function useHeldBack(list: { readonly current: HTMLElement | null }): HeldBack {
  const until = useMemo(() => signal<string | null>(null), []);
  const isReading = () => {
    if (scrollY > READING_PX) return true;
    // After a finger has gone, what it touched still counts as hovered.
    const signs = matchMedia("(hover: hover)").matches ? [...IN_USE, POINTED] : IN_USE;
    return (list.current?.querySelector(`.alerts :is(${signs})`) ?? null) !== null;
  };
  useEffect(() => {
    const look = () => {
      if (until.peek() !== null && !isReading()) until.value = null;
    };
    const left = new AbortController();
    const { signal } = left;
    addEventListener("scroll", look, { passive: true, signal });
    // The event of a closing explanation does not bubble.
    list.current?.addEventListener("toggle", look, { capture: true, signal });
    list.current?.addEventListener("pointerleave", look, { signal });
    list.current?.addEventListener("focusout", look, { signal });
    return () => left.abort();
  }, []);
  return {
    until,
    hold(newestShown) {
      if (until.peek() === null && isReading()) until.value = newestShown;
    },
    release: () => until.value = null,
  };
}

/** Time in which a list moves down for new alerts. */
const SLIDE_MS = 200;

/** Lets a list slide down for what is put above its first entry, instead of jumping. */
export function useSlide(
  list: { readonly current: HTMLElement | null },
  firstId: string | undefined,
): void {
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const { current: ol } = list;
    const was = before.current;
    const now = before.current = ol?.firstElementChild ?? null;
    if (ol === null || now === null || was?.parentNode !== ol) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const risenPx = now.getBoundingClientRect().top - was.getBoundingClientRect().top;
    ol.animate({ transform: [`translateY(${risenPx}px)`, "none"] }, SLIDE_MS);
  }, [firstId]);
}

interface Announcer {
  readonly text: ReadonlySignal<string>;
  add(alerts: readonly Alert[]): void;
}

/** Text of a live region: what came, in one sentence, not more often than one can listen. */
export function useAnnouncer(write: (alerts: readonly Alert[]) => string): Announcer {
  const text = useMemo(() => signal(""), []);
  const waiting = useRef<Alert[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const flush = () => {
    timer.current = null;
    if (waiting.current.length === 0) return;
    text.value = write(waiting.current);
    waiting.current = [];
    timer.current = setTimeout(flush, ANNOUNCE_MS);
  };
  useEffect(() => () => {
    if (timer.current !== null) clearTimeout(timer.current);
  }, []);
  return {
    text,
    add(alerts) {
      waiting.current.push(...alerts);
      if (timer.current === null) flush();
    },
  };
}
