import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { TICKER } from "../../core/wire/channel.ts";
import { fill } from "../fill.ts";
import type { ToolWords } from "./tool_words.ts";
import { readList, WATCHLIST_MAX } from "./watchlist.ts";

interface WatchToolsProps {
  readonly symbols: readonly string[];
  readonly unknown: readonly string[];
  readonly suggestions: readonly string[];
  readonly tools: ToolWords;
  readonly onAdd: (symbols: readonly string[]) => void;
  readonly onReplace: (symbols: readonly string[]) => void;
}

/** What a reader does with the own list: add, take out to a file, bring in from one. */
export function WatchTools(props: WatchToolsProps): JSX.Element {
  const { symbols, unknown, suggestions, tools, onAdd, onReplace } = props;
  const [message, setMessage] = useState("");
  const add = (form: HTMLFormElement) => {
    const text = String(new FormData(form).get("symbol")).trim().toUpperCase();
    form.reset();
    if (!TICKER.test(text)) return setMessage(fill(tools.notTicker, { text }));
    if (symbols.length >= WATCHLIST_MAX) {
      return setMessage(fill(tools.full, { max: WATCHLIST_MAX }));
    }
    setMessage("");
    onAdd([text]);
  };
  const take = async (file: File) => {
    const { symbols, refused } = readList(await file.text());
    onReplace(symbols);
    const parts = [fill(tools.imported, { count: symbols.length })];
    if (refused > 0) parts.push(fill(tools.refused, { count: refused, max: WATCHLIST_MAX }));
    setMessage(parts.join(" "));
  };
  const notes = [
    message,
    unknown.length > 0 ? fill(tools.unknown, { symbols: unknown.join(", ") }) : "",
  ].filter((note) => note !== "");
  return (
    <div class="watch-tools live-only">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add(event.currentTarget);
        }}
      >
        <input
          class="field"
          name="symbol"
          aria-label={tools.add}
          placeholder={tools.add}
          required
        />
        <button class="button">{tools.addButton}</button>
      </form>
      <button type="button" class="button" onClick={() => save(symbols, tools.exportName)}>
        {tools.exportList}
      </button>
      <label class="button">
        {tools.importList}
        <input
          class="unseen"
          type="file"
          accept=".txt,.csv,.json"
          onChange={async ({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file !== undefined) await take(file);
            currentTarget.value = "";
          }}
        />
      </label>
      <span class="dim" role="status">{notes.length > 0 ? notes.join(" ") : tools.watchHint}</span>
      {symbols.length === 0 && (
        <div class="suggestions">
          <p>{tools.watchEmpty}</p>
          <p class="chips">
            {suggestions.map((symbol) => (
              <button
                key={symbol}
                type="button"
                onClick={() => onAdd([symbol])}
              >
                ☆ {symbol}
              </button>
            ))}
          </p>
        </div>
      )}
    </div>
  );
}

function save(symbols: readonly string[], name: string): void {
  const url = URL.createObjectURL(new Blob([symbols.join("\n") + "\n"], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
