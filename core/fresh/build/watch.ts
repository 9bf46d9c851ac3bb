/**
 * Editors write a file in several steps; a change counts when they have been quiet for this long.
 */
const QUIET_MS = 50;

export interface WatchOptions {
  /** Folders to watch, each without those below it; asked again after every change. */
  readonly folders: () => Promise<readonly string[]>;
  readonly onChange: () => Promise<void>;
}

/** Watches folders and calls back after each change, one at a time. */
export class Watch {
  readonly #options: WatchOptions;
  readonly #watched = new Set<string>();
  readonly #watchers: Deno.FsWatcher[] = [];
  readonly #loops: Promise<void>[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #work = Promise.resolve();
  #closed = false;

  private constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Starts to watch; no change from here on is missed. */
  static async open(options: WatchOptions): Promise<Watch> {
    const watch = new Watch(options);
    await watch.#extend();
    return watch;
  }

  /** Ends; resolves when the last call back is over. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const watcher of this.#watchers) watcher.close();
    await Promise.all(this.#loops);
    clearTimeout(this.#timer);
    await this.#work;
  }

  /**
   * A folder stays watched once it is: closing and opening again would lose what happens between.
   */
  async #extend(): Promise<void> {
    const folders = await this.#options.folders();
    const added = folders.filter((folder) => !this.#watched.has(folder));
    if (this.#closed || added.length === 0) return;
    for (const folder of added) this.#watched.add(folder);
    const watcher = Deno.watchFs(added, { recursive: false });
    this.#watchers.push(watcher);
    this.#loops.push(this.#listen(watcher));
  }

  async #listen(watcher: Deno.FsWatcher): Promise<void> {
    for await (const { kind } of watcher) {
      if (kind === "access") continue;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#work = this.#work.then(() => this.#handle()), QUIET_MS);
    }
  }

  async #handle(): Promise<void> {
    await this.#options.onChange();
    await this.#extend();
  }
}
