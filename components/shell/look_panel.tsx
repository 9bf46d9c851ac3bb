import type { JSX } from "preact";
import { type ChoiceName, CHOICES, type Look } from "../look.ts";
import type { ShellWords } from "./shell_words.ts";

interface LookPanelProps {
  readonly words: ShellWords;
  readonly look: Look;
  /** What the page's own query chose; it stays. */
  readonly kept: URLSearchParams;
}

/** Choices of language, colours and density; they are links, so they work without JavaScript too. */
export function LookPanel({ words, look, kept }: LookPanelProps): JSX.Element {
  const names = Object.keys(CHOICES) as ChoiceName[];
  const labels: Readonly<Record<ChoiceName, string>> = {
    lang: words.language,
    theme: words.theme,
    palette: words.palette,
    density: words.density,
    unit: words.unit,
  };
  return (
    <details class="look">
      <summary>
        <span aria-hidden="true">⚙</span> <span class="wide" aria-hidden="true">{words.look}</span>
        <span class="unseen">{words.look}, {words.language}</span>
      </summary>
      <div>
        {names.map((name) => (
          <nav key={name} aria-label={labels[name]}>
            <b>{labels[name]}</b>
            {(CHOICES[name] as readonly string[]).map((value) => {
              const text = (words.choices[name] as Readonly<Record<string, string>>)[value]!;
              return (
                <a
                  key={value}
                  href={hrefWith(kept, name, value)}
                  lang={name === "lang" ? value : undefined}
                  aria-current={value === look[name] ? "true" : undefined}
                >
                  {text}
                </a>
              );
            })}
          </nav>
        ))}
      </div>
    </details>
  );
}

function hrefWith(kept: URLSearchParams, name: string, value: string): string {
  const query = new URLSearchParams(kept);
  query.set(name, value);
  return `?${query}`;
}
