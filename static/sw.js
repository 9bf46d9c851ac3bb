/**
 * Keeps the newest copy of each page that was opened, for when the server cannot be reached. Pages
 * come from the network first, so that nobody sees an old number who could have a new one; scripts
 * have names that change with their content and come from the store first.
 */
const PAGES = "pages-1";
const SCRIPTS = "scripts-1";
/** Copies kept at most; the oldest goes first. */
const PAGES_MAX = 20;
const SCRIPTS_MAX = 80;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(dropOldStores()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(pageOf(request));
  else if (url.pathname.startsWith("/_fresh/js/")) event.respondWith(scriptOf(request));
});

/** An open page asks now and then to keep what it shows. */
addEventListener("message", (event) => {
  const url = new URL(String(event.data?.keep ?? ""), location.origin);
  if (url.origin === location.origin) event.waitUntil(keepPage(url));
});

async function pageOf(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await put(PAGES, keyOf(new URL(request.url)), answer.clone(), PAGES_MAX);
    return answer;
  } catch (error) {
    const kept = await (await caches.open(PAGES)).match(keyOf(new URL(request.url)));
    if (kept === undefined) throw error;
    return kept;
  }
}

async function keepPage(url) {
  try {
    const answer = await fetch(url, { headers: { accept: "text/html" } });
    if (answer.ok) await put(PAGES, keyOf(url), answer, PAGES_MAX);
  } catch {
    // No copy is newer than the one that is there; the page itself tells that nothing comes.
  }
}

async function scriptOf(request) {
  const kept = await (await caches.open(SCRIPTS)).match(request);
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.ok) await put(SCRIPTS, request.url, answer.clone(), SCRIPTS_MAX);
  return answer;
}

/** Choices of the look are kept in cookies; one copy of a page is enough. */
function keyOf(url) {
  const key = new URL(url);
  for (const name of ["lang", "theme", "palette", "density", "unit"]) key.searchParams.delete(name);
  key.hash = "";
  return key.href;
}

async function put(store, key, answer, most) {
  const cache = await caches.open(store);
  // The newest stands last.
  await cache.delete(key);
  await cache.put(key, answer);
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(old);
}

async function dropOldStores() {
  for (const name of await caches.keys()) {
    if (name !== PAGES && name !== SCRIPTS) await caches.delete(name);
  }
  await clients.claim();
}
