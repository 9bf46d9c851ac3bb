import { type Family, Histogram, LabelledCounter } from "../metrics.ts";

/** Upper bounds in seconds; a REST answer should take less than 0.1 s. */
const SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/**
 * What requests cost, by the template of their route (about 30 of them; `none` for an address
 * without one) and by status (about 15): some hundreds of series at most.
 */
export class HttpMetrics {
  readonly #seconds = new Histogram(SECONDS);
  readonly #requests = new LabelledCounter();

  observe(route: string | null, status: number, seconds: number): void {
    const label = route ?? "none";
    this.#seconds.observe(seconds, { route: label });
    this.#requests.add({ route: label, status: String(status) });
  }

  families(): Family[] {
    return [
      {
        name: "http_request_duration_seconds",
        help: "Time to the answer by template of the route.",
        type: "histogram",
        samples: this.#seconds.samples(),
      },
      {
        name: "http_requests_total",
        help: "Requests by template of the route and status of the answer.",
        type: "counter",
        samples: this.#requests.samples(),
      },
    ];
  }
}
