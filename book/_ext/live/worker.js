// The worker in which Python runs: a Blob, so that it works from file:// too. It gets every file
// from the page, as text, and asks nobody for anything. The page never waits for it.
"use strict";

const ADDRESS = "https://python.invalid/"; // never asked: fetch below answers for it
const files = new Map(); // name → Blob
const awaited = new Map(); // name → what to do when it has come
let python; // the proxy of live_session
let runtime;
const unpacked = new Set();

const say = (message) => postMessage(message);

async function decoded({ pieces, packed }) {
  const parts = pieces.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  const blob = new Blob(parts);
  if (!packed) return blob;
  return new Response(blob.stream().pipeThrough(new DecompressionStream("gzip"))).blob();
}

function answer(request) {
  const name = String(request.url ?? request).slice(ADDRESS.length);
  if (!files.has(name)) throw new TypeError(`the page's Python asks nobody for ${name}`);
  const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  return new Response(files.get(name), { headers: { "content-type": type } });
}

async function file(name) {
  if (!files.has(name)) await new Promise((done) => awaited.set(name, done));
  return files.get(name);
}

async function unpack(name) {
  if (unpacked.has(name)) return;
  const content = await (await file(name)).arrayBuffer();
  runtime.unpackArchive(content, "zip", { extractDir: "/packages" });
  if (name === "matplotlib") python.mend_fonts("/packages");
  files.delete(name); // its bytes are in Python's file system now
  unpacked.add(name);
}

async function start({ lock, scripts, book }) {
  files.set("pyodide-lock.json", new Blob([JSON.stringify(lock)]));
  for (const name of scripts) importScripts(URL.createObjectURL(await file(name)));
  for (const name of ["pyodide.asm.wasm", "python_stdlib.zip"]) await file(name);
  globalThis.fetch = async (request) => answer(request);
  runtime = await loadPyodide({
    indexURL: ADDRESS,
    lockFileURL: `${ADDRESS}pyodide-lock.json`,
    stdLibURL: `${ADDRESS}python_stdlib.zip`,
    env: { HOME: "/home/reader", MPLBACKEND: "agg" }, // pictures without a window, whoever asks first
  });
  for (const name of [...scripts, "pyodide.asm.wasm", "python_stdlib.zip"]) files.delete(name);
  await unpack(book);
  runtime.runPython("import sys; sys.path.append('/packages')");
  python = runtime.pyimport("live_session");
  python.start((text) => say(JSON.parse(text)), "/packages");
  say({ kind: "started" });
}

async function run({ source, number, id }) {
  const wanted = JSON.parse(python.needs(source)).filter((name) => !unpacked.has(name));
  const lacking = wanted.filter((name) => !files.has(name));
  if (lacking.length) say({ kind: "want", names: lacking });
  for (const name of wanted) await unpack(name);
  if (wanted.length) runtime.runPython("import importlib; importlib.invalidate_caches()");
  say({ kind: "begun", id });
  const ok = python.run(source, number);
  say({ kind: "done", id, ok });
}

// One thing after the other; what comes while Python is busy waits here.
let busy = Promise.resolve();
const then = (work) => {
  busy = busy.then(work).catch((error) => say({ kind: "died", text: String(error) }));
};

addEventListener("message", async ({ data }) => {
  if (data.kind === "file") {
    files.set(data.name, await decoded(data));
    awaited.get(data.name)?.();
  } else if (data.kind === "start") then(() => start(data));
  else if (data.kind === "run") then(() => run(data));
  else if (data.kind === "fresh") then(() => python?.fresh());
  else if (data.kind === "traits") then(() => python.traits(data.model, data.state));
});
