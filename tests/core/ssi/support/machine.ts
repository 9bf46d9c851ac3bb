import { parseFrame } from "../../../../core/ssi/frame.ts";
import { signalrStep } from "../../../../core/ssi/signalr.ts";
import {
  initialSignalr,
  type Loss,
  SIGNALR_LIMITS,
  type SignalrEffect,
  type SignalrEvent,
  type SignalrState,
} from "../../../../core/ssi/signalr_state.ts";

export const CHANNELS = "F:ALL,X-TRADE:ALL";
export const INIT = '{"C":"d-1,0|A,0","S":1,"M":[]}';
export const DATA = '{"C":"d-1,5|A,1","M":[{"H":"FcMarketDataV2Hub","M":"Broadcast","A":["{}"]}]}';
export const transient: Loss = { kind: "transient", reason: "gone" };

/** The state machine under a clock that the test moves; time passes through every wake it asks for. */
export class Machine {
  state: SignalrState = initialSignalr();
  nowMs = 1_000_000;
  trading = false;
  random = 0;
  wakeAtMs: number | null = null;
  /** Every effect so far. */
  readonly effects: SignalrEffect[] = [];

  send(event: SignalrEvent): readonly SignalrEffect[] {
    const step = signalrStep(this.state, event, {
      nowMs: this.nowMs,
      trading: this.trading,
      random: this.random,
      limits: SIGNALR_LIMITS,
      channels: CHANNELS,
    });
    this.state = step.state;
    this.wakeAtMs = step.wakeAtMs;
    this.effects.push(...step.effects);
    return step.effects;
  }

  frame(text: string): readonly SignalrEffect[] {
    return this.send({ type: "frame", attempt: this.state.attempt, frame: parseFrame(text) });
  }

  /** Lets time pass; `each` runs at every second of it. */
  pass(ms: number, each: () => void = () => {}): void {
    const endMs = this.nowMs + ms;
    let nextSecondMs = this.nowMs + 1_000;
    while (this.nowMs < endMs) {
      const wakeMs = Math.max(this.wakeAtMs ?? Infinity, this.nowMs + 1);
      this.nowMs = Math.min(endMs, wakeMs, nextSecondMs);
      if (this.nowMs === nextSecondMs) {
        nextSecondMs += 1_000;
        each();
      }
      this.send({ type: "tick" });
    }
  }

  /** Takes the attempt under way from its token to its subscription. */
  connect(keepAliveMs: number | null = 20_000): void {
    const { attempt } = this.state;
    this.send({ type: "tokenReady", attempt });
    this.send({ type: "negotiated", attempt, keepAliveMs });
    this.send({ type: "opened", attempt });
    this.frame(INIT);
    this.send({ type: "started", attempt, failure: null });
    this.frame(`{"I":"${this.state.invocation}"}`);
  }

  /** Starts and connects in one go. */
  static connected(keepAliveMs: number | null = 20_000): Machine {
    const machine = new Machine();
    machine.send({ type: "start" });
    machine.connect(keepAliveMs);
    return machine;
  }

  /** Types of the effects since the given count. */
  types(from = 0): string[] {
    return this.effects.slice(from).map((effect) => effect.type);
  }

  /** Time until the next attempt begins. */
  pauseMs(): number {
    return this.state.stage === "waiting" ? (this.state.deadlineMs ?? NaN) - this.nowMs : 0;
  }
}
