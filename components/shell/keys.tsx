import { useEffect, useRef, useState } from "preact/hooks";
import type { SymbolList, SymbolOut } from "../../core/wire/symbols.ts";
import type { LiveLink } from "../live/link.ts";
import { type PageClient, pageClient } from "../live/page_client.ts";
import { askRest } from "../live/rest.ts";
import { useLater } from "../live/use_later.ts";
import { PAGES } from "../pages.ts";
import type { Opened } from "./key_box.tsx";
import { isText, readKey, takesText } from "./key_press.ts";
import type { KeyWords } from "./key_words.ts";

/** How long `P` waits for a second letter before it pauses. */
const SECOND_LETTER_MS = 450;
/** Longest wait for the list of symbols. */
const SYMBOLS_WAIT_MS = 10_000;

export interface KeysProps {
  readonly link: LiveLink;
  readonly words: KeyWords;
}

/** The keyboard of every page; what it shows is fetched when a key first asks for it. */
export function Keys({ link, words }: KeysProps) {
  const [open, setOpen] = useState<Opened | null>(null);
  const held = useRef<Opened | null>(null);
  const show = (what: Opened | null) => setOpen(held.current = what);
  const [box, isMissing] = useLater(() => import("./key_box.tsx"), open !== null);
  const [symbols, setSymbols] = useState<readonly SymbolOut[] | null>(null);
  useEffect(() => {
    if (isMissing) show(null);
  }, [isMissing]);
  useEffect(() => listenToKeys(pageClient(link), { opened: () => held.current, open: show }), []);
  useEffect(() => {
    if (open === null) return;
    // Each box asks, as names and listings come while a page is open; until then, and without an
    // answer, the list of the one before holds. Without any the box says so and finds the rest.
    fetchSymbols(link).then((found) => found !== null && setSymbols(found), () => {});
  }, [open === null]);
  if (isMissing) {
    return (
      <div class="toasts" role="alert">
        <p>{words.notLoaded}</p>
      </div>
    );
  }
  if (open === null || box === null) return null;
  return (
    <box.KeyBox
      open={open}
      symbols={symbols}
      lang={link.lang}
      client={pageClient(link)}
      words={words}
      onHelp={() => show({ show: "help" })}
      onClose={() => show(null)}
    />
  );
}

/** What the keys open, and what is open or about to be. */
interface Box {
  readonly opened: () => Opened | null;
  readonly open: (what: Opened) => void;
}

function listenToKeys(client: PageClient, { opened, open }: Box): () => void {
  let pausing: ReturnType<typeof setTimeout> | undefined;
  const onKey = (event: KeyboardEvent) => {
    if (takesText(document.activeElement)) return;
    const now = opened();
    if (now !== null) {
      // What is typed before the box has the focus goes on with what opened it.
      if (now.show !== "find" || !isText(event)) return;
      event.preventDefault();
      return open({ show: "find", text: now.text + event.key });
    }
    const asked = readKey(event);
    if (asked === null) return;
    const isSecond = pausing !== undefined;
    clearTimeout(pausing);
    pausing = undefined;
    event.preventDefault();
    if (isSecond && (asked.ask === "find" || asked.ask === "pauseOrFind")) {
      open({ show: "find", text: `P${event.key.toUpperCase()}` });
    } else if (asked.ask === "pauseOrFind") {
      pausing = setTimeout(() => {
        pausing = undefined;
        client.isPaused.value = !client.isPaused.peek();
      }, SECOND_LETTER_MS);
    } else if (asked.ask === "find") open({ show: "find", text: asked.text });
    else if (asked.ask === "help") open({ show: "help" });
    else if (PAGES[asked.at] !== undefined) location.assign(PAGES[asked.at]!.path);
  };
  document.addEventListener("keydown", onKey);
  return () => {
    clearTimeout(pausing);
    document.removeEventListener("keydown", onKey);
  };
}

/** Every security of the market; null where the server does not tell them now. */
async function fetchSymbols(link: LiveLink): Promise<readonly SymbolOut[] | null> {
  const signal = AbortSignal.timeout(SYMBOLS_WAIT_MS);
  const list = await askRest<SymbolList>(link, "/api/symbols", signal);
  return list?.symbols ?? null;
}
