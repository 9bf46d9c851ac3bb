import type { FeedStatus } from "../../core/wire/status.ts";
import type { Lang } from "../i18n.ts";
import type { NumberStyle, PriceScale } from "../number_format.ts";

/** What every island of a page knows; one object for all of them, plain data. */
export interface LiveLink {
  /** Address of the socket; a path is of the page's own origin. */
  readonly socketUrl: string;
  /** Opens the socket where the server wants a token. */
  readonly ticket: string;
  /** State of the source when the page was made. */
  readonly feed: FeedStatus;
  /** Exchange time of the newest number then, Unix ms, and its age, ms. */
  readonly asOfMs: number | null;
  readonly ageMs: number;
  /** When the page was made, by the server's clock, Unix ms. */
  readonly madeMs: number;
  /** The earlier minute that the page shows, `2026-11-25T10:42`; null for now. */
  readonly at: string | null;
  readonly lang: Lang;
  readonly style: NumberStyle;
  readonly unit: PriceScale;
}
