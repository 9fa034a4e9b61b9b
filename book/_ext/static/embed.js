// A widget alone in a frame of another page. Its state may stand in the address behind a ?, where a
// learning management system leaves it alone; the other page is told how high it is.
"use strict";

{
  if (location.search.length > 1 && !location.hash) location.hash = location.search.slice(1);
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (parent !== window) parent.postMessage({ fourteenSteps: { height } }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
}
