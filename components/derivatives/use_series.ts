import { type ReadonlySignal, signal, useComputed, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { RefObject } from "preact";
import { vnDate } from "../../core/market/time.ts";
import type { DerivativesHistory } from "../../core/wire/basis_trend.ts";
import type { IndexRow } from "../../core/wire/board.ts";
import type { IndexIntraday } from "../../core/wire/index_intraday.ts";
import type { IndexMark } from "../../core/wire/settlement.ts";
import { fill } from "../fill.ts";
import type { LiveLink } from "../live/link.ts";
import { pageClient } from "../live/page_client.ts";
import { type Refreshed, useRefreshed } from "../live/use_refreshed.ts";
import { type BasisPlot, openBasisPlot } from "./basis_plot.ts";
import {
  basisOf,
  type BasisPlace,
  basisPlaces,
  extended,
  placeOf,
  renewedPlaces,
  timeLabel,
  TREND_MINUTES,
  TREND_STEP_S,
} from "./basis_series.ts";
import type { DerivativeRow } from "./contracts.ts";
import type { DerivativeWords } from "./derivative_words.ts";
import { level, points } from "./figures.ts";
import { markOf, marksOf, mergedMarks } from "./index_marks.ts";

interface BasisSeries {
  readonly places: ReadonlySignal<readonly BasisPlace[]>;
  readonly renewed: ReadonlySignal<Refreshed<readonly BasisPlace[]>>;
}

/** The basis of a contract over 30 minutes: asked for every ten seconds, live rows in between (F-210). */
export function useBasisSeries(
  link: LiveLink,
  code: string,
  seed: readonly BasisPlace[],
  rows: ReadonlySignal<readonly DerivativeRow[]>,
): BasisSeries {
  const url =
    `/api/market/basis-trend?contract=${code}&minutes=${TREND_MINUTES}&step=${TREND_STEP_S}`;
  const renewed = useRefreshed<readonly BasisPlace[]>(
    { link, url },
    seed,
    (body) => basisPlaces(body as DerivativesHistory),
  );
  // A page may stay open over the night. Only effects read this: the client is a browser's.
  const date = useComputed(() => dateOf(pageClient(link).asOfMs.value));
  const places = useMemo(() => signal(seed), []);
  useSignalEffect(() => {
    places.value = renewedPlaces(renewed.value.data, places.peek(), date.value);
  });
  useSignalEffect(() => {
    const row = rows.value.find(({ symbol }) => symbol === code);
    const place = placeOf(row, pageClient(link).asOfMs.peek());
    if (place !== null) places.value = extended(places.peek(), [place]);
  });
  return { places, renewed };
}

function dateOf(asOfMs: number | null): string | null {
  return asOfMs === null ? null : vnDate(asOfMs);
}

/** Values of VN30 each second of the settlement window; what a pause left out is asked for. */
export function useIndexMarks(
  link: LiveLink,
  seed: readonly IndexMark[],
  rows: ReadonlySignal<readonly IndexRow[]>,
): ReadonlySignal<readonly IndexMark[]> {
  const renewed = useRefreshed<readonly IndexMark[]>(
    { link, url: "/api/market/index-intraday?index=VN30&minutes=45" },
    seed,
    (body) => marksOf(body as IndexIntraday),
  );
  const marks = useMemo(() => signal(seed), []);
  useSignalEffect(() => {
    marks.value = mergedMarks(marks.peek(), renewed.value.data);
  });
  useSignalEffect(() => {
    const mark = markOf(rows.value.find(({ symbol }) => symbol === "VN30"));
    marks.value = mergedMarks(mark, marks.peek());
  });
  return marks;
}

interface BasisPlotView {
  readonly root: RefObject<HTMLDivElement>;
  /** The place under the pointer in words; null when there is none. */
  readonly readout: ReadonlySignal<string | null>;
}

/** The chart that can be pointed at, loaded once the page is there. */
export function useBasisPlot(
  places: ReadonlySignal<readonly BasisPlace[]>,
  { link, words }: { readonly link: LiveLink; readonly words: DerivativeWords },
): BasisPlotView {
  const root = useRef<HTMLDivElement>(null);
  const readout = useMemo(() => signal<string | null>(null), []);
  useEffect(() => {
    const { style } = link;
    let plot: BasisPlot | null = null;
    let isOver = false;
    const loading = openBasisPlot(root.current!, places.peek(), {
      format: (value) => points(value, style).text,
      onPoint: (place) =>
        readout.value = place === null ? null : fill(words.pointText, {
          time: timeLabel(place.atMs),
          basis: points(basisOf(place), style).text,
          futures: level(place.futures, style),
          spot: level(place.spot, style),
        }),
    });
    void loading.then((opened) => isOver ? opened.end() : plot = opened);
    const unsubscribe = places.subscribe((value) => plot?.show(value));
    return () => {
      isOver = true;
      unsubscribe();
      plot?.end();
    };
  }, []);
  return { root, readout };
}
