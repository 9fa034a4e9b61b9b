// What few readers need comes when it is asked for: the slides (lecture.js), and the buttons that
// copy code (copy.js); and questions that come back (recall.js), for who opens one, says that a page is
// read, or has done so before. The page of the question bank checks what is answered (bank.js), and
// found.js marks the words that a page was found by.
"use strict";

{
  const page = document.documentElement;
  const home = document.currentScript.src;
  const bring = (name) =>
    document.head.append(
      Object.assign(document.createElement("script"), { src: new URL(name, home).href }),
    );

  // begin: the slides are asked for now, and not only their keys.
  let slides = false;
  function lecture(begin) {
    if (slides) return;
    slides = true;
    globalThis.fsWidgets?.();
    page.toggleAttribute("data-lecture-now", begin);
    bring("lecture.js");
  }

  function kept() {
    try {
      return sessionStorage.getItem("fs-lecture") !== null;
    } catch {
      return false; // no storage on this page
    }
  }

  function ready() {
    page.setAttribute("data-buttons", ""); // in the head of the page: from now on they are complete
    if (!document.querySelector("article.bd-article h1")) return;
    const start = Object.assign(document.createElement("button"), {
      type: "button",
      className: "btn btn-sm fs-slides-button",
      textContent: "Slides",
      title: "This page as slides (L)",
      onclick: () => lecture(true),
    });
    document.querySelector(".article-header-buttons")?.prepend(start);
    if (page.hasAttribute("data-lecture") || location.search.length > 1 || kept()) lecture(false);
  }
  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, altKey, metaKey } = event;
    const typing = target.closest?.("input, textarea, select, [contenteditable]");
    if ((key === "l" || key === "L") && !typing && !ctrlKey && !altKey && !metaKey) lecture(true);
    if (key === "Tab") copying();
  });

  let copies = false;
  function copying() {
    if (copies || !document.querySelector("div.highlight pre")) return;
    copies = true;
    bring("copy.js");
  }
  document.addEventListener("pointerover", ({ target }) => {
    if (target.closest?.("div.highlight")) copying();
  });

  let recalled = false;
  function recall() {
    if (recalled) return;
    recalled = true;
    bring("recall.js");
  }
  document.addEventListener(
    "toggle",
    ({ target }) => target.matches?.("details.fs-prompt") && recall(),
    true,
  );

  // An answer box is right: recall.js knows whether that was the last one of the page.
  document.addEventListener("fs-right", ({ target }) => {
    target.closest(".fs-host")?.toggleAttribute("data-right", true);
    if (document.querySelector(".fs-done")) recall();
  });

  // The page of the search has it from the beginning, and notes what is to be marked on the next one.
  function found() {
    if (document.querySelector('script[src*="searchtools"]')) return;
    let words = null;
    try {
      words = localStorage.getItem("sphinx_highlight_terms");
    } catch {
      // no storage on this page
    }
    if (words || new URLSearchParams(location.search).has("highlight")) bring("found.js");
  }

  // Which page was read last, and what is kept here of questions; null where a page has no storage.
  function noted(name) {
    try {
      if (name) localStorage.setItem("fourteen-steps-last", name);
      return (
        localStorage.getItem("fourteen-steps-review") ??
        (name ? null : localStorage.getItem("fourteen-steps-last"))
      );
    } catch {
      return null;
    }
  }

  function questions() {
    const done = document.querySelector(".fs-done");
    if (done) {
      done.hidden = false;
      done.querySelector("button").addEventListener("click", () => {
        if (!recalled) done.dataset.pressed = "true";
        recall();
      });
    }
    const here = done || document.querySelector(".fs-resume");
    if (document.querySelector("[data-review]") || (here && noted(done?.dataset.donePage) !== null))
      recall();
  }

  const begin = () => {
    ready();
    found();
    // a page that is drawn ahead (ahead.js) has not been read
    if (document.prerendering) document.addEventListener("prerenderingchange", questions);
    else questions();
    if (document.querySelector("[data-bank]")) bring("bank.js");
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
}
