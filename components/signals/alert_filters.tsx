import type { JSX } from "preact";
import { ALERT_SEVERITIES, ALERT_TYPES } from "../../core/wire/alert.ts";
import { SeverityBadge, TypeIcon } from "./alert_card.tsx";
import { type AlertFilter, filterQuery } from "./alert_feed.ts";
import type { SignalWords } from "./signal_words.ts";

interface AlertFiltersProps {
  readonly filter: AlertFilter;
  readonly words: SignalWords;
  readonly onChange: (filter: AlertFilter) => void;
}

/** Chips of type and severity, both at once, and a symbol: links and a form, so they work alone too. */
export function AlertFilters({ filter, words, onChange }: AlertFiltersProps): JSX.Element {
  const chip = (next: AlertFilter, isChosen: boolean, content: JSX.Element | string) => (
    <a
      href={hrefOf(next)}
      aria-current={isChosen ? "true" : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onChange(next);
      }}
    >
      {content}
    </a>
  );
  const { type, severity, symbol } = filter;
  return (
    <div class="filters">
      <nav class="tabs" aria-label={words.type}>
        {chip({ ...filter, type: "all" }, type === "all", words.all)}
        {ALERT_TYPES.map((each) =>
          chip(
            { ...filter, type: each },
            each === type,
            <>
              <TypeIcon type={each} /> {words.types[each]}
            </>,
          )
        )}
      </nav>
      <nav class="tabs" aria-label={words.severity}>
        {chip({ ...filter, severity: "all" }, severity === "all", words.all)}
        {ALERT_SEVERITIES.map((each) =>
          chip(
            { ...filter, severity: each },
            each === severity,
            <SeverityBadge severity={each} words={words} />,
          )
        )}
      </nav>
      <form
        class="symbol-filter"
        onSubmit={(event) => {
          event.preventDefault();
          const asked = new FormData(event.currentTarget).get("symbol");
          onChange({ ...filter, symbol: String(asked ?? "").trim().toUpperCase() });
        }}
      >
        {type !== "all" && <input type="hidden" name="type" value={type} />}
        {severity !== "all" && <input type="hidden" name="severity" value={severity} />}
        <label for="alert-symbol">{words.symbol}</label>
        <input
          id="alert-symbol"
          class="field"
          name="symbol"
          size={11}
          maxLength={20}
          pattern="\s*[A-Za-z0-9]*\s*"
          placeholder={words.symbolHint}
          defaultValue={symbol}
          autocomplete="off"
        />
        {filterQuery(filter).size > 0 &&
          chip({ type: "all", severity: "all", symbol: "" }, false, words.clear)}
      </form>
    </div>
  );
}

/** The address of the page with a filter. */
export function hrefOf(filter: AlertFilter): string {
  const query = filterQuery(filter);
  return query.size === 0 ? "/signals" : `/signals?${query}`;
}
