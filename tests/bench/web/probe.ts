/** What the probe has seen in a page; times are ms since the navigation began. */
export interface Probe {
  readonly fcpMs: number | null;
  readonly lcpMs: number | null;
  /** The worst second of layout shifts, as browsers report CLS. */
  readonly cls: number;
  /** When the thirty rows of the board stood in the page. */
  readonly rowsMs: number | null;
  /** When the server had confirmed what the page's socket asked for. */
  readonly liveMs: number | null;
  /** Cells of the board whose text changed. */
  readonly cells: number;
  /** From input to the next frame, the longest event of each interaction; what took less than 16 ms is left out. */
  readonly interactionMs: readonly number[];
  /** Between animation frames, since the counting began. */
  readonly frameMs: readonly number[];
}

/**
 * Runs in the page before anything of it and watches; `probe` is then to be read, and `count()`
 * begins the counting of cells and frames anew.
 */
export function installProbe(): void {
  const times = {
    fcpMs: null as number | null,
    lcpMs: null as number | null,
    rowsMs: null as number | null,
    liveMs: null as number | null,
  };
  const shifts = { cls: 0, sum: 0, startMs: 0, lastMs: 0 };
  const interactions = new Map<number, number>();
  let cells = 0;
  let frameMs: number[] = [];
  let lastFrameMs = 0;

  const observe = (type: string, see: (entry: never) => void, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => see(entry as never)))
      .observe({ type, buffered: true, ...more });
  observe("paint", ({ name, startTime }: PerformanceEntry) => {
    if (name === "first-contentful-paint") times.fcpMs = startTime;
  });
  observe("largest-contentful-paint", ({ startTime }: PerformanceEntry) => {
    times.lcpMs = startTime;
  });
  observe(
    "layout-shift",
    (entry: PerformanceEntry & { value: number; hadRecentInput: boolean }) => {
      if (entry.hadRecentInput) return;
      const at = entry.startTime;
      // A window ends after a second of rest, or after five.
      const isNew = at - shifts.lastMs > 1_000 || at - shifts.startMs > 5_000;
      if (isNew) Object.assign(shifts, { sum: 0, startMs: at });
      shifts.sum += entry.value;
      shifts.lastMs = at;
      shifts.cls = Math.max(shifts.cls, shifts.sum);
    },
  );
  observe("event", (entry: PerformanceEntry & { interactionId: number }) => {
    const { interactionId: id, duration } = entry;
    if (id > 0) interactions.set(id, Math.max(interactions.get(id) ?? 0, duration));
  }, { durationThreshold: 16 });

  const watchRows = () => {
    if (document.querySelectorAll("#board tbody tr").length >= 30) times.rowsMs = performance.now();
    else requestAnimationFrame(watchRows);
  };
  watchRows();

  class WatchedSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("message", ({ data }) => {
        if (times.liveMs === null && String(data).includes('"k":"ok"')) {
          times.liveMs = performance.now();
        }
      });
    }
  }
  globalThis.WebSocket = WatchedSocket;

  const changes = new MutationObserver((records) => {
    for (const { target } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      if (element?.closest("#board td, #board tbody th") != null) cells++;
    }
  });
  const nextFrame = (atMs: number) => {
    if (lastFrameMs > 0) frameMs.push(atMs - lastFrameMs);
    lastFrameMs = atMs;
    requestAnimationFrame(nextFrame);
  };
  const count = () => {
    if (lastFrameMs === 0) {
      changes.observe(document, { subtree: true, childList: true, characterData: true });
      requestAnimationFrame(nextFrame);
    }
    cells = 0;
    frameMs = [];
    interactions.clear();
  };
  Object.defineProperty(globalThis, "probe", {
    get: () => ({
      ...times,
      cls: shifts.cls,
      cells,
      interactionMs: [...interactions.values()],
      frameMs,
    }),
  });
  Object.defineProperty(globalThis, "count", { value: count });
}
