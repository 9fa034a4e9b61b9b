// A page that a reader is about to open comes ahead of the press: when the pointer or the focus rests
// on its link, or a finger touches it. Not from a folder, and not where data are to be saved. A browser
// that can draws it, too, where nobody sees it yet: then it is there at once.
"use strict";

{
  const REST = 65; // milliseconds: a pointer that only passes by asks for nothing
  const brought = new Set([location.href.split("#")[0]]);
  let waiting;
  let ahead; // the link whose page is drawn ahead: the last one only

  // By the rule that stands on each page (layout.html). A page has to know of a lecture when it begins:
  // none is drawn ahead of its slides.
  function draw(link) {
    ahead?.removeAttribute("data-ahead");
    ahead = document.documentElement.classList.contains("fs-lecture") ? null : link;
    ahead?.setAttribute("data-ahead", "");
  }
  document.addEventListener("fs-lecture", () => draw(null));

  function bring(address) {
    if (brought.has(address)) return;
    // where the book is kept on the device (keeping.js) it is there already
    if (navigator.serviceWorker?.controller) return;
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
    if (navigator.connection?.saveData || address === location.href.split("#")[0]) return;
    const come = () => {
      bring(address);
      draw(link.hash || link.search ? null : link);
    };
    waiting = setTimeout(come, type === "touchstart" ? 0 : REST);
  }

  if (location.protocol !== "file:")
    for (const type of ["pointerover", "focusin", "touchstart"])
      document.addEventListener(type, about, { passive: true });
}
