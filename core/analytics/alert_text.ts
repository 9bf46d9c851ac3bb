import { priceFromE2 } from "../market/units.ts";
import { type AlertText, write, writeSigned, type Written } from "./alert_words.ts";
import type {
  BasisFinding,
  BreakoutFinding,
  Finding,
  ForeignFinding,
  SpikeFinding,
} from "./finding.ts";
import {
  FOREIGN_CHANGE_PERCENT,
  FOREIGN_MINUTES,
  FOREIGN_PAST_MIN_VND,
  type ForeignMove,
} from "./foreign_acceleration.ts";
import { sessionText } from "./session_text.ts";
import { SPIKE_MINUTES, SPIKE_RATIO, SPIKE_TRADES_MIN } from "./volume_spike.ts";

const BILLION = 1_000_000_000;

/** Says what was found, to traders in two languages and to programs in figures. */
export function alertText(finding: Finding): AlertText {
  switch (finding.type) {
    case "volume_spike":
      return spikeText(finding);
    case "price_breakout":
      return breakoutText(finding);
    case "foreign_acceleration":
      return foreignText(finding);
    case "basis_divergence":
      return basisText(finding);
    case "session_event":
      return sessionText(finding);
  }
}

function spikeText(finding: SpikeFinding): AlertText {
  const { symbol, volume, windowTrades, windowVolume, isFuture } = finding;
  const mean = windowVolume / windowTrades;
  const ratio = round(volume / mean);
  const [traded, times, usual] = [write(volume, 0), write(ratio, 1), write(mean, 0)];
  const unit = isFuture ? { en: "contracts", vi: "hợp đồng" } : { en: "shares", vi: "cp" };
  return {
    message: `${symbol}: volume spike, one trade of ${traded.en} ${unit.en}, ` +
      `${times.en} times the ${SPIKE_MINUTES}-minute mean`,
    message_vi: `${symbol}: đột biến khối lượng, một lệnh khớp ${traded.vi} ${unit.vi}, ` +
      `gấp ${times.vi} lần trung bình ${SPIKE_MINUTES} phút`,
    data: {
      inputs: {
        volume,
        total_volume: finding.totalVolume,
        price: priceFromE2(finding.priceE2),
        value: finding.valueVnd,
        mean_volume: round(mean),
        window_trades: windowTrades,
        window_volume: windowVolume,
        ratio,
      },
      threshold: {
        ratio: SPIKE_RATIO,
        minutes: SPIKE_MINUTES,
        trades_min: SPIKE_TRADES_MIN,
        value_min: finding.minVnd,
      },
      explanation: `One trade of ${traded.en} is more than ${SPIKE_RATIO} times ${usual.en}, ` +
        `the mean of the ${windowTrades} trades in the ${SPIKE_MINUTES} minutes before it`,
    },
  };
}

function breakoutText(finding: BreakoutFinding): AlertText {
  const { symbol, limit, isFuture } = finding;
  const price = priceFromE2(finding.priceE2);
  const { en, vi } = write(price, isFuture ? 1 : 0);
  const [unitEn, unitVi] = isFuture ? ["points", "điểm"] : ["VND", "đ"];
  return {
    message: `${symbol}: last price at the ${limit}, ${en} ${unitEn}`,
    message_vi: `${symbol}: khớp giá ${limit === "ceiling" ? "trần" : "sàn"} ${vi} ${unitVi}`,
    data: {
      inputs: {
        last: price,
        ref: finding.referenceE2 === null ? null : priceFromE2(finding.referenceE2),
        volume: finding.volume,
        total_volume: finding.totalVolume,
        limit,
      },
      threshold: { [limit]: price },
      explanation: `The last price ${en} has come to the ${limit} of the day`,
    },
  };
}

const MOVES: Readonly<Record<ForeignMove, Written>> = {
  acceleration: { en: "grew", vi: "tăng tốc" },
  deceleration: { en: "shrank", vi: "chậm lại" },
  reversal: { en: "changed sides", vi: "đảo chiều" },
};

function foreignText(finding: ForeignFinding): AlertText {
  const { symbol, move, nowNetVnd, pastNetVnd } = finding;
  const percent = round(Math.abs(nowNetVnd - pastNetVnd) / Math.abs(pastNetVnd) * 100);
  const [now, past] = [writeSigned(nowNetVnd / BILLION, 2), writeSigned(pastNetVnd / BILLION, 2)];
  const change = write(percent, 1);
  return {
    message: `${symbol}: foreign net value ${MOVES[move].en} from ${past.en} to ${now.en} ` +
      `bn VND in ${FOREIGN_MINUTES} minutes (${change.en}%)`,
    message_vi: `${symbol}: khối ngoại ${MOVES[move].vi}, giá trị ròng từ ${past.vi} tỷ ` +
      `thành ${now.vi} tỷ sau ${FOREIGN_MINUTES} phút (${change.vi}%)`,
    data: {
      inputs: { net_value: nowNetVnd, past_net_value: pastNetVnd, change_pct: percent, kind: move },
      threshold: {
        change_pct: FOREIGN_CHANGE_PERCENT,
        minutes: FOREIGN_MINUTES,
        past_min: FOREIGN_PAST_MIN_VND,
      },
      explanation: `The foreign net value differs by ${change.en}% of what it was ` +
        `${FOREIGN_MINUTES} minutes before, more than ${FOREIGN_CHANGE_PERCENT}%`,
    },
  };
}

function basisText(finding: BasisFinding): AlertText {
  const { symbol } = finding;
  const [basis, previous] = [priceFromE2(finding.basisE2), priceFromE2(finding.lastE2)];
  const [now, past] = [writeSigned(basis, 2), writeSigned(previous, 2)];
  const toPremium = basis > 0;
  return {
    message: `${symbol}: basis turned ${toPremium ? "positive" : "negative"}, ` +
      `from ${past.en} to ${now.en} points`,
    message_vi: `${symbol}: độ lệch (basis) đổi dấu ${toPremium ? "sang dương" : "sang âm"}, ` +
      `từ ${past.vi} thành ${now.vi} điểm`,
    data: {
      inputs: { basis, previous_basis: previous, kind: toPremium ? "premium" : "discount" },
      threshold: { basis: 0 },
      explanation: `The basis went from ${past.en} to ${now.en} points, across zero`,
    },
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
