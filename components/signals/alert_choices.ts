import type { AlertSeverity } from "../../core/wire/alert.ts";

/** How new alerts reach a reader who does not look; kept on the device. */
export interface AlertChoices {
  readonly isSoundOn: boolean;
  /** Per cent. */
  readonly volume: number;
  readonly isNoticeOn: boolean;
  /** Of which severities. */
  readonly severities: Readonly<Record<AlertSeverity, boolean>>;
}

const KEY = "alert-choices";

/** Nothing rings by itself. */
export const QUIET: AlertChoices = {
  isSoundOn: false,
  volume: 60,
  isNoticeOn: false,
  severities: { info: false, warning: true, critical: true },
};

/** Reads what a device kept; anything that is not of the form counts as never chosen. */
export function readChoices(stored: string | null): AlertChoices {
  const { isSoundOn, volume, isNoticeOn, severities } = parsed(stored);
  const kept: Readonly<Record<string, unknown>> = isObject(severities) ? severities : {};
  const flag = (value: unknown, otherwise: boolean) =>
    typeof value === "boolean" ? value : otherwise;
  const isVolume = typeof volume === "number" && volume >= 0 && volume <= 100;
  return {
    isSoundOn: flag(isSoundOn, QUIET.isSoundOn),
    volume: isVolume ? volume : QUIET.volume,
    isNoticeOn: flag(isNoticeOn, QUIET.isNoticeOn),
    severities: {
      info: flag(kept["info"], QUIET.severities.info),
      warning: flag(kept["warning"], QUIET.severities.warning),
      critical: flag(kept["critical"], QUIET.severities.critical),
    },
  };
}

export function loadChoices(): AlertChoices {
  return readChoices(localStorage.getItem(KEY));
}

export function storeChoices(choices: AlertChoices): void {
  localStorage.setItem(KEY, JSON.stringify(choices));
}

function parsed(stored: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(stored ?? "{}");
    return isObject(value) ? value : {};
  } catch {
    // Another program wrote it, or it was cut: as good as none.
    return {};
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
