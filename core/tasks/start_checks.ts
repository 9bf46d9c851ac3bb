/** Makes the data folder and proves that it takes a file; throws one Error that names DATA_DIR. */
export function requireWritable(dir: string): void {
  try {
    Deno.mkdirSync(dir, { recursive: true });
    const probe = Deno.makeTempFileSync({ dir, prefix: ".probe-" });
    Deno.removeSync(probe);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot use DATA_DIR: the folder ${dir} cannot be written (${reason})`);
  }
}
