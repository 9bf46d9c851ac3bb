/**
 * Writes a file of a day's folder so that it is there whole or not at all. Opening the journal removes
 * what a killed process left of it.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const half = `${path}.tmp`;
  try {
    using file = await Deno.open(half, { create: true, write: true, truncate: true });
    for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
    await file.syncData();
    await Deno.rename(half, path);
  } catch (error) {
    // A full disk is the likely reason, so the half file must not stay.
    await removeFile(half);
    throw error;
  }
}

/** Removes a file that may be gone already. */
export async function removeFile(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
