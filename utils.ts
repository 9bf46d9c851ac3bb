import { createDefine } from "fresh";
import type { Look, WrongChoice } from "./components/look.ts";
import type { LiveLink } from "./components/live/link.ts";
import type { ShellWords } from "./components/shell/shell_words.ts";
import type { PageSeeds } from "./core/gateway/page_seeds.ts";
import type { Services } from "./core/gateway/services.ts";
import type { Exchange } from "./core/market/phase.ts";
import type { LogChannel, StateChannel } from "./core/wire/channel.ts";
import type { MomentRefusal } from "./core/wire/moment.ts";
import type { MarketView } from "./core/wire/snapshot.ts";

/** What a page of the dashboard is made of; set by routes/(pages)/_middleware.ts. */
export interface PageShell {
  readonly look: Look;
  readonly words: ShellWords;
  /** Props of every island. */
  readonly link: LiveLink;
  /** The market now, or at the earlier minute that is asked for. */
  readonly view: MarketView;
  /** Whole channels of the same moment. */
  seeds(
    channels: readonly (StateChannel | LogChannel)[],
    syms?: readonly string[],
  ): PageSeeds;
  /** A value of the page's own query: the one asked for where it is offered, else the first. */
  choose<Value extends string>(parameter: string, offered: readonly Value[]): Value;
  /** Values of the page's own query that were taken. */
  readonly kept: URLSearchParams;
  /** The page's heading and, with marks of where numbers come from, its title. */
  heading: string;
  /** The board of shares that the page is about; its session is told above. */
  exchange: Exchange;
  /** Why the page shows now and not the minute that was asked for; null when it shows what it should. */
  readonly travelRefusal: MomentRefusal | null;
  /** What the query asked for in vain; the page says so. */
  readonly wrong: WrongChoice[];
}

/** What every request carries; `services` is set by main.ts, the id by routes/_middleware.ts. */
export interface State {
  services: Services;
  requestId: string;
  shell: PageShell;
}

export const define = createDefine<State>();
