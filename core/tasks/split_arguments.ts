import { parseArgs, type ParseArgsConfig } from "node:util";

/** A command line taken apart; what is wrong with it is told in the caller's own error. */
export function splitArguments<Config extends ParseArgsConfig>(
  config: Config,
  wrong: (problem: string) => Error,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw wrong(error.message);
  }
}
