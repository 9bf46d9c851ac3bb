/** How often a page that lives has its copy on the device renewed. */
const KEEP_MS = 60_000;

/** Lets the device keep copies of pages for when the server cannot be reached; gives the end of it. */
export function keepDeviceCopies(isLive: () => boolean): () => void {
  // Only a page of this machine or of https may have a service worker.
  const { serviceWorker } = navigator;
  if (serviceWorker === undefined) return () => {};
  // Without one everything works but the copy; the browser tells why in its console.
  serviceWorker.register("/sw.js").catch(reportError);
  const timer = setInterval(() => {
    if (document.visibilityState !== "visible" || !isLive()) return;
    serviceWorker.controller?.postMessage({ keep: location.href });
  }, KEEP_MS);
  return () => clearInterval(timer);
}
