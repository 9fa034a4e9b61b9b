// Keeps the book on the reader's device, and answers from what it keeps. offline.py writes PARTS before it:
// { book, python, files }, each { bytes, files: { path: checksum } }.
//
// Everything is kept under its checksum, and a worker answers from its own list alone: a page never gets
// a file of another version. A new worker waits until no page of the old one is open; then what it does
// not need goes.
"use strict";

const ROOT = registration.scope;
const STORE = `fourteen-steps ${ROOT}`; // several books may stand on one host
const WANTED = `${ROOT}?wanted`; // the parts that the reader has asked for
const AT_ONCE = 4;
const sums = new Map(Object.values(PARTS).flatMap(({ files }) => Object.entries(files)));
const place = (sum) => `${ROOT}?kept=${sum}`;
const store = () => caches.open(STORE);
let between; // the window that shows an empty page on its way from one version to the next

// The checksum of the file that an address means, or undefined.
function meant(address) {
  if (!address.startsWith(ROOT)) return undefined;
  const path = decodeURI(address.slice(ROOT.length).split(/[?#]/)[0]);
  return sums.get(path) ?? sums.get(`${path}index.html`) ?? sums.get(`${path}.html`);
}

async function checksum(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes), 0, 8);
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A file as it was built: the browser's own copy, else the server's; an error where neither is.
async function keepOne(cache, path, sum) {
  for (const mode of ["default", "reload"]) {
    const response = await fetch(ROOT + encodeURI(path), { cache: mode, priority: "low" });
    const bytes = await response.arrayBuffer();
    if (!response.ok || (await checksum(bytes)) !== sum) continue;
    const headers = new Headers(response.headers);
    for (const name of ["content-encoding", "content-length"]) headers.delete(name);
    await cache.put(place(sum), new Response(bytes, { headers }));
    return bytes.byteLength;
  }
  throw new Error(`${path} is not what was built`);
}

const filesOf = (parts) =>
  [...new Set(parts)].flatMap((part) => Object.entries(PARTS[part]?.files ?? {}));

// Everything of these parts that is not kept yet; tell(bytes so far).
async function keep(parts, tell = () => {}) {
  const cache = await store();
  const there = new Set((await cache.keys()).map(({ url }) => url));
  const missing = filesOf(parts).filter(([, sum]) => !there.has(place(sum)));
  let bytes = 0;
  const one = async () => {
    for (let next = missing.shift(); next; next = missing.shift())
      tell((bytes += await keepOne(cache, ...next)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function wanted() {
  const said = await (await store()).match(WANTED);
  return said ? said.json() : [];
}

async function clean() {
  const cache = await store();
  const needed = new Set([WANTED, ...[...sums.values()].map(place)]);
  const old = (await cache.keys()).filter(({ url }) => !needed.has(url));
  await Promise.all(old.map((request) => cache.delete(request)));
}

// An empty page that asks for its address once more, at once.
const EMPTY = '<!DOCTYPE html><title>…</title><link rel="icon" href="data:,">';
const again = () =>
  new Response(EMPTY, { headers: { "content-type": "text/html;charset=utf-8", refresh: "0" } });

// A page is asked for, and a newer version waits. Where the only window is the one that goes on to this
// page, nothing of the old version is left when it has gone: the newer one may begin.
async function change({ resultingClientId }) {
  const open = await clients.matchAll();
  const left = open.every(({ id }) => id === between);
  if (!left && open.length > 1) return null;
  between = resultingClientId;
  if (left) registration.waiting?.postMessage({ begin: true });
  return again();
}

async function answer(event, sum) {
  const changed =
    event.request.mode === "navigate" && registration.waiting && (await change(event));
  return changed || (await (await store()).match(place(sum))) || fetch(event.request);
}

// What offline.js asks; the answer goes through its port.
const ASKED = {
  async state() {
    const there = new Set((await (await store()).keys()).map(({ url }) => url));
    const parts = Object.entries(PARTS).map(([name, { bytes }]) => {
      const kept = filesOf([name]).every(([, sum]) => there.has(place(sum)));
      return { name, bytes, kept };
    });
    return { parts };
  },
  async keep(part, port) {
    await keep([part], (bytes) => port.postMessage({ bytes }));
    const parts = new Set([...(await wanted()), part]);
    await (await store()).put(WANTED, Response.json([...parts]));
    return ASKED.state();
  },
  // A page that is older than this worker may be answered by it if it is the only one, and if all that
  // it has loaded is of this version.
  async claim(addresses) {
    const open = await clients.matchAll({ includeUncontrolled: true });
    if (open.length === 1 && addresses.every(meant)) await clients.claim();
    return {};
  },
};

addEventListener("install", (event) =>
  event.waitUntil(wanted().then((parts) => keep(["book", ...parts]))),
);
addEventListener("activate", (event) => event.waitUntil(clean()));
addEventListener("fetch", (event) => {
  const sum = event.request.method === "GET" && meant(event.request.url);
  if (sum) event.respondWith(answer(event, sum));
});
addEventListener("message", (event) => {
  const { begin, ask, given } = event.data;
  const [port] = event.ports;
  if (begin) skipWaiting();
  if (!ask) return;
  event.waitUntil(
    ASKED[ask](given, port).then(
      (found) => port.postMessage({ done: found }),
      (error) => port.postMessage({ failed: error.message }),
    ),
  );
});
