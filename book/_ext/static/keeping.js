// The book stays readable without a network: when a page has been drawn and the browser has nothing
// else to do, a worker begins to keep it (offline/worker.js), and a line in the page's foot says so
// (offline.js). Not from a folder, not in a frame; where data are to be saved, or the reader has
// removed it, only when asked to in that line.
"use strict";

{
  const home = document.currentScript.src;
  const worker = new URL("../offline-worker.js", home).href;
  const rest = globalThis.requestIdleCallback ?? setTimeout;

  function asked() {
    try {
      return !navigator.connection?.saveData && localStorage.getItem("fs-offline") !== "off";
    } catch {
      return false; // who keeps nothing on this device
    }
  }

  async function begin() {
    const { serviceWorker } = navigator;
    let there = await serviceWorker.getRegistration(worker);
    if (there || asked()) {
      there = await serviceWorker.register(worker, { updateViaCache: "none" });
      await serviceWorker.ready;
    }
    document.head.append(
      Object.assign(document.createElement("script"), { src: new URL("offline.js", home).href }),
    );
  }

  if (location.protocol !== "file:" && navigator.serviceWorker && top === window)
    addEventListener("load", () => rest(() => begin().catch(() => {})));
}
