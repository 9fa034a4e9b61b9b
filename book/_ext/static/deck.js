// The slides of a lesson plan: deck.html#tour-1 holds their pages in a frame. A page that goes takes a full
// screen with it; this window stays, and keeps it. lecture_deck.js, in the frame, asks for it.
"use strict";

{
  const frame = document.querySelector("iframe");
  const lesson = globalThis.FS_DECKS?.[location.hash.slice(1)];
  const root = new URL("..", location.href);

  // light or dark as the pages are, before the first one has come
  try {
    const mode = localStorage.getItem("mode") ?? "auto";
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const theme = mode === "auto" ? (dark ? "dark" : "light") : mode;
    document.documentElement.dataset.theme = theme;
  } catch {
    // no storage on this page
  }

  const tell = () =>
    frame.contentWindow.postMessage({ full: Boolean(document.fullscreenElement) }, "*");
  const ASKED = {
    here({ theme }) {
      document.documentElement.dataset.theme = theme; // the ground that is seen between two pages
      frame.focus(); // keys belong to the page in it
      tell();
    },
    fill: () => document.documentElement.requestFullscreen?.().catch(() => {}),
    end() {
      location.href = new URL(lesson.plan, root).href;
    },
  };

  addEventListener("message", ({ data, source }) => {
    if (source === frame.contentWindow && Object.hasOwn(ASKED, data?.deck ?? ""))
      ASKED[data.deck](data);
  });
  document.addEventListener("fullscreenchange", tell);
  addEventListener("hashchange", () => location.reload());
  if (lesson) {
    document.title = lesson.title;
    frame.src = new URL(`${lesson.stops[0].page}.html?deck=${location.hash.slice(1)}.0`, root).href;
    frame.hidden = false;
  }
}
