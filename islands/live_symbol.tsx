import { type ReadonlySignal, useComputed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { LiveLink } from "../components/live/link.ts";
import { useClient, useEntries, useRows } from "../components/live/use_live.ts";
import { fill } from "../components/fill.ts";
import { guarded } from "../components/guarded.tsx";
import { formatCount } from "../components/number_format.ts";
import { BookLadder } from "../components/symbol/book_ladder.tsx";
import { type SymbolContext, symbolContext } from "../components/symbol/context.ts";
import { ForeignPanel } from "../components/symbol/foreign_panel.tsx";
import type { Interval } from "../components/symbol/intervals.ts";
import { PhaseSplit } from "../components/symbol/phase_split.tsx";
import { PriceChart } from "../components/symbol/price_chart.tsx";
import { SymbolHead, titleText } from "../components/symbol/symbol_head.tsx";
import { Tape } from "../components/symbol/tape.tsx";
import { type StandingTrades, standingTrades } from "../components/symbol/trade.ts";
import { useCompany } from "../components/symbol/use_company.ts";
import { useVolumePrices } from "../components/symbol/use_volume_prices.ts";
import { VolumeProfile } from "../components/symbol/volume_profile.tsx";
import { volumePricesOf } from "../components/symbol/volume_prices.ts";
import type { ForeignField, VolumeField } from "../core/wire/analytics.ts";
import type { BoardRow, Row } from "../core/wire/board.ts";
import type { BookField } from "../core/wire/book.ts";
import type { LogFrame, SnapshotFrame } from "../core/wire/frames.ts";
import { limitStays } from "../core/wire/limit_stats.ts";
import type { LimitField } from "../core/wire/limits.ts";
import { type TradeEntry, TRADES_KEPT } from "../core/wire/trade.ts";

export interface LiveSymbolProps {
  readonly link: LiveLink;
  readonly symbol: string;
  readonly isFuture: boolean;
  /** Name of the company or of the contract, and that of the sector; "" where none is known. */
  readonly company: string;
  readonly sector: string;
  readonly interval: Interval;
  readonly stock: SnapshotFrame;
  readonly book: SnapshotFrame;
  readonly volume: SnapshotFrame;
  readonly foreign: SnapshotFrame;
  readonly limits: SnapshotFrame;
  readonly trades: LogFrame;
  /** Whether the server keeps history at all, and still fills in what went by before its start. */
  readonly hasStore: boolean;
  readonly isFilling: boolean;
  /** Rows of the page's making, of a security that the channels do not carry. */
  readonly stillVolume: Row<VolumeField> | null;
  readonly stillForeign: Row<ForeignField> | null;
}

/** All of a security: price, chart, book, trades, sides, foreigners. */
function LiveSymbol(props: LiveSymbolProps) {
  const { link, symbol, isFuture } = props;
  const only = [symbol];
  const stocks = useRows<BoardRow>(link, props.stock);
  const books = useRows<Row<BookField>>(link, props.book);
  const volumes = useRows<Row<VolumeField>>(link, props.volume, only);
  const foreigns = useRows<Row<ForeignField>>(link, props.foreign, only);
  const limits = useRows<Row<LimitField>>(link, props.limits, only);
  const entries = useEntries<TradeEntry>(link, props.trades, TRADES_KEPT);
  const context = symbolContext(symbol, isFuture, link);
  const row = useComputed<BoardRow>(() => stocks.value[0] ?? { symbol });
  const standing = useComputed(() => standingTrades(entries.value));
  const { date, at } = useDay(link);
  const { hasStore, isFilling } = props;
  const dated = { link, context, row, standing, at, hasStore };
  const company = useCompany(link, context, props.company);
  useTitle(row, company, context);
  return (
    <div class="panels symbol-page">
      <Live
        render={() => (
          <SymbolHead
            row={row.value}
            company={company}
            sector={props.sector}
            stay={limitStays(limits.value).find(({ is_there }) => is_there) ?? null}
            context={context}
          />
        )}
      />
      {date === null
        ? <p class="panel empty">{context.words.waiting}</p>
        : <PriceChart {...{ ...dated, date, isFilling, firstInterval: props.interval }} />}
      <div class="aside">
        <Live
          render={() => (
            <BookLadder {...{ book: books.value[0] ?? null, row: row.value, context }} />
          )}
        />
        <Live
          render={() => (
            <ForeignPanel
              flow={foreigns.value[0] ?? props.stillForeign}
              {...{ row: row.value, context }}
            />
          )}
        />
      </div>
      <Live render={() => <Tape {...{ standing: standing.value, row: row.value, context }} />} />
      <Live
        render={() => (
          <PhaseSplit
            volumes={volumes.value[0] ?? props.stillVolume}
            isLive={volumes.value.length > 0}
            {...{ row: row.value, context }}
          />
        )}
      />
      {date !== null && <ProfilePanel {...{ ...dated, date }} />}
    </div>
  );
}

/** A panel of its own, so that a signal which it reads renders nothing else. */
function Live({ render }: { readonly render: () => preact.JSX.Element }) {
  return render();
}

/** The trading date that the page shows, null before the feed told one, and the earlier minute. */
function useDay(link: LiveLink): { readonly date: string | null; readonly at: string | null } {
  const client = useClient(link);
  const { tradingDate } = client?.feed.value ?? link.feed;
  const at = client === null ? link.at : client.at.value;
  return { date: tradingDate ?? at?.slice(0, 10) ?? null, at };
}

interface ProfileProps {
  readonly link: LiveLink;
  readonly context: SymbolContext;
  readonly row: ReadonlySignal<BoardRow>;
  readonly standing: ReadonlySignal<StandingTrades>;
  readonly date: string;
  readonly at: string | null;
  readonly hasStore: boolean;
}

/** Volume at price of the whole day, or as much of it as the trades on the page tell. */
function ProfilePanel(props: ProfileProps) {
  const { link, context, date, at, hasStore, row, standing } = props;
  const { symbol } = context;
  const stored = useVolumePrices(link, { symbol, date, at, hasStore });
  const { words, style } = context;
  if (stored.state === "ready") {
    const origin = words.profileStored;
    return <VolumeProfile {...{ prices: stored.prices, origin, row: row.value, context }} />;
  }
  const { trades } = standing.value;
  const count = formatCount(trades.length, style);
  const origin = fill(words.profileTrades, { count, why: words[stored.state] });
  return <VolumeProfile {...{ prices: volumePricesOf(trades), origin, row: row.value, context }} />;
}

/** Keeps the price in the title of the window, behind the marks of where numbers come from. */
function useTitle(row: ReadonlySignal<BoardRow>, company: string, context: SymbolContext): void {
  useEffect(() =>
    row.subscribe((now) => {
      const marks = /^(\[[^\]]*\] )*/.exec(document.title)?.[0] ?? "";
      document.title = `${marks}${titleText(now, company, context)} · VN Stock Tracker`;
    }), [company]);
}

export default guarded(LiveSymbol);
