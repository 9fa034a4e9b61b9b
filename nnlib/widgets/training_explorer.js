// TrainingExplorer: watch a network learn a gate: its weights, its boundaries, its loss, all four outputs.
import { controls, listen, onKeys, pageAddress, scheduler, setNumber, stateLinks, widgetName } from "./controls.js";
import { ACTIVATIONS, PARAMETERS, iteration, randomParameters, shape } from "./engine.js";
import { GATES, QUANTITIES } from "./names.js";
import { cell, deepCopy, element, format, linkSymbols, packLink, parseNumber, svgElement, symbol } from "./parts.js";
import { fullWidth, onWidth, plot, thinned } from "./plot.js";
import { boundary, contour, outputGrid, paint } from "./surface.js";
import { LAST_EPOCH, approach, timeline } from "./timeline.js";

const STATE = ["gate", "parameters", "neurons", "seed", "hidden", "learning_rate", "one_at_a_time", "epoch", "logarithmic"];
const MOST_NEURONS = 8;
const GRID = 49, LOW = -0.5, HIGH = 1.5, SIDE = 300;
const SPEEDS = [[1, "1"], [5, "5"], [25, "25"], [100, "100"]];

// A state from a link, checked like anything that comes from outside.
function checkedTraining(raw) {
  const { gate, parameters, neurons, seed, hidden, learning_rate, one_at_a_time, epoch, logarithmic } = raw ?? {};
  if (!Object.hasOwn(GATES, gate)) throw new Error("its gate is unknown");
  if (!Object.hasOwn(ACTIVATIONS, hidden)) throw new Error("its activation is unknown");
  if (!Number.isInteger(epoch) || epoch < 0 || epoch > LAST_EPOCH) throw new Error("its epoch is out of range");
  if (!Number.isFinite(learning_rate) || learning_rate < 0) throw new Error("its learning rate is no number ≥ 0");
  if (!Number.isInteger(neurons) || neurons < 1 || neurons > MOST_NEURONS) throw new Error("its number of hidden neurons is out of range");
  if (!Number.isSafeInteger(seed)) throw new Error("its seed is no whole number");
  let start = null;
  if (parameters !== null) {
    const [, count] = shape("its w1", parameters?.w1, 2, null);
    shape("its b1", parameters.b1, 1, count);
    shape("its w2", parameters.w2, count, 1);
    shape("its b2", parameters.b2, 1, 1);
    if (count > MOST_NEURONS) throw new Error("its network is too large");
    start = Object.fromEntries(PARAMETERS.map((name) => [name, parameters[name]]));
  }
  return { gate, parameters: start, neurons, seed, hidden, learning_rate, one_at_a_time: one_at_a_time === true, epoch, logarithmic: logarithmic === true };
}

function render({ model, el }) {
  const get = (name) => model.get(name);
  const state = () => deepCopy(Object.fromEntries(STATE.map((name) => [name, get(name)])));
  const initial = state();
  const ui = controls(model, () => draw());
  const { button, choice, complain, field, labelled } = ui;
  const grid = new Float64Array(GRID * GRID);
  let run = null; // the timeline of the present start
  let farthest = 0; // the epoch that scrubbing may go back from
  let frame = null;

  const start = () => get("parameters") ?? randomParameters(get("seed"), get("neurons"));
  const count = () => get("parameters")?.w1[0].length ?? get("neurons");
  const timelineNow = () => (run ??= timeline(start(), GATES[get("gate")], get("learning_rate"), { hidden: get("hidden"), output: "sigmoid", oneAtATime: get("one_at_a_time") }));
  const restart = (traits) => { ui.change({ epoch: 0, playing: false, ...traits }); };

  // ---- the frame ----

  const gate = choice("gate", Object.keys(GATES).map((name) => [name, name]), (name) => restart({ gate: name }));
  const neurons = choice("hidden neurons", Array.from({ length: MOST_NEURONS }, (_, i) => [String(i + 1), String(i + 1)]), (text) => restart({ neurons: Number(text), parameters: null }));
  const hidden = choice("hidden activation", Object.keys(ACTIVATIONS).map((name) => [name, name]), (name) => restart({ hidden: name }));
  const rate = ui.slider("η", { min: 0.001, max: 100, scale: "log", name: "Learning rate η" }, (learning_rate) => restart({ learning_rate }));
  const seed = element("input", { type: "text", inputmode: "numeric", class: "fs-short", "aria-label": "Seed", autocomplete: "off", onkeydown: (event) => { if (event.key === "Enter") fromSeed(); } });
  function fromSeed() {
    const { value, error } = parseNumber(seed.value);
    if (error || !Number.isSafeInteger(value)) ui.say(`Seed: ${error ?? "expected a whole number"}.`);
    else restart({ seed: value, neurons: count(), parameters: null });
  }
  const oneAtATime = ui.tick("One example at a time", (one_at_a_time) => restart({ one_at_a_time }));
  const logarithmic = ui.tick("logarithmic", (on) => ui.change({ logarithmic: on }));

  const canvas = element("canvas", { width: GRID, height: GRID, "aria-hidden": "true" });
  const plane = svgElement("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, role: "img", class: "fs-plane-marks" });
  const diagram = svgElement("svg", { viewBox: "0 0 320 270", role: "img", class: "fs-network" });
  const curve = element("div", {});
  const outputs = element("table", { class: "fs-table fs-outputs" });
  const weights = element("div", { class: "fs-weights" });

  const play = button("Play", () => ui.change({ playing: !get("playing") }), { class: "fs-play fs-primary" });
  const speed = choice("epochs a frame", SPEEDS.map(([value, text]) => [String(value), text]), () => {});
  speed.value = "5";
  const on = [[1, "1 epoch"], [10, "10 epochs"], [100, "100 epochs"]].map(([by, text]) => button(text, () => { ui.change({ playing: false }); complain(goTo(get("epoch") + by)); }));
  const back = button("‹", () => { ui.change({ playing: false }); complain(goTo(get("epoch") - 1)); }, { "aria-label": "Previous epoch" });
  const epochField = field("Epoch", { class: "fs-short" }, (value) => (Number.isInteger(value) && value >= 0 && value <= LAST_EPOCH ? goTo(value) : `expected a whole number from 0 to ${LAST_EPOCH}`));
  const scrub = element("input", { type: "range", min: 0, max: 1, value: 0, "aria-label": "Scrub through the epochs", oninput: () => { ui.act(); ui.change({ playing: false }); complain(goTo(Number(scrub.value))); } });
  const reset = button("Reset", () => { ui.change({ ...deepCopy(initial), playing: false }); });
  const links = stateLinks(model, ui, "TrainingExplorer", "book/training/training.html", { state, apply: (raw) => {
    const linked = checkedTraining(raw);
    ui.change({ ...linked, epoch: 0, playing: false });
    complain(goTo(linked.epoch));
  } });
  const handOver = button("Open in the step explorer", openSteps);
  if (!model.key && !get("site")) handOver.hidden = true;
  const loss = element("output", { class: "fs-loss", "data-quantity": "E", "data-symbol": "E", "data-kind": "error" });

  const details = element("details", {}, element("summary", {}, "All the weights and biases, to read and to change"), weights);
  const root = element("section", { class: "fs-widget fs-training-explorer", "data-widget": "TrainingExplorer", "aria-label": widgetName(model, "Training explorer"),
    onkeydown: onKeys(ui, { ArrowRight: () => complain(goTo(get("epoch") + 1)), PageDown: () => complain(goTo(get("epoch") + 100)), ArrowLeft: () => complain(goTo(get("epoch") - 1)), PageUp: () => complain(goTo(get("epoch") - 100)), Home: () => complain(goTo(0)) }) },
    element("div", { class: "fs-row" }, labelled("gate", gate), labelled("hidden neurons", neurons), labelled("activation", hidden), labelled("seed", seed), button("Random start", fromSeed)),
    element("div", { class: "fs-row" }, rate.root, oneAtATime.root),
    element("div", { class: "fs-halves" },
      element("figure", { class: "fs-plane" }, element("div", { class: "fs-square-box" }, canvas, plane), element("figcaption", { class: "fs-note" }, "The plane of the inputs: the stronger the colour, the nearer the output to 1. Thick: output ½. Dashed: a hidden neuron’s z = 0.")),
      element("div", { class: "fs-stack" }, diagram, outputs)),
    element("div", { class: "fs-row fs-walk" }, play, back, ...on, reset),
    element("div", { class: "fs-row" }, labelled("epoch", epochField), scrub, loss, labelled("epochs a frame", speed)),
    curve,
    element("div", { class: "fs-row" }, logarithmic.root, links.button, handOver, links.field),
    details,
    ui.message, ui.live);
  linkSymbols(root);
  el.append(root);

  // ---- what a person does ----

  // Returns what is in the way, or nothing; a long way is walked in slices, so that the page stays alive.
  function goTo(epoch) {
    if (epoch < 0 || epoch > LAST_EPOCH) return `Epochs go from 0 to ${LAST_EPOCH}`;
    const walking = timelineNow();
    if (walking.far(epoch)) {
      approach(walking, epoch, { alive: () => walking === run, progress: (reached) => ui.say(`Training: epoch ${reached} of ${epoch} …`), arrive: () => { ui.say(""); complain(goTo(epoch)); } });
      return null;
    }
    if (PARAMETERS.some((name) => walking.at(epoch)[name].flat().some((v) => !Number.isFinite(v)))) {
      ui.change({ playing: false });
      return `At epoch ${epoch} the numbers grow beyond what a computer can hold: training diverges`;
    }
    ui.change({ epoch });
    return null;
  }

  function edit(name, i, j) {
    return (value) => {
      const parameters = deepCopy(timelineNow().at(get("epoch")));
      parameters[name][i][j] = value;
      restart({ parameters });
    };
  }

  // The same network at the same epoch, one operation at a time.
  function openSteps() {
    const { x, y } = GATES[get("gate")];
    const replayed = !get("one_at_a_time"); // the step explorer takes all examples at once
    const given = replayed ? { parameters: start(), epoch: get("epoch") } : { parameters: timelineNow().at(get("epoch")), epoch: 0 };
    const entry = packLink({ step: "F1", ...given, examples: { name: get("gate"), x, y }, learning_rate: get("learning_rate"), hidden: get("hidden"), output: "sigmoid", predict: false });
    const here = model.key && document.querySelector("[data-widget=StepExplorer]");
    if (here) {
      const entries = new URLSearchParams(location.hash.slice(1));
      entries.set("StepExplorer", entry);
      location.hash = entries;
      here.scrollIntoView({ block: "start" });
    } else open(`${pageAddress(model, "book/index.html")}#StepExplorer=${entry}`, model.key ? "_self" : "_blank");
  }

  // ---- playing: some epochs each frame ----

  function followPlaying() {
    cancelAnimationFrame(frame);
    play.textContent = get("playing") ? "Pause" : "Play";
    if (!get("playing")) { schedule(); return; }
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? 500 : 0; // milliseconds between two pictures
    let saved = 0, shown = -Infinity;
    const tick = (now) => {
      if (!get("playing")) return;
      frame = requestAnimationFrame(tick);
      if (now - shown < calm) return;
      shown = now;
      const epoch = Math.min(LAST_EPOCH, get("epoch") + Number(speed.value));
      const after = timelineNow().at(epoch);
      if (epoch === LAST_EPOCH || !PARAMETERS.every((name) => after[name].flat().every(Number.isFinite))) { ui.change({ playing: false }); return; }
      model.set("epoch", epoch);
      if (now - saved > 250) { saved = now; model.save_changes(); } // a notebook's kernel need not see every frame
    };
    frame = requestAnimationFrame(tick);
  }

  // ---- drawing ----

  const schedule = scheduler(() => draw());

  function draw() {
    const epoch = get("epoch"), gateNow = GATES[get("gate")], parameters = timelineNow().at(epoch);
    const values = iteration(gateNow.x, gateNow.y, parameters, get("learning_rate"), { hidden: get("hidden") });
    farthest = Math.max(farthest, epoch);
    root.dataset.epoch = epoch;
    gate.value = get("gate");
    neurons.value = String(count());
    hidden.value = get("hidden");
    if (document.activeElement !== seed) seed.value = get("parameters") ? "" : String(get("seed"));
    seed.placeholder = get("parameters") ? "own" : "";
    rate.set(get("learning_rate"));
    oneAtATime.box.checked = get("one_at_a_time");
    logarithmic.box.checked = get("logarithmic");
    setNumber(epochField, epoch);
    scrub.max = Math.max(1, farthest);
    scrub.value = epoch;
    back.disabled = epoch === 0;
    loss.replaceChildren("E = ", element("span", cell(values.E, 0, 0), format(values.E)));
    drawPlane(parameters, gateNow, values.a2);
    drawNetwork(parameters);
    drawOutputs(gateNow, values.a2);
    drawCurve(epoch, values.E);
    if (!get("playing") || details.open) drawWeights(parameters); // many fields: not in every frame, unless somebody looks
    links.fresh();
    if (!get("playing")) ui.announce(`Epoch ${epoch}: the loss is ${format(values.E)}; the outputs are ${values.a2.map(([a]) => format(a, 2)).join(", ")}.`);
  }

  const toPixel = (v) => ((v - LOW) / (HIGH - LOW)) * SIDE;

  function drawPlane(parameters, { x, y }, a2) {
    outputGrid(parameters, get("hidden"), GRID, LOW, HIGH, grid);
    const style = getComputedStyle(root);
    paint(canvas, grid, GRID, style.getPropertyValue("--fs-background").trim(), style.getPropertyValue("--fs-activation").trim());
    const lines = parameters.w1[0].map((_, j) => boundary([parameters.w1[0][j], parameters.w1[1][j]], parameters.b1[0][j], LOW, HIGH));
    plane.replaceChildren(
      ...lines.map((ends, j) => ends && svgElement("path", { class: "fs-neuron-line", "data-neuron": j, d: `M${toPixel(ends[0][0])} ${SIDE - toPixel(ends[0][1])}L${toPixel(ends[1][0])} ${SIDE - toPixel(ends[1][1])}` })).filter(Boolean),
      svgElement("path", { class: "fs-decision", d: contour(grid, GRID, 0.5, SIDE) }),
      ...x.flatMap(([x1, x2], i) => [svgElement("circle", { cx: toPixel(x1), cy: SIDE - toPixel(x2), r: 11, class: y[i][0] ? "fs-one" : "fs-zero" }),
        svgElement("text", { x: toPixel(x1), y: SIDE - toPixel(x2) + 5, class: y[i][0] ? "fs-one" : "fs-zero" }, String(y[i][0]))]));
    plane.setAttribute("aria-label", `The outputs at the four corners: ${x.map((row, i) => `${row.join(", ")} gives ${format(a2[i][0], 2)}, target ${y[i][0]}`).join("; ")}.`);
  }

  function drawNetwork({ w1, w2 }) {
    const h = w1[0].length;
    const spread = (n) => Array.from({ length: n }, (_, i) => 135 + (i - (n - 1) / 2) * Math.min(80, 240 / n));
    const columns = [spread(2).map((v) => [28, v]), spread(h).map((v) => [160, v]), [[292, 135]]];
    const edge = ([x1, y1], [x2, y2], weight, name, i, j) => svgElement("path", { d: `M${x1} ${y1}L${x2} ${y2}`, class: weight < 0 ? "fs-edge fs-negative" : "fs-edge", "stroke-width": (0.6 + 2.2 * Math.log1p(Math.abs(weight))).toFixed(2), "data-weight": `${name} ${i} ${j}` });
    const radius = Math.min(15, 100 / h);
    diagram.replaceChildren(
      ...columns[0].flatMap((from, i) => columns[1].map((to, j) => edge(from, to, w1[i][j], "w1", i, j))),
      ...columns[1].map((from, j) => edge(from, columns[2][0], w2[j][0], "w2", j, 0)),
      ...columns.flatMap((column, layer) => column.map(([x, y]) => svgElement("circle", { cx: x, cy: y, r: layer === 1 ? radius : 15, "data-kind": layer ? "activation" : "input" }))),
      ...[["x₁", columns[0][0]], ["x₂", columns[0][1]], ["ŷ", columns[2][0]]].map(([text, [x, y]]) => svgElement("text", { x, y: y + 5 }, text)));
    diagram.setAttribute("aria-label", `The network: 2 inputs, ${h} hidden neurons, 1 output. A line is thicker the larger its weight, full where it is positive and dashed where it is negative.`);
  }

  function drawOutputs({ x, y }, a2) {
    outputs.replaceChildren(element("thead", {}, element("tr", {}, ["inputs", "target", "output ŷ"].map((text, i) => element("th", { scope: "col", colspan: i === 2 ? 2 : null }, text)))),
      element("tbody", {}, x.map((row, i) => element("tr", {}, element("th", { scope: "row" }, row.join(", ")), element("td", {}, String(y[i][0])),
        element("td", { "data-quantity": "a2" }, element("span", cell(a2[i][0], i, 0), format(a2[i][0], 3))),
        element("td", { class: "fs-bar-cell" }, element("span", { class: "fs-bar", style: `width: ${(100 * a2[i][0]).toFixed(1)}%` }))))));
  }

  let chart = null;
  function drawCurve(epoch, last) {
    const losses = timelineNow().losses;
    const until = Math.max(farthest, 10), log = get("logarithmic");
    const picked = farthest > epoch ? thinned(losses, 240, Math.min(losses.length, farthest + 1)) : [...thinned(losses, 239, epoch), [epoch, last]];
    const finite = picked.map(([, v]) => v).filter(Number.isFinite);
    const power = (v, up) => 10 ** (up ? Math.ceil(Math.log10(v)) : Math.floor(Math.log10(v)));
    const top = log ? power(Math.max(...finite, 1e-9), true) : Math.max(0.1, Math.ceil(10.5 * Math.max(...finite)) / 10);
    const low = log ? Math.min(power(Math.max(1e-12, Math.min(...finite)), false), top / 10) : 0;
    const round = [1, 2, 5].map((m) => m * 10 ** Math.floor(Math.log10(until))).find((v) => v >= until) ?? 10 * 10 ** Math.floor(Math.log10(until));
    const width = fullWidth(root);
    const key = `${round} ${low} ${top} ${log} ${width}`;
    if (chart?.key !== key) {
      chart = { key, ...plot({ width, height: 190, x: { from: 0, to: round, label: "epoch", count: width / 120 }, y: { from: low, to: top, log, label: "loss E", count: 4 }, label: "The loss of every epoch so far, and where we are." }) };
      chart.drawn = chart.line([], { "data-kind": "error" });
      chart.here = chart.dot(0, top, { r: 6, "data-kind": "error" });
      curve.replaceChildren(chart.svg);
    }
    chart.drawn.setAttribute("d", chart.path(picked));
    chart.here.setAttribute("cx", chart.h.to(epoch));
    chart.here.setAttribute("cy", chart.v.to(Math.min(top, Math.max(low, last))));
  }

  let fields = null;
  function drawWeights(parameters) {
    const key = String(parameters.w1[0].length);
    if (fields?.key !== key) {
      fields = { key, list: [] };
      weights.replaceChildren(...PARAMETERS.map((name) => element("div", { class: "fs-weight-block", "data-quantity": name, "data-kind": QUANTITIES[name].kind }, symbol(name),
        element("table", {}, element("tbody", {}, parameters[name].map((row, i) => element("tr", {}, row.map((_, j) => {
          const input = field(`${QUANTITIES[name].symbol}, row ${i + 1}, column ${j + 1}`, { class: "fs-short", "data-row": i, "data-col": j }, edit(name, i, j));
          fields.list.push([name, i, j, input]);
          return element("td", {}, input);
        }))))))));
    }
    for (const [name, i, j, input] of fields.list) setNumber(input, parameters[name][i][j]);
  }

  // ---- start ----

  const deaf = listen(model, [
    ...["gate", "parameters", "neurons", "seed", "hidden", "learning_rate", "one_at_a_time"].map((name) => [name, () => { run = null; farthest = 0; schedule(); }]),
    ["epoch", schedule], ["logarithmic", schedule], ["playing", followPlaying]]);
  // the picture's colours are painted: paint again when the page's change
  const themes = new MutationObserver(schedule);
  themes.observe(document.documentElement, { attributes: true });
  if (document.body) themes.observe(document.body, { attributes: true });
  const still = onWidth(root, schedule);
  if (model.key) links.follow();
  draw();
  followPlaying();

  return () => {
    cancelAnimationFrame(frame);
    themes.disconnect();
    still();
    links.end();
    deaf();
  };
}

export default { render };
