// The slides of a lesson plan, over several pages: a page that is opened with ?deck=tour-1.3 shows the
// slides of the fourth stop of that lesson, and PageDown on the last of them goes to the page of the
// next one. decks.js has the plans. lecture.js asks here which slides belong, and where to go on.
// deck.html holds the pages in a frame, so that the screen stays full from page to page.
"use strict";

globalThis.FS_LESSON = (() => {
  const article = document.querySelector("article.bd-article");
  const [name, stop] = location.search.replace("?deck=", "").replace(/=$/, "").split(".");
  const lesson = globalThis.FS_DECKS?.[name];
  const at = Number(stop);
  const here = lesson?.stops[at];
  if (!here) return null; // the slides of the whole page
  const hosted = parent !== window;
  let full = false;

  const wordsOf = (heading) =>
    [...heading.childNodes]
      .filter((node) => !node.matches?.(".headerlink"))
      .map((node) => node.textContent)
      .join("")
      .trim();
  const sectionOf = (words) =>
    [...article.querySelectorAll("h1, h2, h3")].find((node) => wordsOf(node) === words)
      ?.parentElement;

  // Those below the headings of this stop; of some only those up to the first with a beat of a kind, or
  // before it.
  function choose(slides) {
    const chosen = new Set();
    for (const [words, until, before] of here.slides) {
      const section = sectionOf(words);
      const below = slides.filter(({ leaves }) => leaves.some((leaf) => section?.contains(leaf)));
      const end = until ? below.findIndex(({ kinds }) => kinds.has(until)) : -1;
      const count = end < 0 ? below.length : end + (before ? 0 : 1);
      for (const slide of below.slice(0, count)) chosen.add(slide);
    }
    return chosen.size ? slides.filter((slide) => chosen.has(slide)) : slides;
  }

  const root = new URL(`${"../".repeat(here.page.split("/").length - 1)}`, location.href);
  const address = (number) =>
    new URL(`${lesson.stops[number].page}.html?deck=${name}.${number}`, root).href;
  const there = (by) => (lesson.stops[at + by] ? address(at + by) : null);

  const { theme } = document.documentElement.dataset;
  const ask = (word) => parent.postMessage({ deck: word, theme }, "*");
  addEventListener("message", ({ data, source }) => {
    if (!hosted || source !== parent || typeof data?.full !== "boolean") return;
    full = data.full;
    document.dispatchEvent(new Event("fullscreenchange"));
  });
  if (hosted) ask("here");

  // What the speaker's window shows of the plan, beside what it shows of a slide: the last one of this
  // page, and with all of it shown or not.
  function told(last, shown) {
    const plan = {
      stages: here.stages,
      stop: [at + 1, lesson.stops.length],
      minutes: lesson.minutes,
    };
    const next = last && lesson.stops[at + 1];
    if (!next) return { plan };
    const [[title]] = next.slides;
    if (!shown) return { plan, after: title };
    const coming = { title, plain: !lesson.code };
    return { plan, next: title, coming, page: address(at + 1).split("?")[0] };
  }

  return {
    deck: `${name}.${at}`,
    plain: !lesson.code, // for a class that does not program
    choose,
    there,
    told,
    full: () => (hosted ? full : Boolean(document.fullscreenElement)),
    fill: () => (hosted ? ask("fill") : document.documentElement.requestFullscreen?.()),
    // the plan again: the frame's window goes, not the frame
    leave() {
      if (hosted) ask("end");
      else location.href = new URL(lesson.plan, root).href;
    },
  };
})();
