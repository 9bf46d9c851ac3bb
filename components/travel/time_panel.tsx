import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { formatVnDate } from "../../core/market/time.ts";
import type { RecordedDay } from "../../core/wire/moment.ts";
import { minuteNumber, minuteText } from "./minutes.ts";
import type { TimeMachine, TravelState } from "./time_machine.ts";
import type { TravelWords } from "./travel_words.ts";

interface TimePanelProps {
  readonly machine: TimeMachine;
  readonly words: TravelWords;
}

/** Day, minute and player of earlier minutes. */
export function TimePanel({ machine, words }: TimePanelProps): JSX.Element {
  useEffect(() => machine.lookUp(), [machine]);
  const days = machine.days.value;
  const wish = machine.wish.value;
  const state = machine.state.value;
  const day = days?.find(({ date }) => date === wish?.date) ?? days?.at(-1);
  return (
    <div class="time-panel" role="group" aria-label={words.group}>
      {days !== null && day !== undefined && (
        <Controls
          machine={machine}
          words={words}
          days={days}
          day={day}
          minute={minuteNumber(wish?.minute ?? day.last_minute)}
        />
      )}
      <span class="dim" role="status">
        {stateText(state, { days, isFirst: !machine.hasShown.value }, words)}
      </span>
    </div>
  );
}

interface ControlsProps extends TimePanelProps {
  readonly days: readonly RecordedDay[];
  readonly day: RecordedDay;
  readonly minute: number;
}

function Controls({ machine, words, days, day, minute }: ControlsProps): JSX.Element {
  const { date } = day;
  const first = minuteNumber(day.first_minute);
  const last = minuteNumber(day.last_minute);
  const isPlaying = machine.isPlaying.value;
  const go = (to: number) => {
    machine.go({ date, minute: minuteText(Math.min(last, Math.max(first, to))) });
  };
  return (
    <>
      <select
        aria-label={words.day}
        value={date}
        onChange={({ currentTarget }) => {
          const chosen = days.find((one) => one.date === currentTarget.value)!;
          machine.go({ date: chosen.date, minute: chosen.last_minute });
        }}
      >
        {days.toReversed().map((one) => (
          <option key={one.date} value={one.date}>{formatVnDate(one.date)}</option>
        ))}
      </select>
      <Step label={words.back} sign="‹" isOff={minute <= first} onPress={() => go(minute - 1)} />
      <button
        type="button"
        aria-pressed={isPlaying}
        aria-label={isPlaying ? words.stop : words.play}
        title={isPlaying ? words.stop : words.play}
        onClick={() => isPlaying ? machine.stop() : machine.play()}
        disabled={!isPlaying && (machine.wish.value === null || minute >= last)}
      >
        <span aria-hidden="true">{isPlaying ? "❚❚" : "▶"}</span>
      </button>
      <Step
        label={words.forward}
        sign="›"
        isOff={minute >= last}
        onPress={() => go(minute + 1)}
      />
      <span class="time-range">
        <span class="dim">{day.first_minute}</span>
        <input
          type="range"
          min={first}
          max={last}
          step={1}
          value={minute}
          aria-label={words.minute}
          aria-valuetext={minuteText(minute)}
          onInput={({ currentTarget }) => go(Number(currentTarget.value))}
        />
        <span class="dim">{day.last_minute}</span>
      </span>
      <output>{minuteText(minute)}</output>
    </>
  );
}

interface StepProps {
  readonly label: string;
  readonly sign: string;
  readonly isOff: boolean;
  readonly onPress: () => void;
}

function Step({ label, sign, isOff, onPress }: StepProps): JSX.Element {
  return (
    <button type="button" aria-label={label} title={label} disabled={isOff} onClick={onPress}>
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}

function stateText(
  state: TravelState,
  { days, isFirst }: { readonly days: readonly RecordedDay[] | null; readonly isFirst: boolean },
  words: TravelWords,
): string {
  switch (state) {
    case "loading":
      return isFirst ? words.loadingLong : words.loading;
    case "ready":
      if (days === null) return words.daysLoading;
      return days.length === 0 ? words.noDays : "";
    case "lost":
      return words.lost;
    default:
      return words.refused[state];
  }
}
