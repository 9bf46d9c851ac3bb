/** Resolves at a drawn moment within `ms`: when a fault strikes is chance, and no condition. */
export function drawnMoment(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
