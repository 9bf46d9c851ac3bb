import { VN30_AS_OF, VN30_SEED } from "../market/vn30.ts";
import { isoVn, type MarketView } from "../wire/snapshot.ts";
import { dataStatus } from "../wire/status.ts";

/** Body of `/api/vn30-components`; before the first data the dated list of the product stands in. */
export function vn30Components(view: MarketView) {
  const symbols = view.rows("board:vn30").map((row) => row.symbol);
  const isKnown = symbols.length > 0;
  const isFromFeed = isKnown && view.status.membership === "feed";
  return {
    symbols: isKnown ? symbols : VN30_SEED,
    source: isFromFeed ? "feed" : "static",
    /** Date of the list: the trading date it was read on, or the date of the product's own list. */
    list_date: isFromFeed ? view.status.tradingDate : VN30_AS_OF,
    as_of: isoVn(view.asOfMs),
    seq: view.seq,
    epoch: view.epoch,
    data_status: dataStatus(view.status),
  };
}
