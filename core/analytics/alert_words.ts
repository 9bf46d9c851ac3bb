import type { AlertData } from "../wire/alert.ts";

/** The words and figures of an alert. */
export interface AlertText {
  readonly message: string;
  readonly message_vi: string;
  readonly data: AlertData;
}

/** A number of a sentence, as English and Vietnamese readers write it. */
export interface Written {
  readonly en: string;
  readonly vi: string;
}

/**
 * Writes a number with grouped thousands and as many decimals as asked. By hand, not by the
 * machine's locale data: sentences are part of the state hash.
 */
export function write(value: number, decimals: number): Written {
  const [whole = "0", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const en = fraction === undefined ? groups : `${groups}.${fraction}`;
  const vi = en.replace(/[,.]/g, (mark) => mark === "," ? "." : ",");
  return value < 0 ? { en: `-${en}`, vi: `-${vi}` } : { en, vi };
}

/** As `write`, with a plus sign before what is above zero. */
export function writeSigned(value: number, decimals: number): Written {
  const { en, vi } = write(value, decimals);
  return value > 0 ? { en: `+${en}`, vi: `+${vi}` } : { en, vi };
}
