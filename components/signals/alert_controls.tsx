import type { JSX } from "preact";
import { ALERT_SEVERITIES } from "../../core/wire/alert.ts";
import { SeverityBadge } from "./alert_card.tsx";
import type { AlertChoices } from "./alert_choices.ts";
import type { SignalWords } from "./signal_words.ts";

/** What stands between the reader's wish for notifications and one that is seen. */
export type NoticeState = "ready" | "ask" | "denied" | "missing";

interface AlertControlsProps {
  readonly choices: AlertChoices;
  readonly notices: NoticeState;
  /** Whether sound is on, but the browser still waits for a click. */
  readonly isSoundWaiting: boolean;
  readonly words: SignalWords;
  readonly onChange: (choices: AlertChoices) => void;
  readonly onTry: () => void;
  readonly onNotices: () => void;
}

/** Sound and notifications: off until the reader wants them, of the severities that matter. */
export function AlertControls(props: AlertControlsProps): JSX.Element {
  const { choices, notices, words, onChange, onTry, onNotices } = props;
  const { isSoundOn, volume, isNoticeOn } = choices;
  return (
    <section class="alert-controls live-only" aria-label={words.sound}>
      <button
        type="button"
        class="button"
        id="alert-sound"
        aria-pressed={isSoundOn ? "true" : "false"}
        onClick={() => onChange({ ...choices, isSoundOn: !isSoundOn })}
      >
        {words.sound}: {isSoundOn ? words.soundOn : words.soundOff}
      </button>
      <details>
        <summary>{words.options}</summary>
        <div>
          <label>
            {words.volume}
            <input
              type="range"
              min="0"
              max="100"
              step="5"
              value={volume}
              onInput={(event) =>
                onChange({ ...choices, volume: Number(event.currentTarget.value) })}
            />
          </label>
          <button type="button" class="button" onClick={onTry}>{words.soundTry}</button>
          <Severities {...props} />
          <button
            type="button"
            class="button"
            id="alert-notices"
            aria-pressed={isNoticeOn && notices === "ready" ? "true" : "false"}
            disabled={notices === "missing"}
            onClick={onNotices}
          >
            {words.notices}: {isNoticeOn && notices === "ready" ? words.soundOn : words.soundOff}
          </button>
          <p class="note">{words.soundNote} {words.noticesNote}</p>
        </div>
      </details>
      <p class="note" role="status">{problemOf(props)}</p>
    </section>
  );
}

function Severities({ choices, words, onChange }: AlertControlsProps): JSX.Element {
  const { severities } = choices;
  return (
    <fieldset>
      <legend class="unseen">{words.severity}</legend>
      {ALERT_SEVERITIES.map((severity) => (
        <label key={severity}>
          <input
            type="checkbox"
            checked={severities[severity]}
            onChange={(event) =>
              onChange({
                ...choices,
                severities: { ...severities, [severity]: event.currentTarget.checked },
              })}
          />
          <SeverityBadge severity={severity} words={words} />
        </label>
      ))}
    </fieldset>
  );
}

/** Why what the reader switched on cannot be heard or seen yet. */
function problemOf({ notices, choices, isSoundWaiting, words }: AlertControlsProps): string {
  if (isSoundWaiting) return words.soundWaits;
  if (!choices.isNoticeOn) return "";
  return notices === "denied"
    ? words.noticesDenied
    : notices === "missing"
    ? words.noticesMissing
    : "";
}
