import { useEffect } from "preact/hooks";
import { BoardPainter } from "../components/board/board_painter.ts";
import type { LiveLink } from "../components/live/link.ts";
import { pageClient } from "../components/live/page_client.ts";
import type { SnapshotFrame } from "../core/wire/frames.ts";

export interface LiveBoardProps {
  readonly link: LiveLink;
  /** The tables that the HTML shows. */
  readonly seeds: readonly SnapshotFrame[];
}

/** The hand that keeps board and index strip moving; it shows nothing of its own. */
export default function LiveBoard({ link, seeds }: LiveBoardProps) {
  useEffect(() => {
    const client = pageClient(link);
    const painter = new BoardPainter(document, seeds, link.style);
    const ends = seeds.map(({ c, e, s }) =>
      client.follow(c, {
        onSnapshot: (frame) => painter.snapshot(frame),
        onDelta: (frame) => painter.delta(frame),
      }, { from: { e, s } })
    );
    ends.push(client.isPaused.subscribe((isPaused) => painter.pause(isPaused)));
    return () => {
      for (const end of ends) end();
      painter.stop();
    };
  }, []);
  return null;
}
