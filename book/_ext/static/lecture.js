// Lecture mode: the same page as full-screen slides. Nothing is moved or copied: what does not
// belong to the slide is hidden, so that widgets stay alive and keep their state. Keys: L begins;
// arrows, Page Up and Down (a clicker), Home, End; S for notes; Escape ends.
"use strict";

{
  const article = document.querySelector("article.bd-article");
  const page = document.documentElement;
  // what a beat takes, beside reading it aloud
  const MINUTES = { predict: 2, widget: 4, exercise: 4, cell: 0.7 };
  const WORDS_A_MINUTE = 120;
  const ADVICE = {
    predict: "Let everybody write a prediction down before you go on. Ask two for their reason.",
    widget: "Do it once, slowly. Then let somebody say what to press next, and why.",
    exercise: "Four minutes in pairs. The solution is behind the next key.",
  };

  let slides = [],
    current = 0,
    revealed = 0,
    bar = null,
    notesWindow = null,
    began = 0,
    clock = null;

  // ---- the beats of the page ----

  const leaves = (section) =>
    [...section.children].flatMap((node) => (node.tagName === "SECTION" ? leaves(node) : [node]));
  const kindOf = (leaf) =>
    leaf.matches(".predict")
      ? "predict"
      : leaf.matches(".exercise, .admonition.exercise")
        ? "exercise"
        : leaf.querySelector(".fs-widget, .fs-host")
          ? "widget"
          : leaf.matches(".cell")
            ? "cell"
            : leaf.matches("h1, h2")
              ? "heading"
              : leaf.matches(".keep")
                ? "summary"
                : leaf.matches(".notes")
                  ? "notes"
                  : "text";
  const solution = (leaf) => leaf.matches(".solution, .admonition.solution");

  // What a key uncovers: the output under a visible cell, a whole solution.
  function hiddenIn(leaf) {
    if (solution(leaf)) return [leaf];
    return leaf.matches(".cell") && leaf.querySelector(".cell_input")
      ? [...leaf.querySelectorAll(":scope > .cell_output")].filter(
          (o) => !o.querySelector(".fs-widget, .fs-host"),
        )
      : [];
  }

  // Fills slides from top to bottom; a heading, a prediction, a widget, an exercise and the summary
  // begin one of their own.
  const usualZoom = () => Math.min(2.2, Math.max(1, innerWidth / 860));

  function pack() {
    const zoom = usualZoom();
    page.style.setProperty("--fs-zoom", String(zoom));
    const room = (innerHeight - 90) / zoom;
    const own = new Set(["predict", "widget", "exercise", "summary"]);
    slides = [];
    let title = "",
      height = 0,
      alone = false;
    const begin = () => {
      slides.push({ title, leaves: [], notes: [], kinds: new Set() });
      height = 0;
      alone = false;
    };
    for (const leaf of leaves(article).filter(
      (node) => node.offsetHeight > 0 || node.matches(".notes"),
    )) {
      const kind = kindOf(leaf),
        tall = leaf.offsetHeight / (leaf.currentCSSZoom ? 1 : zoom) || leaf.offsetHeight;
      if (kind === "notes") {
        slides
          .at(-1)
          ?.notes.push(
            leaf.querySelector("p:not(.admonition-title)")?.textContent ?? leaf.textContent,
          );
        continue;
      }
      if (kind === "heading") title = leaf.firstChild.textContent.trim();
      const onlyHeading = slides.length && slides.at(-1).leaves.every((l) => l.matches("h1, h2"));
      const starts =
        !slides.length ||
        kind === "heading" ||
        ((alone || own.has(kind) || height + tall > room) && !onlyHeading);
      if (starts && !(kind === "heading" && slides.length && !slides.at(-1).leaves.length)) begin();
      const slide = slides.at(-1);
      slide.leaves.push(leaf);
      slide.kinds.add(kind);
      height += tall + 16;
      alone ||= own.has(kind);
    }
    for (const slide of slides) {
      const words = slide.leaves
        .map((leaf) => leaf.textContent)
        .join(" ")
        .split(/\s+/).length;
      slide.minutes =
        Math.min(words, 160) / WORDS_A_MINUTE +
        [...slide.kinds].reduce((sum, kind) => sum + (MINUTES[kind] ?? 0), 0);
      slide.hidden = slide.leaves.flatMap(hiddenIn);
    }
  }

  // ---- showing ----

  function show(index, uncovered = 0) {
    current = Math.max(0, Math.min(slides.length - 1, index));
    revealed = uncovered;
    const slide = slides[current];
    const on = new Set(slide.leaves);
    for (const leaf of leaves(article)) leaf.classList.toggle("fs-off", !on.has(leaf));
    slide.hidden.forEach((node, i) => node.classList.toggle("fs-covered", i >= revealed));
    page.style.setProperty("--fs-zoom", String(usualZoom()));
    if (slide.kinds.has("widget") && article.scrollHeight > article.clientHeight) {
      // a picture is for seeing it whole
      page.style.setProperty(
        "--fs-zoom",
        String(
          Math.max(0.75, usualZoom() * Math.sqrt(article.clientHeight / article.scrollHeight)),
        ),
      );
      const still = article.scrollHeight / article.clientHeight;
      if (still > 1)
        page.style.setProperty(
          "--fs-zoom",
          String(Math.max(0.75, (0.99 * Number(page.style.getPropertyValue("--fs-zoom"))) / still)),
        );
    }
    article.scrollTop = 0;
    const left = slide.hidden.length - revealed;
    bar.querySelector("output").textContent = `${current + 1} / ${slides.length}`;
    bar.querySelector("[role=status]").textContent =
      `Slide ${current + 1} of ${slides.length}: ${slide.title}.${left > 0 ? ` ${left} to reveal.` : ""}`;
    bar.querySelector(".fs-title").textContent = slide.title;
    bar.querySelector(".fs-more-to-come").textContent = left > 0 ? "●".repeat(left) : "";
    drawNotes();
  }

  function next() {
    if (revealed < slides[current].hidden.length) show(current, revealed + 1);
    else if (current < slides.length - 1) show(current + 1);
  }

  function previous() {
    if (revealed > 0) show(current, revealed - 1);
    else if (current > 0) show(current - 1, slides[current - 1].hidden.length);
  }

  // ---- begin and end ----

  const active = () => page.classList.contains("fs-lecture");

  async function lecture() {
    if (active()) return;
    const here = leaves(article).find((leaf) => leaf.getBoundingClientRect().bottom > 120);
    page.classList.add("fs-lecture");
    bar = document.createElement("div");
    bar.className = "fs-lecture-bar";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "Slides");
    const button = (text, label, action) => {
      const node = document.createElement("button");
      Object.assign(node, { type: "button", textContent: text, onclick: action });
      node.setAttribute("aria-label", label);
      return node;
    };
    const part = (tag, name) => Object.assign(document.createElement(tag), { className: name });
    const status = part("span", "fs-visually-hidden");
    status.setAttribute("role", "status");
    bar.append(
      part("span", "fs-title"),
      part("span", "fs-more-to-come"),
      button("‹", "Previous slide", previous),
      part("output", ""),
      button("›", "Next slide", next),
      button("Notes", "Speaker notes", openNotes),
      button("End", "End the slides", end),
      status,
    );
    document.body.append(bar);
    try {
      if (navigator.userActivation?.isActive !== false) await page.requestFullscreen?.();
    } catch {
      /* not allowed here: the slides fill the window */
    }
    began = Date.now();
    pack();
    show(
      Math.max(
        0,
        slides.findIndex((slide) => slide.leaves.includes(here)),
      ),
    );
    clock = setInterval(drawNotes, 1000);
  }

  function end() {
    if (!active()) return;
    const first = slides[current].leaves[0];
    for (const leaf of leaves(article)) leaf.classList.remove("fs-off");
    for (const node of article.querySelectorAll(".fs-covered")) node.classList.remove("fs-covered");
    page.classList.remove("fs-lecture");
    bar.remove();
    clearInterval(clock);
    notesWindow?.close();
    if (document.fullscreenElement) document.exitFullscreen();
    first.scrollIntoView({ block: "start", behavior: "instant" });
  }

  // ---- notes and time plan, in a second window ----

  function openNotes() {
    notesWindow = open("", "fs-notes", "width=640,height=560");
    if (!notesWindow) {
      bar.querySelector("[role=status]").textContent = "The browser did not allow a second window.";
      return;
    }
    const { document: notes } = notesWindow;
    notes.title = "Speaker notes";
    notes.documentElement.lang = "en";
    notes.documentElement.dataset.theme = "dark"; // a bright second screen would dazzle whoever speaks
    const { href } = document.querySelector('link[href*="palette.css"]');
    notes.head.append(Object.assign(notes.createElement("link"), { rel: "stylesheet", href }));
    notes.body.style.cssText =
      "font: 18px/1.5 system-ui, sans-serif; margin: 1.2rem; " +
      "background: var(--fs-background); color: var(--fs-text)";
    notes.addEventListener("keydown", keys);
    drawNotes();
  }

  function drawNotes() {
    if (!notesWindow || notesWindow.closed) return;
    const { document: notes } = notesWindow;
    const slide = slides[current];
    const line = (tag, text) => Object.assign(notes.createElement(tag), { textContent: text });
    const lesson = slides.filter((one) => one.title !== "Exercises"),
      practice = slides.filter((one) => one.title === "Exercises");
    const minutes = (some) => some.reduce((sum, one) => sum + one.minutes, 0).toFixed(0);
    const before = lesson.filter((one) => slides.indexOf(one) < current);
    const gone = (Date.now() - began) / 60000;
    const advice = [...slide.kinds].map((kind) => ADVICE[kind]).filter(Boolean);
    notes.body.replaceChildren(
      line("h1", `${current + 1} / ${slides.length}  ${slide.title}`),
      ...slide.notes.map((text) => line("p", text)),
      ...advice.map((text) => line("p", text)),
      line(
        "p",
        slide.hidden.length > revealed ? `Still covered: ${slide.hidden.length - revealed}.` : "",
      ),
      line(
        "p",
        slides[current + 1] ? `Next: ${slides[current + 1].title}` : "This is the last slide.",
      ),
      line(
        "p",
        `This slide: about ${slide.minutes.toFixed(1)} min. ` +
          `Planned up to here: ${minutes(before)} of ${minutes(lesson)} min, ` +
          `and ${minutes(practice)} min for the exercises. ` +
          `Gone: ${Math.floor(gone)} min ${Math.floor(60 * (gone % 1))} s.`,
      ),
    );
  }

  // ---- keys ----

  function keys(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const inside = event.target.closest?.(".fs-widget");
    if (event.target.matches?.("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!active()) {
      if (event.key === "l" || event.key === "L") {
        event.preventDefault();
        lecture();
      }
      return;
    }
    if (inside && event.key === "Escape") {
      event.target.blur();
      return;
    }
    const action = {
      ArrowRight: next,
      PageDown: next,
      " ": event.target.matches?.("button, summary") ? null : next,
      ArrowLeft: previous,
      PageUp: previous,
      Home: () => show(0),
      End: () => show(slides.length - 1),
      Escape: end,
      s: openNotes,
      S: openNotes,
      l: end,
      L: end,
    }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  function listen() {
    document.addEventListener("keydown", keys);
    addEventListener("resize", () => {
      if (!active()) return;
      const first = slides[current].leaves[0];
      for (const leaf of leaves(article)) leaf.classList.remove("fs-off");
      pack();
      show(
        Math.max(
          0,
          slides.findIndex((slide) => slide.leaves.includes(first)),
        ),
      );
    });
    document.addEventListener("fullscreenchange", () => {
      if (active() && !document.fullscreenElement && began && Date.now() - began > 1500) end();
    });

    const place = document.querySelector(".article-header-buttons");
    if (place) {
      const start = Object.assign(document.createElement("button"), {
        type: "button",
        className: "btn btn-sm fs-slides-button",
        textContent: "Slides",
        onclick: lecture,
      });
      start.title = "This page as slides (L)";
      place.prepend(start);
    }
    if (page.hasAttribute("data-lecture") || location.search === "?lecture")
      addEventListener("load", lecture);
  }

  if (article?.querySelector("h1")) listen();
}
