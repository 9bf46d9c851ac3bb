import type { Logger } from "../../log.ts";
import type {
  RoundReply,
  TravelQuestion,
  TravelReply,
  TravelRequest,
  TravelSettings,
} from "./travel_messages.ts";

/** Questions that wait beside the one that is being answered. */
const WAITING_MAX = 8;
/** A worker that has not answered by then is ended: a whole busy day takes half of it. */
const ANSWER_MS_MAX = 120_000;
/** Without a question for so long, the worker and all it holds go. */
const IDLE_MS = 5 * 60_000;
/** A round of keyframes that has not ended by then is ended; the next one goes on where it was. */
const ROUND_MS_MAX = 60 * 60_000;

/** What becomes of a question. */
export type TravelAnswer = TravelReply | { readonly kind: "busy" };

/**
 * The main thread's end of the worker that looks at earlier minutes. There is one while it is asked,
 * and it answers one question after the other. A round of keyframes goes on beside them.
 */
export class TravelClient {
  readonly #settings: TravelSettings;
  readonly #log: Logger;
  #worker: Worker | null = null;
  #settle: (reply: TravelReply) => void = () => {};
  /** Null while no round is under way. */
  #settleRound: ((reply: RoundReply) => void) | null = null;
  #idleTimer: ReturnType<typeof setTimeout> | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #isStopped = false;

  constructor(settings: TravelSettings, log: Logger) {
    this.#settings = settings;
    this.#log = log;
  }

  /** Asks the worker, once those before have been answered; never rejects. */
  ask(question: TravelQuestion): Promise<TravelAnswer> {
    if (this.#waiting > WAITING_MAX) return Promise.resolve({ kind: "busy" });
    this.#waiting++;
    const answer = this.#turn.then(() => this.#answer(question)).finally(() => this.#waiting--);
    this.#turn = answer;
    return answer;
  }

  /** Has keyframes written for what is recorded; never rejects. */
  async keepKeyframes(): Promise<RoundReply> {
    if (this.#isStopped) return failedRound("the server is stopping");
    if (this.#settleRound !== null) return failedRound("another round is under way");
    const worker = this.#worker ??= this.#start();
    const { promise, resolve } = Promise.withResolvers<RoundReply>();
    this.#settleRound = resolve;
    worker.postMessage({ kind: "round" } satisfies TravelRequest);
    const deadline = setTimeout(() => this.#close("a round took too long"), ROUND_MS_MAX);
    const reply = await promise;
    clearTimeout(deadline);
    this.#settleRound = null;
    if (this.#waiting === 0 && this.#idleTimer === null) this.#close("nobody travels");
    return reply;
  }

  /** Ends the worker: what it holds is of a market that is no more. */
  forget(): void {
    this.#close("the journal began anew");
  }

  /** Ends the worker for good. */
  stop(): void {
    this.#isStopped = true;
    this.#close("the server is stopping");
  }

  async #answer(question: TravelQuestion): Promise<TravelAnswer> {
    if (this.#isStopped) return { kind: "failed", reason: "the server is stopping" };
    this.#forgetIdle();
    const worker = this.#worker ??= this.#start();
    const { promise, resolve } = Promise.withResolvers<TravelReply>();
    this.#settle = resolve;
    worker.postMessage(question satisfies TravelRequest);
    const deadline = setTimeout(() => this.#close("it took too long"), ANSWER_MS_MAX);
    const reply = await promise;
    clearTimeout(deadline);
    if (reply.kind === "failed") {
      this.#log.warn("travel_failed", { question: question.kind, reason: reply.reason });
    }
    if (this.#worker !== null) this.#idleTimer = setTimeout(() => this.#idle(), IDLE_MS);
    return reply;
  }

  #start(): Worker {
    const url = new URL("./travel_worker.ts", import.meta.url);
    const worker = new Worker(url, { type: "module", name: "travel" });
    worker.onmessage = ({ data }: MessageEvent<TravelReply | RoundReply>) => {
      if (data.kind === "round") this.#settleRound?.(data);
      else this.#settle(data);
    };
    worker.onerror = (event) => {
      // Without this an error inside the worker would end the whole process.
      event.preventDefault();
      if (worker === this.#worker) this.#close(event.message);
    };
    const start: TravelRequest = { kind: "start", settings: this.#settings };
    worker.postMessage(start);
    return worker;
  }

  /** The end of a round ends the worker as well. */
  #idle(): void {
    this.#idleTimer = null;
    if (this.#settleRound === null) this.#close("idle");
  }

  #forgetIdle(): void {
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer);
    this.#idleTimer = null;
  }

  #close(reason: string): void {
    this.#forgetIdle();
    this.#worker?.terminate();
    this.#worker = null;
    this.#settle({ kind: "failed", reason });
    this.#settleRound?.(failedRound(reason));
  }
}

function failedRound(problem: string): RoundReply {
  return { kind: "round", written: 0, refused: 0, problem };
}
