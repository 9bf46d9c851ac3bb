import type { JSX } from "preact";
import { fill } from "../fill.ts";
import { formatCount, type NumberStyle } from "../number_format.ts";
import type { SymbolWords } from "./symbol_words.ts";

/** A security that may have been meant; the name is "" where the feed tells none. */
export interface NearSymbol {
  readonly symbol: string;
  readonly name: string;
}

interface UnknownSymbolProps {
  readonly ticker: string;
  /** Nearest first. */
  readonly near: readonly NearSymbol[];
  /** Symbols that the server knows. */
  readonly known: number;
  readonly words: SymbolWords;
  readonly style: NumberStyle;
}

/** Says that there is no such security, and which ones come near. */
export function UnknownSymbol(
  { ticker, near, known, words, style }: UnknownSymbolProps,
): JSX.Element {
  return (
    <section class="message unknown-symbol">
      <h2>{fill(words.unknownTitle, { ticker })}</h2>
      <p>
        {known === 0
          ? words.unknownEmpty
          : fill(words.unknownText, { count: formatCount(known, style) })}
      </p>
      {known > 0 && (
        <>
          <p id="near-title">{near.length > 0 ? words.unknownNear : words.unknownNone}</p>
          <ul class="tabs" aria-labelledby="near-title">
            {near.map(({ symbol, name }) => (
              <li key={symbol}>
                <a href={`/stock/${symbol}`}>{symbol}</a> {name}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href="/">{words.toBoard}</a>
      </p>
    </section>
  );
}
