import type { JSX } from "preact";
import type { WrongChoice } from "../look.ts";
import { fill } from "../fill.ts";
import type { ShellWords } from "./shell_words.ts";

interface WrongChoicesProps {
  readonly words: ShellWords;
  readonly wrong: readonly WrongChoice[];
}

/** What the address asked for in vain, and what it may ask for. */
export function WrongChoices({ words, wrong }: WrongChoicesProps): JSX.Element {
  return (
    <>
      {wrong.map(({ parameter, wanted }) => (
        <p key={parameter} class="notice" role="status">
          {fill(words.wrongChoice, { name: parameter, wanted })}
        </p>
      ))}
    </>
  );
}
