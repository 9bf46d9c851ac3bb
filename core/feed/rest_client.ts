import { z } from "zod";
import { NameText } from "./name_text.ts";
import { RestCaller, type RestDeps, type RestOptions, type RestResult } from "./rest_caller.ts";

/** One listed security. */
export interface ListedSecurity {
  readonly symbol: string;
  readonly market: string;
  readonly nameVi: string | null;
  readonly nameEn: string | null;
}

/** What the product reads of the details of a security. */
export interface SecurityDetails {
  readonly symbol: string;
  readonly nameVi: string | null;
  readonly nameEn: string | null;
  /** Null when the service names none. */
  readonly listedShares: number | null;
}

/** Boards that the Securities calls know. */
export type RestMarket = "HOSE" | "HNX" | "UPCOM" | "DER";

/** Exchanges that the IndexList call knows. */
export type RestIndexExchange = "HOSE" | "HNX";

const Ticker = z.string().trim().toUpperCase().regex(/^[A-Z0-9]{1,20}$/);
const SecurityRow = z.object({
  market: z.string().trim().toUpperCase(),
  symbol: Ticker,
  stockname: NameText,
  stockenname: NameText,
}).transform((row): ListedSecurity => ({
  symbol: row.symbol,
  market: row.market,
  nameVi: row.stockname,
  nameEn: row.stockenname,
}));
const DetailsRow = z.object({
  symbol: Ticker,
  symbolname: NameText,
  symbolengname: NameText,
  // Every value of the service is a text, "" or "0" where there is none.
  listedshare: z.string().trim().transform(Number).or(z.number())
    .pipe(z.number().int().nonnegative().safe()).nullish(),
}).transform((row): SecurityDetails => ({
  symbol: row.symbol,
  nameVi: row.symbolname,
  nameEn: row.symbolengname,
  listedShares: row.listedshare || null,
}));
/** A page of SecuritiesDetails is one row around its securities. */
const DetailsPage = z.object({ repeatedinfo: z.array(z.unknown()) });
/** Index codes keep their case, which the service may want back. */
const IndexRow = z.object({ indexcode: z.string().trim().regex(/^[A-Za-z0-9]{1,20}$/) });
const ComponentsRow = z.object({
  indexcomponent: z.array(
    z.object({ stocksymbol: Ticker.nullish(), isin: Ticker.nullish() })
      // Both hold the ticker; either may be missing.
      .transform((member) => member.stocksymbol ?? member.isin ?? null),
  ),
});

/** Reads SSI's REST service: one call a second, one retry on a new token, errors as values. */
export class RestClient {
  readonly #caller: RestCaller;

  constructor(options: RestOptions, deps: RestDeps) {
    this.#caller = new RestCaller(options, deps);
  }

  /** Tickers of an index, sorted, each once. */
  async indexComponents(indexCode: string): Promise<RestResult<string>> {
    const result = await this.#caller.pages("IndexComponents", { indexCode }, ComponentsRow);
    if (!result.ok) return result;
    const members = result.rows.flatMap((row) => row.indexcomponent).filter((m) => m !== null);
    return { ...result, rows: [...new Set(members)].sort() };
  }

  /** Securities listed on a board. */
  securities(market: RestMarket): Promise<RestResult<ListedSecurity>> {
    return this.#caller.pages("Securities", { market }, SecurityRow);
  }

  /** Names and listed shares of the securities of a board. */
  securitiesDetails(market: RestMarket): Promise<RestResult<SecurityDetails>> {
    return this.#caller.pages("SecuritiesDetails", { market }, DetailsRow, detailsOf);
  }

  /** Codes of the indices of an exchange, spelt as the service spells them, each once. */
  async indexList(exchange: RestIndexExchange): Promise<RestResult<string>> {
    const result = await this.#caller.pages("IndexList", { exchange }, IndexRow);
    if (!result.ok) return result;
    return { ...result, rows: [...new Set(result.rows.map((row) => row.indexcode))] };
  }
}

/** The securities in the rows around them; a row of another shape stays, to be skipped and counted. */
function detailsOf(rows: readonly unknown[]): readonly unknown[] {
  return rows.flatMap((row) => {
    const page = DetailsPage.safeParse(row);
    return page.success ? page.data.repeatedinfo : [row];
  });
}
