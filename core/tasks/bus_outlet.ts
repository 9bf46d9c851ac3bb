import { RemotePublisher, type RemotePublisherDeps } from "../bus/remote_publisher.ts";
import { TickerOutlet } from "../bus/ticker_outlet.ts";
import type { BusMessage, BusPublisher } from "../port/bus.ts";

/** All that leaves an ingest node: messages for web nodes, prices for programs of others. */
export class BusOutlet implements BusPublisher {
  readonly #publisher: RemotePublisher;
  readonly #tickers: TickerOutlet | null;
  /** Figures of the engine side as it last told them. */
  #figures: Readonly<Record<string, number>> = {};

  constructor(deps: RemotePublisherDeps & { readonly tellsTickers: boolean }) {
    this.#publisher = new RemotePublisher(deps);
    const { broker, term } = deps;
    const mayTell = () => broker.isConnected && term() !== null;
    this.#tickers = deps.tellsTickers
      ? new TickerOutlet({
        mayTell,
        tell: (ticker, text) => broker.tellTicker(ticker, text),
        flush: () => broker.flush(),
      })
      : null;
  }

  get dropped(): number {
    return this.#publisher.dropped;
  }

  publish(message: BusMessage): void {
    if (message.k === "metrics") this.#figures = message.metrics;
    this.#publisher.publish(message);
    this.#tickers?.take(message);
  }

  /** Speaks at once, if it may. */
  tick(): void {
    this.#publisher.tick();
  }

  metrics(): Readonly<Record<string, number>> {
    return { ...this.#figures, ...this.#publisher.metrics(), ...this.#tickers?.metrics() };
  }

  async close(): Promise<void> {
    this.#tickers?.close();
    await this.#publisher.close();
  }
}
