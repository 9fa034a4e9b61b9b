// Who has searched reads what was found: the focus goes to the sentence above it, which stands behind the
// whole sidebar, as soon as all is there.
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
}
