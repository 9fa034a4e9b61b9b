// The class's votes, below a prediction or a poll: V opens a table of its answers. Whoever speaks types
// the hands that went up, and a bar grows beside each number. A list in the prediction gives the
// choices, the letters of a poll do; without one they are A, B and C, to be written over. Kept until the
// lecture ends, so that a reload, or going back, finds them again; another lesson begins without.
"use strict";

{
  const STORE = "fs-votes";
  const DECK = globalThis.FS_LESSON?.deck.split(".")[0] ?? "";
  const MOST = { choices: 6, hands: 999 };
  let slide = null,
    pages = {}, // of this lesson, by address: their votes
    votes = {}, // of this page, by slide: [choice, hands] pairs
    button = null;

  const part = (tag, more = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), more);
    node.append(...children);
    return node;
  };

  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE));
    if (kept?.deck === DECK) ({ pages } = kept);
  } catch {
    /* nothing is kept here */
  }
  votes = pages[location.pathname] ?? {};

  function keep() {
    pages[location.pathname] = votes;
    try {
      sessionStorage.setItem(STORE, JSON.stringify({ deck: DECK, pages }));
    } catch {
      /* nor can it be */
    }
  }

  const isPoll = (leaf) => leaf.matches("ul:has(> li strong:first-child)");
  // What the votes stand in: a prediction, or the last answer of a poll.
  function prediction() {
    const leaves = slide?.leaves ?? [];
    const box = leaves.find((leaf) => leaf.matches(".predict"));
    if (box || !leaves.some((leaf) => leaf.matches("details"))) return box;
    return leaves.find(isPoll)?.lastElementChild;
  }
  const panel = () => prediction()?.querySelector(".fs-votes");

  function choices(box) {
    const listed = [...(box.matches("li") ? box.parentNode : box).querySelectorAll("li")];
    const letter = (item) => (box.matches("li") && item.querySelector("strong")) || item;
    const given = listed.map((item) => letter(item).textContent.trim());
    return given.length >= 2 ? given.slice(0, MOST.choices) : ["A", "B", "C"];
  }

  function line(pair, number, redraw) {
    const [choice, hands] = pair;
    const name = part("input", { type: "text", value: choice, maxLength: 60 });
    name.setAttribute("aria-label", `Choice ${number}`);
    const count = part("input", {
      type: "number",
      min: 0,
      max: MOST.hands,
      value: hands ?? "",
      inputMode: "numeric",
    });
    count.setAttribute("aria-label", `Votes for ${choice}`);
    name.addEventListener("input", () => {
      pair[0] = name.value;
      count.setAttribute("aria-label", `Votes for ${name.value}`);
      redraw();
    });
    count.addEventListener("input", () => {
      const typed = Math.round(count.valueAsNumber);
      pair[1] = Number.isFinite(typed) ? Math.max(0, Math.min(MOST.hands, typed)) : null;
      redraw();
    });
    count.addEventListener("keydown", (event) => {
      const below = count.closest(".fs-vote").nextElementSibling;
      if (event.key === "Enter") below?.querySelector("[type=number]").focus();
    });
    const bar = part("span", { className: "fs-vote-bar" });
    const share = part("span", { className: "fs-vote-share" });
    return part("div", { className: "fs-vote" }, name, count, part("div", {}, bar), share);
  }

  function draw(box, pairs) {
    const sum = pairs.reduce((all, [, hands]) => all + (hands ?? 0), 0);
    const most = Math.max(1, ...pairs.map(([, hands]) => hands ?? 0));
    box.querySelectorAll(".fs-vote").forEach((node, i) => {
      const hands = pairs[i][1] ?? 0;
      node.querySelector(".fs-vote-bar").style.width = `${(100 * hands) / most}%`;
      node.querySelector(".fs-vote-share").textContent = sum
        ? `${Math.round((100 * hands) / sum)}%`
        : "";
    });
    box.querySelector("output").textContent =
      sum === 1
        ? "1 vote in all"
        : sum
          ? `${sum} votes in all`
          : "Type how many hands went up; Enter goes on.";
    keep();
  }

  function open(focus) {
    const box = prediction();
    if (!box || panel()) return;
    votes[slide.name] ??= choices(box).map((choice) => [choice, null]);
    const pairs = votes[slide.name];
    const root = part("div", { className: "fs-votes" });
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", "The class's votes");
    const redraw = () => draw(root, pairs);
    const lines = part("div", { className: "fs-vote-lines" });
    function fill() {
      lines.style.setProperty("--fs-longest", Math.max(...pairs.map(([choice]) => choice.length)));
      lines.replaceChildren(...pairs.map((pair, i) => line(pair, i + 1, redraw)));
    }
    const more = part("button", { type: "button", textContent: "One more choice" });
    more.addEventListener("click", () => {
      pairs.push([String.fromCharCode(65 + pairs.length), null]);
      more.hidden = pairs.length >= MOST.choices;
      fill();
      redraw();
      lines.lastChild.querySelector("[type=text]").select();
      fit();
    });
    more.hidden = pairs.length >= MOST.choices;
    fill();
    root.append(lines, part("p", {}, part("output"), " ", more));
    box.append(root);
    redraw();
    if (focus) root.querySelector("[type=number]").focus();
    mark();
    fit();
  }

  function close() {
    panel()?.remove();
    delete votes[slide?.name];
    keep();
    mark();
    fit();
  }

  const fit = () => document.dispatchEvent(new CustomEvent("fs-fit"));
  const toggle = () => (panel() ? close() : open(true));

  function mark() {
    if (!button) return;
    button.hidden = !prediction();
    button.setAttribute("aria-pressed", String(Boolean(panel())));
  }

  document.addEventListener("fs-lecture", ({ detail: bar }) => {
    if (bar) {
      button = part("button", { type: "button", textContent: "Votes", hidden: true });
      button.title = "The class's votes (V)";
      button.addEventListener("click", toggle);
      bar.querySelector("[data-parts]").append(button);
      return;
    }
    for (const node of document.querySelectorAll(".fs-votes")) node.remove();
    [slide, button, pages, votes] = [null, null, {}, {}];
    try {
      sessionStorage.removeItem(STORE);
    } catch {
      /* there is none */
    }
  });
  document.addEventListener("fs-slide", ({ detail }) => {
    slide = detail;
    if (votes[slide.name] && prediction()) open(false);
    mark();
  });
  document.addEventListener("keydown", (event) => {
    const { key, target, defaultPrevented, ctrlKey, altKey, metaKey } = event;
    if (!button || defaultPrevented || ctrlKey || altKey || metaKey) return;
    if (target.matches?.("input, select, textarea") || (key !== "v" && key !== "V")) return;
    if (!prediction()) return;
    event.preventDefault();
    toggle();
  });
}
