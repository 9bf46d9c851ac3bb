/** Removes a directory with all in it, if it is there. */
export async function removeTree(path: string): Promise<void> {
  await unlessMissing(Deno.remove(path, { recursive: true }));
}

/** A file's text, or null when there is no such file. */
export async function readIfThere(path: string): Promise<string | null> {
  return await unlessMissing(Deno.readTextFile(path));
}

/** What is at a path, links not followed, or null when nothing is. */
export async function statIfThere(path: string): Promise<Deno.FileInfo | null> {
  return await unlessMissing(Deno.lstat(path));
}

async function unlessMissing<T>(action: Promise<T>): Promise<T | null> {
  try {
    return await action;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
