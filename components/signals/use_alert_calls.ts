import { type Signal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Alert } from "../../core/wire/alert.ts";
import type { LiveLink } from "../live/link.ts";
import { messageOf } from "./alert_card.tsx";
import { type AlertChoices, loadChoices, QUIET, storeChoices } from "./alert_choices.ts";
import type { NoticeState } from "./alert_controls.tsx";
import { gravest } from "./alert_feed.ts";
import { askForNotices, noticeState, showNotice } from "./alert_notices.ts";
import { AlertSound } from "./alert_sound.ts";
import type { SignalWords } from "./signal_words.ts";

/** What the page does so that an alert is not missed. */
export interface AlertCalls {
  readonly choices: Signal<AlertChoices>;
  readonly notices: Signal<NoticeState>;
  readonly isSoundReady: Signal<boolean>;
  change(choices: AlertChoices): void;
  /** Plays a tone, because the reader asked for one. */
  tryOut(): void;
  /** Switches notifications; asks the reader's leave where it is not given yet. */
  toggleNotices(): void;
  /** A tone for the gravest of some alerts, a notification for it where nobody sees the page. */
  call(fresh: readonly Alert[]): void;
}

/** Sound and notifications by the reader's choices, which the device keeps. */
export function useAlertCalls(link: LiveLink, words: SignalWords): AlertCalls {
  const calls = useMemo(() => createCalls(link, words), []);
  useEffect(() => calls.start(), []);
  return calls;
}

function createCalls(link: LiveLink, words: SignalWords): AlertCalls & { start(): () => void } {
  const sound = new AlertSound();
  const choices = signal(QUIET);
  const notices = signal<NoticeState>("ask");
  const isSoundReady = signal(false);
  const unlock = async () => {
    await sound.unlock();
    isSoundReady.value = sound.isReady;
  };
  const onGesture = () => {
    if (choices.peek().isSoundOn && !isSoundReady.peek()) void unlock();
  };
  const change = (next: AlertChoices) => {
    choices.value = next;
    storeChoices(next);
    onGesture();
  };
  return {
    ...{ choices, notices, isSoundReady, change },
    start() {
      choices.value = loadChoices();
      notices.value = noticeState();
      addEventListener("pointerdown", onGesture);
      addEventListener("keydown", onGesture);
      return () => {
        removeEventListener("pointerdown", onGesture);
        removeEventListener("keydown", onGesture);
        void sound.end();
      };
    },
    tryOut: () => void unlock().then(() => sound.play("critical", choices.peek().volume)),
    toggleNotices() {
      const isNoticeOn = !(choices.peek().isNoticeOn && notices.peek() === "ready");
      change({ ...choices.peek(), isNoticeOn });
      if (isNoticeOn) void askForNotices().then((state) => notices.value = state);
    },
    call(fresh) {
      const { isSoundOn, isNoticeOn, severities, volume } = choices.peek();
      const alert = gravest(fresh.filter(({ severity }) => severities[severity]));
      if (alert === null) return;
      if (isSoundOn) sound.ring(alert.severity, volume);
      if (!isNoticeOn || notices.peek() !== "ready" || document.visibilityState === "visible") {
        return;
      }
      const mark = link.feed.provider === "sim" ? `${words.simulated} ` : "";
      const title = `${mark}${words.severities[alert.severity]} · ${alert.symbol}`;
      const isShown = showNotice({ id: alert.id, title, body: messageOf(alert, link.lang) });
      if (!isShown) notices.value = "missing";
    },
  };
}
