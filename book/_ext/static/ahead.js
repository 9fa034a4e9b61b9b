// A page that a reader is about to open comes ahead of the press: when the pointer or the focus rests
// on its link, or a finger touches it. Not from a folder, not where data are to be saved, and not where
// the book is kept on the device (keeping.js): it is there already.
"use strict";

{
  const REST = 65; // milliseconds: a pointer that only passes by asks for nothing
  const brought = new Set([location.href.split("#")[0]]);
  let waiting;

  function bring(address) {
    if (navigator.serviceWorker?.controller || navigator.connection?.saveData) return;
    if (brought.has(address)) return;
    brought.add(address);
    document.head.append(
      Object.assign(document.createElement("link"), { rel: "prefetch", href: address }),
    );
  }

  function about({ target, type }) {
    clearTimeout(waiting);
    const link = target.closest?.("a[href]");
    if (!link || link.origin !== location.origin || !/(\.html|\/)$/.test(link.pathname)) return;
    const address = link.href.split("#")[0];
    waiting = setTimeout(() => bring(address), type === "touchstart" ? 0 : REST);
  }

  if (location.protocol !== "file:")
    for (const type of ["pointerover", "focusin", "touchstart"])
      document.addEventListener(type, about, { passive: true });
}
