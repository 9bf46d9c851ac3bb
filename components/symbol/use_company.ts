import { useEffect, useState } from "preact/hooks";
import { REAL_SHELL } from "../../core/wire/client_shell.ts";
import type { SymbolList } from "../../core/wire/symbols.ts";
import type { LiveLink } from "../live/link.ts";
import { Refresher } from "../live/refresher.ts";
import { nameIn } from "../security_name.ts";
import type { SymbolContext } from "./context.ts";

/** Pause before the first question, ms; each further one is twice as long. */
const FIRST_WAIT_MS = 2_000;
/** A feed tells some securities' names never; of the others it does within half a minute. */
const QUESTIONS_MAX = 4;

/**
 * Name of the company, "" where none is known. A server that has just started serves pages before
 * the feed told it names, so one that the HTML lacks is asked for.
 */
export function useCompany(
  link: LiveLink,
  { symbol, prices }: SymbolContext,
  known: string,
): string {
  const [company, setCompany] = useState(known);
  useEffect(() => {
    // What traders call a contract follows from its code.
    if (known !== "" || prices.isFuture) return;
    let [asked, found] = [0, ""];
    const refresher = new Refresher({
      shell: REAL_SHELL,
      url: "/api/symbols",
      ticket: link.ticket,
      waitMs: () => found === "" && asked < QUESTIONS_MAX ? FIRST_WAIT_MS * 2 ** asked : null,
      onAnswer(body) {
        asked++;
        const listed = (body as SymbolList | null)?.symbols.find((one) => one.symbol === symbol);
        if (listed === undefined) return;
        setCompany(found = nameIn({ vi: listed.name_vi, en: listed.name_en }, link.lang));
      },
    });
    return () => refresher.end();
  }, []);
  return company;
}
