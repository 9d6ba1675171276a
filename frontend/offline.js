// Keeps the classroom usable without a network: what was had once is had again from this browser's cache when nobody
// answers. Only then, so that a newer version is never hidden by an older one. Knows no lesson; boot.js tells it what
// belongs to the page. Browsers run it only where the page came over TLS or from this very computer.
const here = new URL("./", self.location).href;
// Another copy of the page, in another folder of the same host, has a cache of its own.
const CACHE = `popglass ${here}`;
const FILES_MAX = 100;

const isOurs = (url) => url.startsWith(here) && !url.includes("/tunnel");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The whole list of what the page is made of: what is missing is fetched, what is older is put away.
self.addEventListener("message", (event) => {
  const files = [].concat(event.data?.files ?? []).filter((url) => typeof url === "string" && isOurs(url));
  if (files.length > 0 && files.length <= FILES_MAX) event.waitUntil(keep(new Set(files)));
});

const keep = async (files) => {
  const cache = await caches.open(CACHE);
  for (const { url } of await cache.keys()) if (!files.has(url)) await cache.delete(url);
  // One that cannot be had must not keep the others from being kept.
  for (const url of files) if (!(await cache.match(url))) await cache.add(url).catch(() => {});
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && isOurs(request.url)) event.respondWith(answer(event, request));
});

const answer = async (event, request) => {
  let response;
  try {
    response = await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { cacheName: CACHE, ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
  // What the network says counts, whatever becomes of the cache.
  if (response.ok) event.waitUntil(renew(request, response.clone()).catch(() => {}));
  return response;
};

// What is kept already is kept anew.
const renew = async (request, response) => {
  const cache = await caches.open(CACHE);
  if (await cache.match(request)) await cache.put(request, response);
};
