/** Editors write a file in several steps; a change counts when they have been quiet for this long. */
const QUIET_MS = 50;

export interface WatchOptions {
  readonly signal: AbortSignal | undefined;
  /** Folders to watch, each without those below it; asked again after every change. */
  readonly folders: () => Promise<readonly string[]>;
  readonly onChange: () => Promise<void>;
}

/** Calls back after each change, one at a time, until the signal ends it. */
export async function watch({ signal, folders, onChange }: WatchOptions): Promise<void> {
  while (!signal?.aborted) {
    const watched = await folders();
    const watcher = Deno.watchFs([...watched], { recursive: false });
    const close = () => watcher.close();
    signal?.addEventListener("abort", close);
    if (!signal?.aborted) {
      await changes(watcher, async () => {
        await onChange();
        const now = await folders();
        return now.length === watched.length && now.every((folder) => watched.includes(folder));
      });
    }
    signal?.removeEventListener("abort", close);
  }
}

/** Handles changes until the watcher is closed, or closes it when a handler says that it has to watch elsewhere. */
async function changes(watcher: Deno.FsWatcher, handle: () => Promise<boolean>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let work = Promise.resolve();
  const settle = async () => {
    if (!(await handle())) watcher.close();
  };
  for await (const { kind } of watcher) {
    if (kind === "access") continue;
    clearTimeout(timer);
    timer = setTimeout(() => work = work.then(settle), QUIET_MS);
  }
  clearTimeout(timer);
  await work;
}
