// Who has searched reads what was found: the focus goes to the sentence above it, which stands behind the
// whole sidebar, as soon as all is there; and of each page its text is quoted, not what stands around it.
"use strict";

{
  const place = document.getElementById("search-results");
  const asked = new URLSearchParams(location.search).get("q");
  const done = (watch) => {
    const told = place.querySelector(".search-summary");
    if (!/found|did not match/.test(told?.textContent)) return;
    watch.disconnect();
    told.tabIndex = -1;
    if (document.activeElement === document.body) told.focus({ preventScroll: true });
  };
  if (place && asked)
    new MutationObserver((_, watch) => done(watch)).observe(place, {
      childList: true,
      characterData: true,
      subtree: true,
    });

  // a title is quoted by its link; a formula has its letters twice, the second time for the eye alone
  const NOT_QUOTED = "h1, .headerlink, .fs-where, .fs-map, [aria-hidden=true], script, style";
  function textOf(page, anchor) {
    const article = new DOMParser().parseFromString(page, "text/html").querySelector("article");
    for (const one of article?.querySelectorAll(NOT_QUOTED) ?? []) one.remove();
    const found = (anchor && article?.querySelector(anchor)) || article;
    const told = found?.matches("dt") ? found.nextElementSibling : found; // of a word, what it means
    return told?.textContent ?? "";
  }
  // searchtools.js comes behind this script, and asks for pages later
  if (place)
    document.addEventListener("DOMContentLoaded", () => {
      Search.htmlToText = textOf;
    });
}
