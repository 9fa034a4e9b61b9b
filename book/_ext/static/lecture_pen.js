// Drawing over a slide, and a spotlight. P takes the pen and puts it away, T the spotlight (a torch);
// E wipes the slide. What is drawn belongs to its slide and is there again when one comes back, after a
// reload, too. Smooth strokes of one width: from the last row nobody sees how hard a pen was pressed.
"use strict";

{
  const SVG = "http://www.w3.org/2000/svg";
  const WIDTH = 0.006; // of the window's height
  const RADIUS = 0.16;
  const STEP = 0.01; // that an arrow moves the light by, for hands without a mouse
  const NEAR = 2; // pixels between two points of a stroke
  const STORE = `fs-pen ${location.pathname}`;
  const MOST = 4_000_000; // letters that are kept: a browser has room for some five million
  let sheet = null,
    buttons = {},
    tool = null, // "pen", "light" or null
    name = null,
    strokes = new Map(), // by slide: lists of points, in parts of the window
    stroke = null,
    light = [0.5, 0.45];

  const svg = (tag) => document.createElementNS(SVG, tag);

  // ---- what a reload finds again; nothing, where a page has no storage ----

  const isPoint = (pair) => Array.isArray(pair) && pair.length === 2 && pair.every(Number.isFinite);
  const isStroke = (points) => Array.isArray(points) && points.length > 0 && points.every(isPoint);

  function read() {
    try {
      const found = JSON.parse(sessionStorage.getItem(STORE)) ?? [];
      return new Map(found.filter(([, all]) => all.every(isStroke)));
    } catch {
      return new Map();
    }
  }

  // Points to a ten-thousandth of the window: finer than a pixel of a projector.
  const short = (_, value) => (typeof value === "number" ? Math.round(value * 1e4) / 1e4 : value);

  function keep() {
    try {
      const text = JSON.stringify([...strokes], short);
      if (text.length <= MOST) sessionStorage.setItem(STORE, text);
    } catch {
      /* not kept, and still drawn */
    }
  }

  function forget() {
    try {
      sessionStorage.removeItem(STORE);
    } catch {
      /* there is none */
    }
  }

  // Through the middle of each stretch, bent by its ends: a polygon without corners.
  function path(points) {
    const at = points.map(([x, y]) => [x * innerWidth, y * innerHeight]);
    const [first] = at;
    const round = (pair) => pair.map((value) => value.toFixed(1)).join(" ");
    if (at.length === 1) return `M${round(first)}h.1`;
    const middle = (i) => [(at[i][0] + at[i + 1][0]) / 2, (at[i][1] + at[i + 1][1]) / 2];
    const bends = at.slice(1, -1).map((point, i) => `Q${round(point)} ${round(middle(i + 1))}`);
    return `M${round(first)}L${round(middle(0))}${bends.join("")}L${round(at.at(-1))}`;
  }

  function drawn(points) {
    const node = svg("path");
    node.setAttribute("d", path(points));
    return node;
  }

  function draw() {
    if (!sheet) return;
    const lines = sheet.querySelector("g");
    lines.replaceChildren(...(strokes.get(name) ?? []).map(drawn));
    sheet.style.setProperty("--fs-pen", `${WIDTH * innerHeight}px`);
    sheet.dataset.tool = tool ?? "";
    const dark = sheet.querySelector(".fs-dark");
    const [x, y, r] = [light[0] * innerWidth, light[1] * innerHeight, RADIUS * innerHeight];
    dark.setAttribute(
      "d",
      `M0 0H${innerWidth}V${innerHeight}H0ZM${x - r} ${y}` +
        `a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
    );
    for (const [key, button] of Object.entries(buttons))
      button.setAttribute("aria-pressed", String(tool === key));
  }

  function take(wanted) {
    tool = tool === wanted ? null : wanted;
    stroke = null;
    const said = { pen: "The pen is on.", light: "The spotlight is on." }[tool] ?? "";
    sheet.parentNode.querySelector(".fs-lecture-bar [role=status]").textContent = said;
    draw();
  }

  function wipe() {
    strokes.delete(name);
    keep();
    draw();
  }

  const place = ({ clientX, clientY }) => [clientX / innerWidth, clientY / innerHeight];

  function down(event) {
    if (tool !== "pen" || event.button !== 0) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    stroke = [place(event)];
    if (!strokes.has(name)) strokes.set(name, []);
    strokes.get(name).push(stroke);
    sheet.querySelector("g").append(drawn(stroke));
  }

  function move(event) {
    if (tool === "light") {
      light = place(event);
      draw();
    }
    if (!stroke) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) {
      const [x, y] = place(one);
      const [lastX, lastY] = stroke.at(-1);
      if (Math.hypot((x - lastX) * innerWidth, (y - lastY) * innerHeight) >= NEAR)
        stroke.push([x, y]);
    }
    sheet.querySelector("g").lastChild.setAttribute("d", path(stroke));
  }

  function up() {
    if (stroke) keep();
    stroke = null;
  }

  function build(bar) {
    sheet = svg("svg");
    sheet.setAttribute("class", "fs-pen-sheet");
    sheet.setAttribute("aria-hidden", "true");
    const dark = svg("path");
    dark.setAttribute("class", "fs-dark");
    dark.setAttribute("fill-rule", "evenodd");
    sheet.append(dark, svg("g"));
    for (const [type, heard] of Object.entries({ pointerdown: down, pointermove: move }))
      sheet.addEventListener(type, heard);
    for (const type of ["pointerup", "pointercancel"]) sheet.addEventListener(type, up);
    const button = (key, textContent, title) => {
      const node = Object.assign(document.createElement("button"), { type: "button" });
      Object.assign(node, { textContent, title, onclick: () => take(key) });
      return node;
    };
    buttons = {
      pen: button("pen", "Pen", "Draw on the slide (P)"),
      light: button("light", "Spotlight", "A spotlight (T)"),
    };
    bar.querySelector("[data-parts]").append(...Object.values(buttons));
    document.body.append(sheet);
    draw();
  }

  document.addEventListener("fs-lecture", ({ detail: bar }) => {
    if (bar) {
      strokes = read();
      build(bar);
      return;
    }
    sheet.remove();
    [sheet, tool, stroke, buttons] = [null, null, null, {}];
    strokes = new Map();
    forget();
  });
  document.addEventListener("fs-slide", ({ detail }) => {
    if (detail.name !== name) stroke = null;
    name = detail.name;
    draw();
  });
  addEventListener("resize", draw);

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  // before the slides hear of it: while the light is on, an arrow with Shift moves it
  document.addEventListener(
    "keydown",
    (event) => {
      if (tool !== "light" || !event.shiftKey || !ARROWS[event.key]) return;
      event.preventDefault();
      event.stopPropagation();
      light = light.map((at, i) => Math.max(0, Math.min(1, at + STEP * ARROWS[event.key][i])));
      draw();
    },
    { capture: true },
  );
  document.addEventListener("keydown", (event) => {
    const { key, target, defaultPrevented, ctrlKey, altKey, metaKey } = event;
    if (!sheet || defaultPrevented || ctrlKey || altKey || metaKey) return;
    if (target.isContentEditable || target.matches?.("input, select, textarea")) return;
    const action = { p: () => take("pen"), t: () => take("light"), e: wipe }[key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
