// The theme's buttons that print and fill the screen: what a page's policy does not let stand in
// their attributes.
"use strict";

{
  const actions = { print: () => print(), fullscreen: () => globalThis.toggleFullScreen() };
  document.addEventListener("click", (event) => {
    actions[event.target.closest("[data-press]")?.dataset.press]?.();
  });
}
