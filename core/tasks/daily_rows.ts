import { breadthOf } from "../engine/index_view.ts";
import type { EngineState, MarketState } from "../engine/state.ts";
import type { DailyIndexRow, DailyPriceRow, IndexRow, InstrumentRow } from "../port/store.ts";

/** An index as its newest message leaves it; null while it has no value. */
export function indexSnapshot(state: EngineState, code: string): IndexRow | null {
  const event = state.market.indices.get(code)?.event;
  if (event === undefined || event.valueE2 === null) return null;
  const [advances, noChanges, declines, ceilings, floors] = breadthOf(state, code);
  return {
    code,
    exchangeMs: event.exchangeMs,
    valueE2: event.valueE2,
    referenceE2: event.priorE2,
    volume: event.volume,
    valueVnd: event.valueVnd,
    advances,
    noChanges,
    declines,
    ceilings: ceilings!,
    floors: floors!,
  };
}

/** The day of every security of which there is a price; put-through is not on the stream. */
export function dailyPriceRows({ instruments }: MarketState): DailyPriceRow[] {
  const rows: DailyPriceRow[] = [];
  for (const one of instruments.values()) {
    const { symbol, referenceE2, lastE2, foreign, volumes, totalVolume } = one;
    if (referenceE2 === null && lastE2 === null) continue;
    const traded = totalVolume !== null;
    rows.push({
      symbol,
      referenceE2,
      ceilingE2: one.ceilingE2,
      floorE2: one.floorE2,
      openE2: one.openE2,
      highE2: one.highE2,
      lowE2: one.lowE2,
      closeE2: lastE2,
      averageE2: one.averageE2,
      volume: totalVolume ?? 0,
      valueVnd: one.totalValueVnd,
      putThroughVolume: null,
      putThroughValueVnd: null,
      foreignBuyVolume: foreign?.buyVolume ?? null,
      foreignSellVolume: foreign?.sellVolume ?? null,
      foreignBuyValueVnd: foreign?.buyValueVnd ?? null,
      foreignSellValueVnd: foreign?.sellValueVnd ?? null,
      foreignRoom: foreign?.currentRoom ?? null,
      activeBuyVolume: traded ? volumes.buy : null,
      activeSellVolume: traded ? volumes.sell : null,
    });
  }
  return rows;
}

/** The day of every index that has a value. */
export function dailyIndexRows(state: EngineState): DailyIndexRow[] {
  const rows: DailyIndexRow[] = [];
  for (const [code, { event, openE2, highE2, lowE2 }] of state.market.indices) {
    if (event.valueE2 === null) continue;
    const [advances, noChanges, declines] = breadthOf(state, code);
    rows.push({
      code,
      referenceE2: event.priorE2,
      ...{ openE2, highE2, lowE2 },
      closeE2: event.valueE2,
      volume: event.volume,
      valueVnd: event.valueVnd,
      putThroughVolume: event.putThroughVolume,
      putThroughValueVnd: event.putThroughValueVnd,
      advances,
      noChanges,
      declines,
    });
  }
  return rows;
}

/** Every security of which the number of listed shares is known. */
export function listedRows({ market, reference }: EngineState): InstrumentRow[] {
  const rows: InstrumentRow[] = [];
  for (const { symbol, exchange } of market.instruments.values()) {
    const listedShares = reference.shares.get(symbol);
    if (listedShares === undefined) continue;
    rows.push({ symbol, exchange, nameVi: null, nameEn: null, listedShares });
  }
  return rows;
}
