import { useEffect, useState } from "preact/hooks";

/**
 * Code that comes with its first use, or null until it is there, and whether it could not be had; it
 * is asked for again when it is wanted again.
 */
export function useLater<Code extends object>(
  load: () => Promise<Code>,
  isWanted: boolean,
): [Code | null, boolean] {
  const [code, setCode] = useState<Code | null>(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    if (!isWanted || code !== null) return;
    setMissing(false);
    load().then(setCode, (error) => {
      reportError(error);
      setMissing(true);
    });
  }, [isWanted]);
  return [code, isMissing];
}
