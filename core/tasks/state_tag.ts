import { crc32 } from "node:zlib";
import type { EngineOptions } from "../engine/state.ts";
import { VERSION } from "./version.ts";

/** The code that a frame goes through on its way into the state. */
const FOLDERS = ["market", "wire", "ssi", "tape", "analytics", "engine"];

/**
 * Names all that decides what a journal makes of the engine's state: the product, the very code of
 * the pure folders, the machine's V8 and how the engine is set up. A state with another name may
 * have other fields, or the same fields with another meaning. `furtherFolders` of core made what is
 * kept beside the state.
 */
export function stateTag(
  { classifier, symbolsMax, spikeMinVnd = 0 }: EngineOptions,
  furtherFolders: readonly string[] = [],
): string {
  const { deno, v8 } = Deno.version;
  const code = codeSum([...FOLDERS, ...furtherFolders]).toString(16).padStart(8, "0");
  return `vnstock ${VERSION} ${code}, deno ${deno}, v8 ${v8}, ${classifier}, ${symbolsMax}, ${spikeMinVnd}`;
}

function codeSum(folders: readonly string[]): number {
  let sum = 0;
  for (const folder of folders) {
    const url = new URL(`../${folder}/`, import.meta.url);
    const names = [...Deno.readDirSync(url)].map((entry) => entry.name).sort();
    for (const name of names) {
      sum = crc32(Deno.readFileSync(new URL(name, url)), crc32(`${folder}/${name}`, sum));
    }
  }
  return sum;
}
