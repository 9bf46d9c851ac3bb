import { useEffect, useRef, useState } from "preact/hooks";
import { showOnBoard } from "../board/show_event.ts";
import type { LiveLink } from "../live/link.ts";
import { type PageClient, pageClient } from "../live/page_client.ts";
import { askRest } from "../live/rest.ts";
import { PAGES } from "../pages.ts";
import type { Choice } from "./key_dialog.tsx";
import { isText, readKey, takesText } from "./key_press.ts";
import type { KeyWords } from "./key_words.ts";
import type { SymbolList } from "../../core/wire/symbols.ts";

/** How long `P` waits for a second letter before it pauses. */
const SECOND_LETTER_MS = 450;
/** Longest wait for the list of symbols. */
const SYMBOLS_WAIT_MS = 10_000;

type Dialogs = typeof import("./key_dialog.tsx");
type Open = { readonly show: "find"; readonly text: string } | { readonly show: "help" };

export interface KeysProps {
  readonly link: LiveLink;
  readonly words: KeyWords;
}

/** The keyboard of every page; what it shows is fetched when a key first asks for it. */
export function Keys({ link, words }: KeysProps) {
  const [open, setOpen] = useState<Open | null>(null);
  const held = useRef<Open | null>(null);
  const show = (what: Open | null) => setOpen(held.current = what);
  const [dialogs, setDialogs] = useState<Dialogs | null>(null);
  const [symbols, setSymbols] = useState<readonly string[] | null>(null);
  const isLoading = useRef(false);
  useEffect(() => listenToKeys(pageClient(link), { opened: () => held.current, open: show }), []);
  useEffect(() => {
    if (open === null || isLoading.current) return;
    isLoading.current = true;
    import("./key_dialog.tsx").then(setDialogs, reportError);
    // Without them pages and commands are still found, the box says so, and the next one asks again.
    fetchSymbols(link).catch(() => null).then((found) => {
      setSymbols(found);
      isLoading.current = found !== null;
    });
  }, [open]);
  if (open === null || dialogs === null) return null;
  const close = () => show(null);
  if (open.show === "help") return <dialogs.HelpDialog words={words} onClose={close} />;
  return (
    <dialogs.FindDialog
      text={open.text}
      choices={choicesOf(symbols ?? [], words, pageClient(link), () => show({ show: "help" }))}
      hasNoSymbols={symbols === null}
      words={words}
      onClose={close}
    />
  );
}

/** What the keys open, and what is open or about to be. */
interface Box {
  readonly opened: () => Open | null;
  readonly open: (what: Open) => void;
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

/** Every symbol of the market; null where the server does not tell them now. */
async function fetchSymbols(link: LiveLink): Promise<readonly string[] | null> {
  const signal = AbortSignal.timeout(SYMBOLS_WAIT_MS);
  const list = await askRest<SymbolList>(link, "/api/symbols", signal);
  return list?.symbols.map(({ symbol }) => symbol) ?? null;
}

function choicesOf(
  symbols: readonly string[],
  words: KeyWords,
  client: PageClient,
  help: () => void,
): Choice[] {
  const hasTable = document.querySelector("tr[data-symbol]") !== null;
  const rows = !hasTable ? [] : symbols.map((symbol): Choice => ({
    ...{ key: `row ${symbol}`, name: symbol, kind: words.row },
    act: () => goToRow(symbol),
  }));
  const securities = symbols.map((symbol): Choice => ({
    ...{ key: symbol, name: symbol, kind: words.security },
    act: () => goToPage(symbol),
  }));
  const pages = PAGES.map(({ name, path }, at): Choice => ({
    ...{ key: path, name: words.pages[name]!, hint: name, kind: `${words.page} ${at + 1}` },
    act: () => location.assign(path),
  }));
  const command = (key: string, name: string, act: () => void): Choice => ({
    ...{ key, name, kind: words.command, act },
  });
  return [
    ...rows,
    ...securities,
    ...pages,
    command("pause", words.pause, () => client.isPaused.value = !client.isPaused.peek()),
    command("realtime", words.realtime, () => client.stream(!client.isStreaming.peek())),
    command("full", words.fullScreen, () => void document.documentElement.requestFullscreen()),
    command("help", words.help, help),
  ];
}

function goToPage(symbol: string): void {
  location.assign(`/stock/${symbol}`);
}

/** Brings a row into sight and the focus to it; a symbol without a row has a page. */
function goToRow(symbol: string): void {
  if (showOnBoard(symbol)) return;
  const row = document.querySelector<HTMLElement>(`tr[data-symbol="${CSS.escape(symbol)}"]`);
  const head = row?.querySelector<HTMLElement>("th");
  if (!row || !head) return goToPage(symbol);
  const target = head.querySelector<HTMLElement>("a") ?? head;
  if (target === head && head.tabIndex < 0) head.tabIndex = -1;
  target.focus();
  row.scrollIntoView({ block: "center" });
}
