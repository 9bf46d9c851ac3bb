import { useEffect, useState } from "preact/hooks";
import type { ToolWords } from "../components/board/tool_words.ts";
import {
  ownWatchlist,
  readList,
  type Watchlist,
  WATCHLIST_MAX,
} from "../components/board/watchlist.ts";
import { fill } from "../components/fill.ts";
import { guarded } from "../components/guarded.tsx";
import { TICKER } from "../core/wire/channel.ts";

export interface WatchToolsProps {
  readonly tools: ToolWords;
  /** What an empty list may begin with. */
  readonly suggestions: readonly string[];
}

/** What a reader does with the own list: add, take out to a file, bring in from one. */
function WatchTools({ tools, suggestions }: WatchToolsProps) {
  const [list, setList] = useState<Watchlist | null>(null);
  useEffect(() => setList(ownWatchlist()), []);
  const symbols = list?.symbols.value ?? [];
  const unknown = list?.unknown.value ?? [];
  const [message, setMessage] = useState("");
  const take = async (file: File) => {
    const { symbols, refused } = readList(await file.text());
    list?.replace(symbols);
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
      <AddSymbol
        tools={tools}
        onAdd={(added) => list?.add(added)}
        onMessage={setMessage}
      />
      <button type="button" class="button" onClick={() => save(symbols, tools.exportName)}>
        {tools.exportList}
      </button>
      <FileButton name={tools.importList} onFile={take} />
      <span class="dim" role="status">{notes.length > 0 ? notes.join(" ") : tools.watchHint}</span>
      {unknown.length > 0 && (
        <button
          type="button"
          class="button"
          onClick={() => list?.remove(unknown)}
        >
          {tools.dropUnknown}
        </button>
      )}
      {list !== null && symbols.length === 0 && (
        <div class="suggestions">
          <p>{tools.watchEmpty}</p>
          <p class="chips">
            {suggestions.map((symbol) => (
              <button
                key={symbol}
                type="button"
                onClick={() => list?.add([symbol])}
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

interface AddSymbolProps {
  readonly tools: ToolWords;
  readonly onAdd: (symbols: readonly string[]) => void;
  readonly onMessage: (message: string) => void;
}

function AddSymbol({ tools, onAdd, onMessage }: AddSymbolProps) {
  const add = (form: HTMLFormElement) => {
    const text = String(new FormData(form).get("symbol")).trim().toUpperCase();
    form.reset();
    if (!TICKER.test(text)) return onMessage(fill(tools.notTicker, { text }));
    onMessage("");
    onAdd([text]);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add(event.currentTarget);
      }}
    >
      <input class="field" name="symbol" aria-label={tools.add} placeholder={tools.add} required />
      <button type="submit" class="button">{tools.addButton}</button>
    </form>
  );
}

interface FileButtonProps {
  readonly name: string;
  readonly onFile: (file: File) => Promise<void>;
}

function FileButton({ name, onFile }: FileButtonProps) {
  return (
    <label class="button">
      {name}
      <input
        class="unseen"
        type="file"
        accept=".txt,.csv,.json"
        onChange={async ({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file !== undefined) await onFile(file);
          // The same file may be chosen again.
          currentTarget.value = "";
        }}
      />
    </label>
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

export default guarded(WatchTools);
