import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { SymbolOut } from "../../core/wire/symbols.ts";
import { showOnBoard } from "../board/show_event.ts";
import type { Lang } from "../i18n.ts";
import type { PageClient } from "../live/page_client.ts";
import { PAGES } from "../pages.ts";
import { nameIn } from "../security_name.ts";
import { type Choice, FindDialog, HelpDialog } from "./key_dialog.tsx";
import type { KeyWords } from "./key_words.ts";

/** What a key opened; the finder with the text that was typed so far. */
export type Opened = { readonly show: "find"; readonly text: string } | { readonly show: "help" };

interface KeyBoxProps {
  readonly open: Opened;
  /** Securities of the market; null where they are not known. */
  readonly symbols: readonly SymbolOut[] | null;
  readonly lang: Lang;
  readonly client: PageClient;
  readonly words: KeyWords;
  readonly onHelp: () => void;
  readonly onClose: () => void;
}

/** The box that a key opened: the finder or the list of keys. */
export function KeyBox(
  { open, symbols, lang, client, words, onHelp, onClose }: KeyBoxProps,
): JSX.Element {
  // Kept while letters are typed: thousands of names are made ready to be found.
  const choices = useMemo(
    () => choicesOf(symbols ?? [], { lang, words, client, help: onHelp }),
    [symbols],
  );
  if (open.show === "help") return <HelpDialog words={words} onClose={onClose} />;
  return (
    <FindDialog
      text={open.text}
      choices={choices}
      hasNoSymbols={symbols === null}
      words={words}
      onClose={onClose}
    />
  );
}

interface Surroundings {
  readonly lang: Lang;
  readonly words: KeyWords;
  readonly client: PageClient;
  readonly help: () => void;
}

function choicesOf(
  symbols: readonly SymbolOut[],
  { lang, words, client, help }: Surroundings,
): Choice[] {
  const hasTable = document.querySelector("tr[data-symbol]") !== null;
  const named = symbols.map(({ symbol, name_vi, name_en }) => ({
    name: symbol,
    about: nameIn({ vi: name_vi, en: name_en }, lang),
    hint: `${name_vi ?? ""} ${name_en ?? ""}`,
  }));
  const rows = !hasTable ? [] : named.map((security): Choice => ({
    ...{ ...security, key: `row ${security.name}`, kind: words.row },
    act: () => goToRow(security.name),
  }));
  const securities = named.map((security): Choice => ({
    ...{ ...security, key: security.name, kind: words.security },
    act: () => goToPage(security.name),
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
