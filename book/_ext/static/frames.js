// For a page that has widgets of the book in frames: makes each frame as high as its widget. A page
// that may run no scripts gives its frames a height by hand.
"use strict";

{
  const HIGHEST = 4000; // pixels: no frame grows without end
  addEventListener("message", ({ data, source }) => {
    const height = data?.fourteenSteps?.height;
    if (!Number.isFinite(height) || height <= 0) return;
    for (const frame of document.querySelectorAll("iframe"))
      if (frame.contentWindow === source) frame.style.height = `${Math.min(HIGHEST, height)}px`;
  });
}
