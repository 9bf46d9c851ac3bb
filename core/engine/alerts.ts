import { alertText } from "../analytics/alert_text.ts";
import { crossesZero } from "../analytics/basis_divergence.ts";
import { appendEntry, nextNumber } from "../analytics/entry_log.ts";
import { cooldownKey, type Finding } from "../analytics/finding.ts";
import { foreignAcceleration } from "../analytics/foreign_acceleration.ts";
import { limitAt } from "../analytics/price_breakout.ts";
import { tradeValueVnd } from "../analytics/volume.ts";
import { takeVolume } from "../analytics/volume_spike.ts";
import { createWatch, type Watch } from "../analytics/watch.ts";
import type { Alert, AlertSeverity, AlertType } from "../wire/alert.ts";
import { LOG_MAX } from "../wire/log.ts";
import { isoVn } from "../wire/snapshot.ts";
import type { Change, TradeChange } from "./change.ts";
import type { EngineState, Instrument } from "./state.ts";

/** Exchange time for which one finding keeps the next of its kind and symbol silent. */
export const COOLDOWN_MS = 60_000;

const SEVERITY: Readonly<Record<AlertType, AlertSeverity>> = {
  price_breakout: "critical",
  volume_spike: "warning",
  foreign_acceleration: "warning",
  basis_divergence: "warning",
  session_event: "info",
};

/** Makes an alert of a finding, unless one like it was raised within the last minute. */
export function raise(state: EngineState, finding: Finding, changes: Change[]): void {
  const { market, counters } = state;
  const { exchangeMs, type, symbol } = finding;
  const key = cooldownKey(finding);
  const lastMs = market.alerts.lastMs.get(key);
  // What is older than the last one is held back too, and does not move its time.
  if (lastMs !== undefined && exchangeMs - lastMs < COOLDOWN_MS) {
    counters.alerts.suppressed++;
    return;
  }
  market.alerts.lastMs.set(key, exchangeMs);
  market.alerts.counts[type]++;
  counters.alerts.raised++;
  const log = market.logs.alerts;
  const n = nextNumber(log) + 1;
  const failed = finding.type === "session_event" && finding.event === "rule-disabled";
  const alert: Alert = {
    // Findings come of messages, and those of a trading day.
    id: `${market.tradingDate!}-${n}`,
    n,
    alert_type: type,
    severity: failed ? "warning" : SEVERITY[type],
    symbol,
    timestamp: isoVn(exchangeMs),
    ...alertText(finding),
  };
  appendEntry(log, alert, LOG_MAX.alerts);
  changes.push({ kind: "alert", alert });
}

/** Asks the rules on trades; a late trade tells nothing of now. */
export function onTrade(
  state: EngineState,
  instrument: Instrument,
  trade: TradeChange,
  changes: Change[],
): void {
  if (trade.late || !state.reference.watch.has(instrument.symbol)) return;
  const minVnd = state.options.spikeMinVnd ?? 0;
  const find = (watch: Watch) => findSpike(watch, instrument, trade, minVnd);
  ask(state, instrument, { rule: "volume_spike", find, input: trade }, changes);
  ask(state, instrument, { rule: "price_breakout", find: findBreakout, input: trade }, changes);
}

/** Foreign net value of a security now and five minutes ago, VND. */
export interface ForeignSample {
  readonly nowNetVnd: number;
  readonly pastNetVnd: number;
  readonly exchangeMs: number;
}

/** Asks the rule on foreign flow; call it when a sample five minutes old exists. */
export function onForeign(
  state: EngineState,
  instrument: Instrument,
  input: ForeignSample,
  changes: Change[],
): void {
  if (!state.reference.watch.has(instrument.symbol)) return;
  ask(state, instrument, { rule: "foreign_acceleration", find: findForeign, input }, changes);
}

/** Asks the rule on the basis of one contract, in hundredths of a point. */
export function onBasis(
  state: EngineState,
  symbol: string,
  basisE2: number,
  exchangeMs: number,
  changes: Change[],
): void {
  const instrument = state.market.instruments.get(symbol);
  if (instrument === undefined || !state.reference.watch.has(symbol)) return;
  const input = { basisE2, exchangeMs };
  ask(state, instrument, { rule: "basis_divergence", find: findBasis, input }, changes);
}

/** A question to a rule; `find` may change the watch in place. */
export interface Question<Input> {
  readonly rule: AlertType;
  readonly find: (watch: Watch, instrument: Instrument, input: Input) => Finding | null;
  readonly input: Input & { readonly exchangeMs: number };
}

/** Asks one rule; one that throws is off for its security until the next day, and that is told. */
export function ask<Input>(
  state: EngineState,
  instrument: Instrument,
  question: Question<Input>,
  changes: Change[],
): void {
  // Where the price stood before the first trade seen: standing there already is no arrival.
  const watch = instrument.watch ??= createWatch(limitAt(instrument.lastE2, instrument));
  const { rule, input } = question;
  if (watch.disabled.includes(rule)) return;
  let finding: Finding | null;
  try {
    finding = question.find(watch, instrument, input);
  } catch (error) {
    disable(state, instrument, { rule, exchangeMs: input.exchangeMs, error }, changes);
    return;
  }
  if (finding !== null) raise(state, finding, changes);
}

function disable(
  state: EngineState,
  { symbol, watch }: Instrument,
  fault: { readonly rule: AlertType; readonly exchangeMs: number; readonly error: unknown },
  changes: Change[],
): void {
  const { rule, exchangeMs, error } = fault;
  watch!.disabled.push(rule);
  state.counters.alerts.faults++;
  // The wording of an error is the machine's: it is kept out of what is hashed.
  state.lastRuleFault = { symbol, rule, message: String(error) };
  const event = { type: "session_event", event: "rule-disabled" } as const;
  raise(state, { ...event, symbol, exchangeMs, rule }, changes);
}

/** Every trade counts in the mean; small ones are no news however far above it. */
function findSpike(
  watch: Watch,
  instrument: Instrument,
  trade: TradeChange,
  minVnd: number,
): Finding | null {
  if (trade.phase !== "continuous" || trade.method === "auction") return null;
  const spike = takeVolume(watch.spike, trade.exchangeMs, trade.volume);
  if (spike === null) return null;
  const valueVnd = tradeValueVnd(trade);
  if (valueVnd < minVnd) return null;
  return { type: "volume_spike", ...facts(instrument, trade), ...spike, valueVnd, minVnd };
}

function findBreakout(watch: Watch, instrument: Instrument, trade: TradeChange): Finding | null {
  const limit = limitAt(trade.priceE2, instrument);
  const arrived = limit !== watch.limit;
  watch.limit = limit;
  if (limit === null || !arrived) return null;
  const { referenceE2 } = instrument;
  return { type: "price_breakout", ...facts(instrument, trade), limit, referenceE2 };
}

function facts({ symbol, exchange }: Instrument, trade: TradeChange) {
  const { exchangeMs, volume, totalVolume, priceE2 } = trade;
  return { symbol, exchangeMs, volume, totalVolume, priceE2, isFuture: exchange === "DERIVATIVES" };
}

function findForeign(_: Watch, { symbol }: Instrument, sample: ForeignSample): Finding | null {
  const { nowNetVnd, pastNetVnd, exchangeMs } = sample;
  const move = foreignAcceleration(nowNetVnd, pastNetVnd);
  if (move === null) return null;
  return { type: "foreign_acceleration", symbol, exchangeMs, move, nowNetVnd, pastNetVnd };
}

function findBasis(
  watch: Watch,
  { symbol }: Instrument,
  { basisE2, exchangeMs }: { readonly basisE2: number; readonly exchangeMs: number },
): Finding | null {
  if (basisE2 === 0 || exchangeMs < watch.basisMs) return null;
  const lastE2 = watch.basisE2;
  watch.basisE2 = basisE2;
  watch.basisMs = exchangeMs;
  if (lastE2 === null || !crossesZero(lastE2, basisE2)) return null;
  return { type: "basis_divergence", symbol, exchangeMs, basisE2, lastE2 };
}
