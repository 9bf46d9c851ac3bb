import type { IndexState } from "./index_value.ts";
import { type DayTerms, sessionOf } from "./records.ts";
import type { Security } from "./security.ts";
import type { DayFigures } from "./types.ts";

/** What the running day has brought a security up to a second. */
export function securityFigures(s: Security, terms: DayTerms, second: number): DayFigures {
  const { oddLots, foreign, listing } = s;
  return {
    date: terms.date,
    openE2: s.openE2,
    highE2: s.highE2,
    lowE2: s.lowE2,
    closeE2: s.lastE2,
    volume: s.totalVolume,
    valueVnd: s.totalValueVnd,
    dealVolume: s.dealVolume,
    dealValueVnd: s.dealValueVnd,
    referenceE2: listing.referenceE2,
    security: {
      ...listing.band,
      oddVolume: oddLots?.volume ?? 0,
      oddValueVnd: oddLots?.valueVnd ?? 0,
      foreignBuyVolume: foreign.buyVolume,
      foreignSellVolume: foreign.sellVolume,
      foreignBuyValueVnd: foreign.buyValueVnd,
      foreignSellValueVnd: foreign.sellValueVnd,
      foreignRoom: foreign.currentRoom,
    },
    breadth: null,
    session: sessionOf(s, terms.clock, second),
    bars: () => s.minutes.bars(),
  };
}

/** What the running day has brought an index, as last published. */
export function indexFigures(index: IndexState, terms: DayTerms, second: number): DayFigures {
  const { published: now, minutes, members } = index;
  const bars = minutes.bars();
  return {
    date: terms.date,
    openE2: bars[0]?.openE2 ?? 0,
    highE2: bars.reduce((high, bar) => Math.max(high, bar.highE2), 0),
    lowE2: bars.reduce((low, bar) => low === 0 ? bar.lowE2 : Math.min(low, bar.lowE2), 0),
    closeE2: bars.at(-1)?.closeE2 ?? 0,
    volume: now.matchedVolume,
    valueVnd: now.matchedValueVnd,
    dealVolume: now.dealVolume,
    dealValueVnd: now.dealValueVnd,
    referenceE2: index.terms.priorE2,
    security: null,
    breadth: {
      advances: now.advances,
      noChanges: now.noChanges,
      declines: now.declines,
      ceilings: now.ceilings,
      floors: now.floors,
    },
    session: terms.clock.sessionCode(members[0]!.listing.exchange, second),
    bars: () => bars,
  };
}
