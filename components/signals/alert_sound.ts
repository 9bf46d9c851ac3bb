import type { AlertSeverity } from "../../core/wire/alert.ts";

/** A tone of a severity; the critical one is a clear beep (U-30). */
const TONES: Readonly<Record<AlertSeverity, { readonly hertz: number; readonly seconds: number }>> =
  {
    info: { hertz: 523, seconds: 0.08 },
    warning: { hertz: 659, seconds: 0.1 },
    critical: { hertz: 880, seconds: 0.15 },
  };
/** Alerts come in bursts; between two tones is at least this. */
const PAUSE_S = 0.4;
/** An abrupt start or end would click. */
const FADE_S = 0.01;

/** Plays a tone for an alert. A browser lets it sound only after the reader did something. */
export class AlertSound {
  #context: AudioContext | null = null;
  #playedS = -Infinity;

  /** Whether the browser would let a tone be heard. */
  get isReady(): boolean {
    return this.#context?.state === "running";
  }

  /** Call it while the reader clicks or types. */
  async unlock(): Promise<void> {
    this.#context ??= new AudioContext();
    await this.#context.resume();
  }

  /** Plays for an alert, unless a tone has just been; `volume` is in per cent. */
  ring(severity: AlertSeverity, volume: number): void {
    const nowS = this.#context?.currentTime ?? 0;
    if (nowS - this.#playedS >= PAUSE_S) this.play(severity, volume);
  }

  /** Plays, where the browser lets it. */
  play(severity: AlertSeverity, volume: number): void {
    const context = this.#context;
    if (context === null || !this.isReady) return;
    const startS = context.currentTime;
    this.#playedS = startS;
    const { hertz, seconds } = TONES[severity];
    const oscillator = new OscillatorNode(context, { frequency: hertz });
    const gain = new GainNode(context, { gain: 0 });
    const loudness = (volume / 100) ** 2;
    gain.gain.setTargetAtTime(loudness, startS, FADE_S);
    gain.gain.setTargetAtTime(0, startS + seconds, FADE_S);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(startS);
    oscillator.stop(startS + seconds + 10 * FADE_S);
  }

  async end(): Promise<void> {
    await this.#context?.close();
  }
}
