// Lecture mode: the same page as full-screen slides. Nothing is moved or copied: what does not
// belong to the slide is hidden, so that widgets stay alive and keep their state. L begins and ends.
// A clicker's keys belong to the slides wherever the focus is; arrows and the space bar belong to a
// widget as long as it has the focus. speaker.js is the window for whoever speaks; lecture_votes.js
// counts what a class predicts, lecture_pen.js draws on a slide, lecture_help.js says all keys. They
// hear of the lecture by the events "fs-lecture" (its toolbar, or null when it is over) and "fs-slide".
"use strict";

// Two windows of one lecture hear each other: over a channel; or, from a folder, where each file is
// a world of its own, by messages to the other window. hear(data) is called with what the other said.
function lectureLine(id, hear, other = null) {
  if (location.protocol !== "file:") {
    const channel = new BroadcastChannel(`fourteen-steps-${id}`);
    channel.addEventListener("message", ({ data }) => hear(data));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin only
    return { say: (data) => channel.postMessage(data), to() {}, close: () => channel.close() };
  }
  const listen = ({ data, source }) => {
    if (data?.lecture !== id || source === window) return;
    other = source;
    hear(data.said);
  };
  addEventListener("message", listen);
  return {
    say: (said) => other?.postMessage({ lecture: id, said }, "*"),
    to: (there) => (other = there),
    close: () => removeEventListener("message", listen),
  };
}

{
  const article = document.querySelector("article.bd-article");
  const page = document.documentElement;
  const home = document.currentScript.src;
  const query = location.search.replace(/=$/, ""); // the theme adds an =
  const preview = query === "?preview" && parent !== window; // the next slide, seen small
  const deck = query.startsWith("?deck="); // a lesson plan's slides, over several pages
  const asked = // the theme rewrites data-lecture; later.js sets data-lecture-now
    page.hasAttribute("data-lecture") ||
    page.hasAttribute("data-lecture-now") ||
    query === "?lecture" ||
    deck;
  const STORE = "fs-lecture";
  // what a beat takes, beside reading it aloud
  const MINUTES = { predict: 2, widget: 4, exercise: 4, cell: 0.7 };
  const WORDS_A_MINUTE = 120;
  const ADVICE = {
    predict:
      "Let everybody write a prediction down before you go on. V counts the votes. Ask two for their reason.",
    widget: "Do it once, slowly. Then let somebody say what to press next, and why.",
    exercise: "Four minutes in pairs. The solution is behind the next key.",
  };
  const TEXT_COLUMN = 860; // pixels of the page that fill a text slide's width
  const WIDGET_LINES = 720; // and a widget's slide's height: 16 px type is then 24 px at 1080
  const FREE = 0.1; // the lowest part of the screen, which the last row does not see
  const FOLDED = "details.sd-dropdown:not(.fs-right, .fs-wrong)"; // an answer, unfolded by the last press
  const CHOICE = ".fs-vote [type=text]"; // a class's votes: none is cut off
  const LEFT_OUT = "[data-widget=Worksheet], [data-widget=NumberBox]";
  const LEAST = 0.6; // of the usual size: below it a slide scrolls
  const LARGER = [1.6, 1.3, 1.15]; // how much larger the type is where there is room

  let slides = [],
    current = 0,
    revealed = 0,
    bar = null,
    black = null,
    line = null,
    id = null,
    began = 0,
    clock = null,
    fitting = 0,
    filled = false, // the screen: asked for again after a reload
    leaving = false, // for another page of the deck
    behind = {}; // how the other pages of the deck were left

  // What a lecture needs beside this file.
  function bring(tag, name) {
    const node = document.createElement(tag);
    const address = new URL(name, home).href;
    if (tag === "link") Object.assign(node, { rel: "stylesheet", href: address });
    else Object.assign(node, { src: address, async: false }); // their buttons come in this order
    return new Promise((done) => {
      Object.assign(node, { onload: done, onerror: done });
      document.head.append(node);
    });
  }
  const DECK = deck ? ["decks.js", "lecture_deck.js"] : [];
  const PARTS = preview ? [] : [...DECK, "lecture_votes.js", "lecture_pen.js", "lecture_help.js"];
  const parts =
    article &&
    Promise.all([bring("link", "lecture.css"), ...PARTS.map((name) => bring("script", name))]);
  const lesson = () => globalThis.FS_LESSON ?? null; // lecture_deck.js: the deck of which this page is a part

  // ---- the beats of the page ----

  const leavesOf = (section) =>
    [...section.children].flatMap((node) => (node.tagName === "SECTION" ? leavesOf(node) : [node]));
  const leaves = () => leavesOf(article);
  const KINDS = [
    ["predict", ".predict"],
    ["exercise", ".exercise, .admonition.exercise"],
    ["widget", ":has(.fs-widget, .fs-host)"],
    ["cell", ".cell"],
    ["heading", "h1, h2"],
    ["summary", ".keep"],
    ["notes", ".notes"],
  ];
  const kindOf = (leaf) => KINDS.find(([, selector]) => leaf.matches(selector))?.[0] ?? "text";

  // A colon makes the room wait: what it announces comes with the next key.
  const announces = (leaf) => Boolean(leaf?.matches("p")) && /:\s*$/.test(leaf.textContent);
  const SEVERAL = { least: 2, most: 8 };
  const ANNOUNCED = ":scope:not(p, h1, h2, .admonition, .exercise, .cell:has(.cell_input))";

  // What a key does on a slide before the next one comes, in order: it uncovers the output under a
  // visible cell, a whole solution, a list point by point, what a colon has announced (a table row by
  // row) and what has the class "reveal"; or it lets a widget walk on, as often as its cell's tag says
  // (builds-4). With the class "at-once" a block is there from the beginning.
  function buildsOf(leaf, at, slide) {
    if (leaf.matches(".at-once, .able, .keep, .predict")) return [];
    if (leaf.matches(".solution, .admonition.solution")) return [{ cover: leaf }];
    if (leaf.matches(FOLDED)) return [{ unfold: leaf }];
    if (leaf.matches("ul") && slide[at + 1]?.matches(FOLDED)) return []; // a poll's choices come at once
    const bare = !leaf.querySelector(".fs-widget, .fs-host");
    const waits = leaf.matches(".reveal") || (bare && announces(slide[at - 1]));
    const rows = leaf.matches("ul, ol")
      ? [...leaf.children]
      : waits
        ? [...leaf.querySelectorAll(":scope > table > tbody > tr, :scope:is(table) > tbody > tr")]
        : [];
    if (rows.length >= SEVERAL.least && rows.length <= SEVERAL.most)
      return rows.map((cover) => ({ cover }));
    if (waits && leaf.matches(`.reveal, ${ANNOUNCED}`)) return [{ cover: leaf }];
    const widget = leaf.querySelector(".fs-widget[data-widget]");
    const walks = Number(/(?:^| )tag_builds-(\d+)/.exec(leaf.className)?.[1] ?? 0);
    const covered = (output) => !output.querySelector(".fs-widget, .fs-host");
    return [
      ...(leaf.matches(".cell") && leaf.querySelector(".cell_input")
        ? [...leaf.querySelectorAll(":scope > .cell_output")].filter(covered)
        : []
      ).map((cover) => ({ cover })),
      ...Array.from({ length: widget ? walks : 0 }, () => ({ widget })),
    ];
  }

  // What stands below something covered comes with it: it says what is to be found. A widget stays.
  function inOrder(shown) {
    const builds = [];
    for (const [at, leaf] of shown.entries()) {
      const last = builds.at(-1);
      if (last?.cover && !leaf.querySelector(".fs-widget, .fs-host")) last.with.push(leaf);
      builds.push(...buildsOf(leaf, at, shown).map((build) => ({ ...build, with: [] })));
    }
    return builds;
  }

  const textZoom = () => Math.min(2.2, Math.max(1, innerWidth / TEXT_COLUMN));
  const usualZoom = ({ kinds }) => (kinds.has("widget") ? innerHeight / WIDGET_LINES : textZoom());

  const roomAt = (zoom) => (innerHeight * (1 - FREE) - 48) / zoom;
  const heightOf = (leaf) => leaf.offsetHeight / (leaf.currentCSSZoom ? 1 : textZoom());

  // Fills slides from top to bottom; a heading, a prediction, a widget, an exercise and the summary
  // begin one of their own.
  function pack(plain = lesson()?.plain) {
    const zoom = textZoom();
    page.style.setProperty("--fs-zoom", String(zoom));
    page.removeAttribute("data-slide");
    page.removeAttribute("data-dense");
    page.removeAttribute("data-plain");
    for (const leaf of leaves()) leaf.classList.remove("fs-off");
    const room = roomAt(zoom);
    const own = new Set(["predict", "widget", "exercise", "summary"]);
    slides = [];
    let title = "",
      height = 0,
      alone = false;
    for (const leaf of leaves()) {
      const kind = kindOf(leaf);
      if (kind === "notes") {
        const words = leaf.querySelector("p:not(.admonition-title)") ?? leaf;
        slides.at(-1)?.notes.push(words.textContent);
        continue;
      }
      // a worksheet is paper; a class says its number aloud, and the solution stands under its exercise
      if (leaf.offsetHeight === 0 || leaf.querySelector(LEFT_OUT)) continue;
      const tall = heightOf(leaf);
      if (kind === "heading") title = leaf.firstChild.textContent.trim();
      const onlyHeading = slides.at(-1)?.leaves.every((l) => l.matches("h1, h2"));
      // a solution stands under its exercise: nobody looks at an empty slide
      const follows = leaf.matches(`.solution, .admonition.solution, ${FOLDED}`);
      const full = !follows && (alone || own.has(kind) || height + tall > room);
      if (!slides.length || (kind === "heading" ? !onlyHeading : full && !onlyHeading)) {
        slides.push({ title, leaves: [], notes: [], kinds: new Set() });
        height = 0;
        alone = false;
      }
      slides.at(-1).leaves.push(leaf);
      slides.at(-1).kinds.add(kind);
      height += tall + 16;
      alone ||= own.has(kind);
    }
    slides = slides.reduceRight(joined, []);
    slides = lesson()?.choose(slides) ?? slides;
    if (plain) slides = withoutCode(slides);
    slides = slides.reduceRight(withPicture, []);
    for (const slide of slides) Object.assign(slide, planOf(slide));
  }

  // What is for those who program: a task for the computer, a sentence with code in it, a cell whose
  // output is no formula and is not announced.
  const CODE = ".cell:has(> .cell_input)";
  function isOfCode(leaf) {
    if (!leaf.matches(CODE)) return leaf.matches(".try, p:has(code)") && !announces(leaf);
    leaf.classList.toggle("fs-told", announces(leaf.previousElementSibling));
    return !leaf.querySelector(
      ".fs-told > .cell_output, .cell_output :is(.katex, img, svg, .fs-host)",
    );
  }

  // The same slides without it. A heading that has lost its slide stands above what follows.
  function withoutCode(all) {
    page.setAttribute("data-plain", "");
    const heads = (shown) => shown.every((leaf) => leaf.matches("h1, h2"));
    const left = [];
    const above = [];
    for (const slide of all) {
      const shown = slide.leaves.filter((leaf) => !isOfCode(leaf));
      if (!shown.length || (heads(shown) && !heads(slide.leaves))) above.push(...shown);
      else {
        const kinds = new Set(shown.map(kindOf));
        left.push({ ...slide, kinds, leaves: [...above.splice(0), ...shown] });
      }
    }
    return left;
  }

  // No slide ends on a colon: its last sentence, or all of a short slide, opens the slide that follows.
  function joined(later, slide) {
    const { leaves: shown } = slide;
    const follows = later[0];
    const last = shown.at(-1);
    if (!follows || !announces(last) || follows.leaves[0].matches("h1, h2"))
      return [slide, ...later];
    follows.leaves.unshift(shown.pop());
    follows.kinds.add("text");
    if (!shown.every((leaf) => leaf.matches("h1, h2"))) return [slide, ...later];
    follows.leaves.unshift(...shown);
    follows.notes.unshift(...slide.notes);
    for (const kind of slide.kinds) follows.kinds.add(kind);
    follows.title = slide.title;
    return later;
  }

  // A heading, and a paragraph below it, stand above their picture where both fit and the type is no smaller
  // than beside a widget.
  function withPicture(later, slide) {
    const { leaves: shown } = slide;
    const follows = later[0];
    const words = shown.filter((leaf) => !leaf.matches("h1, h2"));
    const all = [...shown, ...(follows?.leaves ?? [])];
    const tall = () => all.reduce((sum, leaf) => sum + heightOf(leaf) + 16, 0);
    const goes =
      follows?.leaves.every(isPicture) &&
      shown[0]?.matches("h1, h2") &&
      words.length <= 1 &&
      words.every((leaf) => leaf.matches("p")) &&
      tall() <= roomAt(Math.min(textZoom(), innerHeight / WIDGET_LINES));
    if (!goes) return [slide, ...later];
    const kinds = new Set([...slide.kinds, ...follows.kinds]);
    const notes = [...slide.notes, ...follows.notes];
    return [{ ...slide, kinds, notes, leaves: all }, ...later.slice(1)];
  }
  const isPicture = (leaf) =>
    kindOf(leaf) === "cell" &&
    !leaf.querySelector(":scope > .cell_input")?.offsetHeight &&
    leaf.querySelector(".cell_output :is(svg, img)");

  // A beat's text without what formulas say a second time.
  function spoken(leaf) {
    const copy = leaf.cloneNode(true);
    for (const twice of copy.querySelectorAll(".katex-mathml")) twice.remove();
    return copy.textContent;
  }

  function planOf({ leaves: shown, kinds }) {
    const words = shown.map((leaf) => leaf.textContent).join(" ");
    const takes = [...kinds].reduce((sum, kind) => sum + (MINUTES[kind] ?? 0), 0);
    return {
      minutes: Math.min(words.split(/\s+/).length, 160) / WORDS_A_MINUTE + takes,
      builds: inOrder(shown),
      ask: shown
        .filter((leaf) => !leaf.matches(".cell, .solution, h1, h2"))
        .flatMap((leaf) => spoken(leaf).match(/[A-Z“][^.?!]*\?/g) ?? []),
    };
  }

  const slideOf = (leaf) =>
    Math.max(
      0,
      slides.findIndex((slide) => slide.leaves.includes(leaf)),
    );

  // ---- showing ----

  function show(index, uncovered = 0) {
    current = Math.max(0, Math.min(slides.length - 1, index));
    const slide = slides[current];
    revealed = Math.max(0, Math.min(slide.builds.length, uncovered));
    const on = new Set(slide.leaves);
    for (const leaf of leaves()) leaf.classList.toggle("fs-off", !on.has(leaf));
    slide.builds.forEach(({ cover, unfold, with: below }, i) => {
      for (const node of [cover, ...below]) node?.classList.toggle("fs-covered", i >= revealed);
      if (unfold) unfold.open = i < revealed;
    });
    page.dataset.slide = [...slide.kinds].join(" ");
    fit(slide);
    article.scrollTop = 0;
    if (!bar) return;
    const left = slide.builds.length - revealed;
    const place = slide.builds.length ? `${revealed} of ${slide.builds.length}` : "";
    page.toggleAttribute("data-more", left > 0);
    bar.querySelector("output").textContent = `${current + 1} / ${slides.length}`;
    bar.querySelector("[role=status]").textContent =
      `Slide ${current + 1} of ${slides.length}: ${slide.title}.${left > 0 ? ` ${left} to reveal.` : ""}`;
    bar.querySelector(".fs-title").textContent = slide.title;
    bar.querySelector(".fs-more-to-come").textContent = place;
    save();
    tell();
    document.dispatchEvent(new CustomEvent("fs-slide", { detail: beat(slide) }));
  }

  // What the votes and the pen need to know of a slide: its name, which lasts, and its beats.
  const beat = ({ leaves: shown }) => ({ name: leaves().indexOf(shown[0]), leaves: shown });

  const frame = () => new Promise((done) => requestAnimationFrame(done));

  // How much larger than usual the type can be where a slide has little on it, all of it uncovered:
  // what is still to be revealed must not make it jump.
  function roomFor({ kinds, leaves: shown, builds }) {
    if (kinds.has("widget")) return 1;
    const covered = shown.flatMap((leaf) => [leaf, ...leaf.querySelectorAll(".fs-covered")]);
    const folds = builds.map(({ unfold }) => unfold).filter((fold) => fold && !fold.open);
    const hidden = covered.filter((node) => node.classList.contains("fs-covered"));
    for (const node of hidden) node.classList.remove("fs-covered");
    for (const fold of folds) fold.open = true;
    const found = LARGER.find((times) => {
      page.style.setProperty("--fs-zoom", String(times * textZoom()));
      const wide = article.querySelectorAll("pre, .katex-display, table, .cell_output");
      return [article, ...wide].every(
        (node) =>
          node.scrollWidth <= node.clientWidth + 1 &&
          (node !== article || node.scrollHeight <= node.clientHeight),
      );
    });
    for (const node of hidden) node.classList.add("fs-covered");
    for (const fold of folds) fold.open = false;
    return found ?? 1;
  }

  // As large as fits; what is too tall at any size stands in columns.
  async function fit(slide) {
    const turn = ++fitting;
    article.setAttribute("data-fitting", "");
    page.removeAttribute("data-dense");
    slide.larger ??= roomFor(slide);
    for (const dense of [false, true]) {
      page.toggleAttribute("data-dense", dense);
      const fits = await shrink(usualZoom(slide), dense ? 1 : slide.larger, turn);
      if (turn !== fitting) return;
      if (fits) break;
    }
    article.removeAttribute("data-fitting");
    seen();
  }

  // The page of a lesson's slides has been hidden so far (layout.html): nobody sees the book flash by.
  const seen = () => page.removeAttribute("data-coming");

  // The largest zoom with which it fits, from the usual one down; whether there is one. A widget lays
  // itself out anew for each width, a frame later.
  async function shrink(usual, larger, turn) {
    for (let zoom = usual * larger; ;) {
      page.style.setProperty("--fs-zoom", String(zoom));
      await frame();
      await frame();
      const dense = page.hasAttribute("data-dense");
      const lines = article.querySelectorAll(dense ? `pre, ${CHOICE}` : CHOICE);
      const over = Math.max(
        article.scrollHeight / article.clientHeight,
        ...[article, ...lines].map((node) => node.scrollWidth / (node.clientWidth || Infinity)),
      );
      if (turn !== fitting || over <= 1.001) return true;
      if (zoom <= LEAST * usual) return false;
      zoom = Math.max(LEAST * usual, zoom * Math.min(0.97, Math.sqrt(1 / over)));
    }
  }

  // A widget walks by itself: only its model knows how. by is 1 or -1.
  const walk = (widget, by) => widget.dispatchEvent(new CustomEvent("fs-walk", { detail: by }));

  function next() {
    const { builds } = slides[current];
    if (revealed < builds.length) {
      const { widget } = builds[revealed];
      if (widget) walk(widget, 1);
      show(current, revealed + 1);
    } else if (current < slides.length - 1) show(current + 1);
    else leaveFor(1);
  }

  function previous() {
    if (revealed > 0) {
      const { widget } = slides[current].builds[revealed - 1];
      if (widget) walk(widget, -1);
      show(current, revealed - 1);
    } else if (current > 0) show(current - 1, slides[current - 1].builds.length);
    else leaveFor(-1);
  }

  function uncoverAll() {
    for (let left = slides[current].builds.length - revealed; left > 0; left -= 1) next();
  }

  // While the screen is black Escape is asked for: it gives the slide back, and the browser, which
  // would leave fullscreen by it, does not hear of it.
  function blacken(on = black.hidden) {
    black.hidden = !on;
    const { keyboard } = navigator;
    if (on && isFull()) keyboard?.lock?.(["Escape"]).catch(() => {});
    else setTimeout(() => black?.hidden && keyboard?.unlock?.(), 500); // when the key is up
    bar.querySelector("[role=status]").textContent = on ? "The screen is black." : "";
    tell();
  }

  // Where a browser cannot be asked, the slide is back, too, and the next key fills the screen again.
  function leftFullscreen() {
    if (!active() || isFull() || black.hidden) return;
    blacken(false);
    filled = true;
  }

  // ---- begin and end ----

  const active = () => page.classList.contains("fs-lecture");
  const isFull = () => lesson()?.full() ?? Boolean(document.fullscreenElement);

  async function fill() {
    try {
      if (!isFull()) await (lesson() ? lesson().fill() : page.requestFullscreen?.());
    } catch {
      /* not allowed here: the slides fill the window */
    }
  }

  function buildBar() {
    const part = (tag, className, more = {}) =>
      Object.assign(document.createElement(tag), { className, ...more });
    const button = (textContent, label, onclick) => {
      const node = part("button", "", { type: "button", textContent, onclick });
      node.setAttribute("aria-label", label);
      return node;
    };
    bar = part("div", "fs-lecture-bar");
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "Slides");
    const tools = part("span", ""); // where the other files of the lecture put their buttons
    tools.dataset.parts = "";
    const status = part("span", "fs-visually-hidden");
    status.setAttribute("role", "status");
    bar.append(
      part("span", "fs-title"),
      part("span", "fs-more-to-come"),
      button("‹", "Previous slide", previous),
      part("output", ""),
      button("›", "Next slide", next),
      tools,
      button("Notes", "Speaker notes", openNotes),
      button("End", "End the slides", end),
      status,
    );
    black = part("div", "fs-black", { hidden: true, onclick: () => blacken(false) });
    document.body.append(bar, black);
    document.dispatchEvent(new CustomEvent("fs-lecture", { detail: bar }));
  }

  // resumed: what was kept of a lecture that a reload has interrupted.
  function lecture(resumed = null) {
    if (active()) return;
    const here = leaves().find((leaf) => leaf.getBoundingClientRect().bottom > 120);
    page.classList.add("fs-lecture");
    buildBar();
    id = resumed?.id ?? crypto.getRandomValues(new Uint32Array(2)).join("-");
    line = lectureLine(id, hear);
    began = resumed?.began ?? Date.now();
    if (!resumed && navigator.userActivation?.isActive !== false) fill();
    filled = resumed ? Boolean(resumed.filled) : deck; // pressed was a link elsewhere: a key fills it
    pack();
    if (resumed) arrive(resumed);
    else show(deck ? 0 : slideOf(here));
    clock = setInterval(save, 1000);
  }

  function end() {
    if (!active()) return;
    const first = slides[current].leaves[0];
    fitting += 1;
    for (const leaf of leaves()) leaf.classList.remove("fs-off");
    for (const node of article.querySelectorAll(".fs-covered")) node.classList.remove("fs-covered");
    page.classList.remove("fs-lecture");
    for (const name of ["data-slide", "data-more", "data-dense", "data-plain"])
      page.removeAttribute(name);
    document.dispatchEvent(new CustomEvent("fs-lecture", { detail: null }));
    navigator.keyboard?.unlock?.();
    bar.remove();
    black.remove();
    bar = null;
    clearInterval(clock);
    line.say({ over: true });
    line.close();
    sessionStorage.removeItem(STORE);
    if (document.fullscreenElement) document.exitFullscreen();
    first.scrollIntoView({ block: "start", behavior: "instant" });
    lesson()?.leave();
  }

  // ---- a reload comes back to where one was ----

  // The widgets of this page: their models by key.
  const widgets = () => (typeof FOURTEEN_STEPS === "undefined" ? { models: [] } : FOURTEEN_STEPS);

  // A slide is remembered by its first beat: another window's size packs other slides.
  function save() {
    if (!active() || preview || leaving) return;
    sessionStorage.setItem(STORE, JSON.stringify(placeHere()));
  }

  function placeHere() {
    const { leaves: shown } = slides[current];
    const states = Object.fromEntries(
      [...widgets().models].map(([key, model]) => [key, model.state()]),
    );
    const place = {
      page: location.pathname,
      leaf: leaves().indexOf(shown[0]),
      uncovered: revealed,
    };
    const more = { states, id, began, filled: filled || isFull(), deck: lesson()?.deck, behind };
    return { ...place, ...more };
  }

  // In a deck, to the page of the next stop, or of the one before. How this one was left stays behind.
  function leaveFor(by) {
    const there = lesson()?.there(by);
    if (!there) return;
    const { pathname, search } = new URL(there);
    const to = search.replace("?deck=", "");
    const { leaf, uncovered, states, ...left } = placeHere();
    behind[left.deck] = { leaf, uncovered, states };
    const place = by > 0 ? { leaf: "first" } : (behind[to] ?? { leaf: "last" });
    sessionStorage.setItem(STORE, JSON.stringify({ ...left, ...place, page: pathname, deck: to }));
    leaving = true;
    location.href = there;
  }

  function kept() {
    try {
      const found = JSON.parse(sessionStorage.getItem(STORE));
      const here = found?.page === location.pathname && found.deck === lesson()?.deck;
      return here ? found : null;
    } catch {
      return null;
    }
  }

  // Where a beat is, and how much of what follows it was uncovered.
  function arrive({ leaf, uncovered }) {
    if (leaf === "first") return show(0);
    if (leaf === "last") return show(slides.length - 1, Infinity);
    const first = leaves()[leaf];
    const index = slideOf(first);
    const before = slides[index].leaves.slice(0, slides[index].leaves.indexOf(first));
    return show(index, before.flatMap(buildsOf).length + uncovered);
  }

  function resume(found) {
    behind = found.behind ?? {};
    for (const [key, model] of widgets().models)
      if (found.states?.[key]) model.restore({ ...found.states[key], playing: false });
    lecture(found);
  }

  // ---- the window of whoever speaks ----

  function openNotes() {
    const there = open(new URL(`speaker.html#${id}`, home), "fs-notes", "width=900,height=640");
    if (there) line.to(there);
    else
      bar.querySelector("[role=status]").textContent = "The browser did not allow a second window.";
  }

  function hear(said) {
    if (said === "hello") tell();
    else if (said === "black") blacken();
    else if (!black.hidden) blacken(false);
    else ({ next, previous, first: () => show(0), last: () => show(slides.length - 1) })[said]?.();
  }

  // What the next key will show, as a beat's number and how much of its slide is uncovered.
  function coming() {
    const { builds, leaves: shown } = slides[current];
    const more = revealed < builds.length;
    const first = more ? shown[0] : slides[current + 1]?.leaves[0];
    const plain = page.hasAttribute("data-plain");
    const uncovered = more ? revealed + 1 : 0;
    return first ? { leaf: leaves().indexOf(first), uncovered, plain } : null;
  }

  function tell() {
    if (!line) return;
    const slide = slides[current];
    const taught = slides.filter((one) => one.title !== "Exercises"),
      practice = slides.filter((one) => one.title === "Exercises");
    const minutes = (some) => Math.round(some.reduce((sum, one) => sum + one.minutes, 0));
    const before = taught.filter((one) => slides.indexOf(one) < current);
    line.say({
      title: slide.title,
      place: `${current + 1} / ${slides.length}`,
      build: slide.builds.length ? `${revealed} of ${slide.builds.length} shown` : "",
      notes: slide.notes,
      ask: slide.ask,
      advice: [...slide.kinds].map((kind) => ADVICE[kind]).filter(Boolean),
      next: slides[current + 1]?.title ?? null,
      coming: coming(),
      page: location.href.split(/[?#]/)[0],
      size: [innerWidth, innerHeight],
      dark: !black.hidden,
      minutes: slide.minutes,
      planned: [minutes(before), minutes(taught), minutes(practice)],
      began,
      ...lesson()?.told(current === slides.length - 1, revealed === slide.builds.length),
    });
  }

  // ---- keys ----

  const MODIFIED = (event) => event.altKey || event.ctrlKey || event.metaKey;
  let typed = false; // something, into the field that has the focus

  // A full stop that follows a digit is a number's; one that comes alone into a field is a clicker's.
  function writes({ target, key }) {
    if (target.closest?.(".fs-votes")) return target.matches("[type=text]");
    if (target.isContentEditable || target.matches?.("textarea")) return true;
    if (!target.matches?.("input:not([type=checkbox], [type=radio], [type=range], [type=button])"))
      return false;
    return !target.closest(".fs-widget") || (key === "." && typed);
  }

  // Always for the slides: what a clicker sends. F5 fills the screen again and never reloads.
  function clicker(event) {
    if (!active() || MODIFIED(event)) return;
    if (event.key === "Escape" && !black.hidden) {
      event.preventDefault();
      event.stopImmediatePropagation();
      blacken(false);
      return;
    }
    const dark = ["b", "B", "."].includes(event.key) && !writes(event);
    const action = dark ? blacken : { PageDown: next, PageUp: previous, F5: fill }[event.key];
    if (!action) {
      typed ||= !["Tab", "Shift"].includes(event.key);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (dark && event.repeat) return;
    refill();
    if (!black.hidden && !dark) blacken(false);
    else action();
  }

  // After a reload a page may fill the screen again as soon as somebody presses a key.
  function refill() {
    if (filled) fill();
    filled = false;
  }

  // The others: for a widget or a field that has the focus, else for the slides.
  function keys(event) {
    const { key, target } = event;
    if (event.defaultPrevented || MODIFIED(event)) return;
    if (target.isContentEditable || target.matches?.("input, select, textarea")) return;
    const toggle = key === "l" || key === "L";
    if (!active() && !toggle) return;
    const slideKeys = {
      ArrowRight: next,
      " ": target.matches?.("button, summary, a") ? null : next,
      ArrowLeft: previous,
      Home: () => show(0),
      End: () => show(slides.length - 1),
    };
    const always = {
      s: openNotes,
      S: openNotes,
      a: uncoverAll,
      A: uncoverAll,
      Escape: () => document.fullscreenElement && document.exitFullscreen(),
    };
    const inside = target.closest?.(".fs-widget");
    const action = toggle
      ? () => (active() ? end() : parts.then(() => lecture()))
      : (always[key] ?? (inside ? null : slideKeys[key]));
    if (!action) return;
    event.preventDefault();
    if (active() && !black.hidden && !toggle && key !== "Escape") blacken(false);
    else action();
  }

  // A click beside a widget gives the keys back to the slides.
  function release({ target }) {
    const focused = document.activeElement?.closest?.(".fs-widget");
    if (active() && focused && !focused.contains(target)) document.activeElement.blur();
  }

  function resized() {
    if (!active()) return;
    const place = { leaf: leaves().indexOf(slides[current].leaves[0]), uncovered: revealed };
    pack();
    arrive(place);
  }

  function addButton() {
    const start = document.querySelector(".fs-slides-button"); // later.js has put it there
    start?.addEventListener("click", () => parts.then(() => lecture()));
  }

  // The page inside the speaker's window: a slide, and nothing to press.
  function see() {
    page.classList.add("fs-lecture", "fs-preview");
    pack();
    addEventListener("resize", () => pack(page.hasAttribute("data-plain")));
    addEventListener("message", ({ data, source }) => {
      if (source !== parent || !data) return;
      if (Boolean(data.plain) !== page.hasAttribute("data-plain")) pack(data.plain);
      const titled = slides.findIndex((slide) => slide.title === data.title); // on the next page of a deck
      if (titled >= 0) show(titled);
      else if (Number.isInteger(data.leaf) && leaves()[data.leaf]) arrive(data);
    });
    parent.postMessage("seen", "*");
  }

  async function onLoad() {
    await Promise.all([parts, fsWidgets()]); // near.js brings the page's
    const found = kept();
    if (preview) see();
    else if (found) resume(found);
    else if (asked) lecture();
    else seen();
  }

  function listen() {
    if (document.readyState === "complete") onLoad();
    else addEventListener("load", onLoad);
    if (preview) return;
    addEventListener("keydown", clicker, { capture: true });
    addEventListener("focusin", () => (typed = false));
    document.addEventListener("keydown", keys);
    document.addEventListener("pointerdown", release);
    document.addEventListener("fullscreenchange", leftFullscreen);
    document.addEventListener("fs-fit", () => active() && fit(slides[current]));
    addEventListener("resize", resized);
    addEventListener("pagehide", save);
    addEventListener("pageshow", () => (leaving = false));
    addButton();
  }

  if (article?.querySelector("h1")) listen();
}
