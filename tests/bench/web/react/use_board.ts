import { useEffect, useState } from "react";
import { type LiveRowData, patchedRows, rowsOf } from "../../../../components/live/rows.ts";
import { MarketClient } from "../../../../core/wire/client.ts";

/** The rows of VN30 as they change, at most once per animation frame; empty before the first. */
export function useBoard(socketUrl: string): readonly LiveRowData[] {
  const [shown, setShown] = useState<readonly LiveRowData[]>([]);
  useEffect(() => {
    let held: readonly LiveRowData[] = [];
    let request = 0;
    const changed = () => {
      if (request !== 0) return;
      request = requestAnimationFrame(() => {
        request = 0;
        setShown(held);
      });
    };
    const client = new MarketClient({ url: socketUrl });
    client.subscribe("board:vn30", {
      onSnapshot(frame) {
        held = rowsOf(frame);
        changed();
      },
      onDelta(frame) {
        held = patchedRows(held, frame);
        changed();
      },
    });
    return () => {
      client.close();
      cancelAnimationFrame(request);
    };
  }, [socketUrl]);
  return shown;
}
