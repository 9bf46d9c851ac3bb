import { page } from "fresh";
import { Head } from "fresh/runtime";
import chartCss from "../../../components/charts/charts.css" with { type: "text" };
import { criticalCss } from "../../../components/critical_css.ts";
import { nameIn } from "../../../components/security_name.ts";
import { originLabels } from "../../../components/shell/page_parts.tsx";
import { symbolContext } from "../../../components/symbol/context.ts";
import { INTERVALS } from "../../../components/symbol/intervals.ts";
import { foldedTicker, nearMatches } from "../../../components/symbol/near_matches.ts";
import css from "../../../components/symbol/symbol.css" with { type: "text" };
import { titleText } from "../../../components/symbol/symbol_head.tsx";
import { symbolWordsOf } from "../../../components/symbol/symbol_words.ts";
import { type NearSymbol, UnknownSymbol } from "../../../components/symbol/unknown_symbol.tsx";
import type { Lang } from "../../../components/i18n.ts";
import { futuresAlias, parseFuturesCode, resolveAlias } from "../../../core/market/futures.ts";
import { sectorOf, VN30_SECTORS } from "../../../core/market/vn30.ts";
import { listedContracts } from "../../../core/wire/basis_trend.ts";
import { TICKER } from "../../../core/wire/channel.ts";
import type { LogFrame } from "../../../core/wire/frames.ts";
import { isFillingIn } from "../../../core/wire/health.ts";
import type { MarketView } from "../../../core/wire/snapshot.ts";
import LiveSymbol, { type LiveSymbolProps } from "../../../islands/live_symbol.tsx";
import { define, type State } from "../../../utils.ts";

const CRITICAL_CSS = criticalCss(css) + criticalCss(chartCss);
/** Trades in the HTML: those that the page shows; the others of the day come with the channel. */
const TRADES_IN_HTML = 60;
const NEAR_MATCHES = 8;

/** Why there is no such page, and where to go instead. */
interface Unknown {
  readonly isKnown: false;
  readonly ticker: string;
  readonly near: readonly NearSymbol[];
  readonly known: number;
}

type PageData = { readonly isKnown: true; readonly props: LiveSymbolProps } | Unknown;

export const handler = define.handlers({
  GET(ctx) {
    const { shell } = ctx.state;
    const asked = ctx.params.ticker!;
    const symbol = symbolOf(asked, shell.view);
    if (symbol === null) {
      const index = foldedTicker(asked);
      if (shell.view.one("index", index) !== null) {
        return ctx.redirect(`/market${ctx.url.search}#${index}`);
      }
      shell.heading = foldedTicker(asked) || shell.heading;
      const data = unknownData(asked, ctx.state);
      // Without a list of symbols nobody can say that there is no such one.
      return page<PageData>(data, { status: data.known === 0 ? 503 : 404 });
    }
    if (symbol !== asked) return ctx.redirect(`/stock/${symbol}${ctx.url.search}`);
    shell.heading = symbol;
    const { exchange } = shell.view.one("stock", symbol) ?? {};
    if (exchange === "HNX" || exchange === "UPCOM") shell.exchange = exchange;
    return page<PageData>({ isKnown: true, props: islandProps(symbol, ctx.state) });
  },
});

export default define.page<typeof handler>(function SymbolPage({ data, state }) {
  const { link, look, words } = state.shell;
  const style = (
    <Head>
      <style>{CRITICAL_CSS}</style>
    </Head>
  );
  if (!data.isKnown) {
    return (
      <>
        {style}
        <UnknownSymbol {...data} words={symbolWordsOf(look.lang)} style={link.style} />
      </>
    );
  }
  const { symbol, isFuture } = data.props;
  const row = state.shell.view.one("stock", symbol);
  const marks = originLabels(words, link.feed).map(({ name }) => `[${name}] `).join("");
  const title = titleText(row, data.props.company, symbolContext(symbol, isFuture, link));
  return (
    <>
      {style}
      <Head>
        <title>{`${marks}${title} · VN Stock Tracker`}</title>
      </Head>
      <LiveSymbol {...data.props} />
    </>
  );
});

/** The security that a name in an address means; null for one that nobody knows. */
function symbolOf(asked: string, view: MarketView): string | null {
  const ticker = asked.toUpperCase();
  if (!TICKER.test(ticker)) return null;
  if (view.one("stock", ticker) !== null || isListed(ticker, view)) return ticker;
  const contract = view.status.tradingDate === null
    ? parseFuturesCode(ticker)
    : resolveAlias(ticker, view.status.tradingDate) ?? parseFuturesCode(ticker);
  if (contract === null) return null;
  return listedContracts(view).find((code) => {
    const listed = parseFuturesCode(code);
    return listed?.underlying === contract.underlying && listed.month === contract.month;
  }) ?? null;
}

/** The boards name their members before the first word of each comes. */
function isListed(ticker: string, view: MarketView): boolean {
  return (["board:vn30", "board:extra", "board:der"] as const).some((board) =>
    view.rows(board).some(({ symbol }) => symbol === ticker)
  );
}

function islandProps(symbol: string, { shell, services }: State): LiveSymbolProps {
  const { link, look, view, seeds, choose } = shell;
  const channels = [`stock:${symbol}`, `book:${symbol}`, `trades:${symbol}`] as const;
  const held = seeds(channels);
  const rows = seeds(["volume", "foreign", "limits"], [symbol]);
  const isFuture = view.one("stock", symbol)?.exchange === "DERIVATIVES" ||
    parseFuturesCode(symbol) !== null;
  const store = services.store.health();
  return {
    link,
    symbol,
    isFuture,
    company: isFuture
      ? contractName(symbol, view)
      : nameIn(services.hub.namesOf(symbol), look.lang),
    sector: sectorName(symbol, look.lang),
    interval: choose("interval", INTERVALS),
    stock: held.table(channels[0]),
    book: held.table(channels[1]),
    trades: link.at === null ? newest(held.log(channels[2])) : held.log(channels[2]),
    volume: rows.table("volume"),
    foreign: rows.table("foreign"),
    limits: rows.table("limits"),
    hasStore: store.state !== "off",
    isFilling: isFillingIn(store),
    stillVolume: view.one("volume", symbol),
    stillForeign: view.one("foreign", symbol),
  };
}

/** What traders call a contract, such as `VN30F1M`; "" for one beyond the four of an index. */
function contractName(code: string, { status: { tradingDate } }: MarketView): string {
  return (tradingDate === null ? null : futuresAlias(code, tradingDate)) ?? "";
}

function newest(frame: LogFrame): LogFrame {
  return { ...frame, list: frame.list.slice(-TRADES_IN_HTML) as LogFrame["list"] };
}

function sectorName(symbol: string, lang: Lang): string {
  const id = sectorOf(symbol);
  return VN30_SECTORS.find((sector) => sector.id === id)?.[lang] ?? "";
}

function unknownData(asked: string, { shell, services }: State): Unknown {
  const ticker = foldedTicker(asked);
  const symbols = shell.view.all("stock").map(({ symbol }) => symbol);
  return {
    isKnown: false,
    ticker,
    near: nearMatches(asked, symbols, NEAR_MATCHES).map((symbol) => ({
      symbol,
      name: nameIn(services.hub.namesOf(symbol), shell.look.lang),
    })),
    known: symbols.length,
  };
}
