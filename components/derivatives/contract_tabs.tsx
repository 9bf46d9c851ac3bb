import type { JSX } from "preact";
import type { ContractView } from "./contracts.ts";
import type { DerivativeWords } from "./derivative_words.ts";

interface ContractTabsProps {
  readonly contracts: readonly ContractView[];
  readonly chosen: ContractView;
  readonly words: DerivativeWords;
}

/** The choice of a contract: links, so that each is an address. */
export function ContractTabs({ contracts, chosen, words }: ContractTabsProps): JSX.Element {
  return (
    <nav class="tabs contracts" aria-label={words.contracts}>
      {contracts.map(({ code, alias, month }) => (
        <a
          key={code}
          href={`?contract=${code}`}
          aria-current={code === chosen.code ? "page" : undefined}
        >
          {alias} {month !== null && <small>{month.slice(5)}/{month.slice(0, 4)}</small>}
        </a>
      ))}
    </nav>
  );
}
