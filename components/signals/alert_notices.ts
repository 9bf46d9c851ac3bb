import type { NoticeState } from "./alert_controls.tsx";

/** Whether the browser shows notifications of this page. */
export function noticeState(): NoticeState {
  if (!("Notification" in globalThis)) return "missing";
  const { permission } = Notification;
  return permission === "granted" ? "ready" : permission === "denied" ? "denied" : "ask";
}

/** Asks the reader; call it on a click only. */
export async function askForNotices(): Promise<NoticeState> {
  if (noticeState() === "ask") await Notification.requestPermission();
  return noticeState();
}

interface Notice {
  /** Two of one id are one. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

/** Shows a notification; false where the browser takes none from a page. */
export function showNotice({ id, title, body }: Notice): boolean {
  try {
    const notice = new Notification(title, { body, tag: id });
    notice.onclick = () => globalThis.focus();
    return true;
  } catch (error) {
    // Phones take them from service workers only.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
