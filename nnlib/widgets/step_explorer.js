// StepExplorer: one iteration of training, one operation at a time.
import { controls, listen, onKeys, scheduler, setNumber, stateLinks, widgetName } from "./controls.js";
import { EXAMPLES } from "./data.js";
import { ACTIVATIONS, PARAMETERS, iteration, randomParameters, shape } from "./engine.js";
import { QUANTITIES, STOPS } from "./names.js";
import { cell, code, deepCopy, describe, element, format, formula, linkSymbols, numbers, parseNumber, svgElement, symbol } from "./parts.js";
import { LAST_EPOCH, approach, timeline } from "./timeline.js";

const LABELS = STOPS.map((stop) => stop.label);
const STATE = ["step", "epoch", "parameters", "examples", "learning_rate", "hidden", "output", "predict"];
const GROUPS = [["forward", 0, 4], ["loss", 4, 5], ["output layer", 5, 12], ["hidden layer", 12, 19]];

// Where in the diagram a quantity lives, so that its edges and neurons light up and its numbers stand beside them.
const PLACES = {
  z1: "hidden", a1: "hidden", z2: "output", a2: "output", E: "loss", dE_da2: "output", da2_dz2: "output", dz2_dw2: "w2", dz2_db2: "b2",
  dE_dz2: "output", dE_dw2: "w2", dE_db2: "b2", new_w2: "w2", new_b2: "b2", dz2_da1: "w2", da1_dz1: "hidden", dz1_dw1: "w1", dz1_db1: "b1",
  dE_dz1: "hidden", dE_dw1: "w1", dE_db1: "b1", new_w1: "w1", new_b1: "b1",
};

const stopIndex = (label) => LABELS.indexOf(label);
const stopOf = (name) => STOPS.findIndex((stop) => stop.outputs.includes(name)); // -1 for what is given
const stopName = (label) => (label.startsWith("F") ? `Forward ${label[1]}` : label === "E" ? "Loss" : `Step ${label}`);

// ---- links ----

// A state from a link, checked like anything that comes from outside; throws an Error that says what is wrong.
function checkedState(raw) {
  const { step, epoch, parameters, examples, learning_rate, hidden, output, predict } = raw ?? {};
  if (!LABELS.includes(step)) throw new Error("its step is none of the nineteen");
  if (!Number.isInteger(epoch) || epoch < 0 || epoch > LAST_EPOCH) throw new Error("its epoch is out of range");
  if (!Number.isFinite(learning_rate) || learning_rate < 0) throw new Error("its learning rate is no number ≥ 0");
  for (const name of [hidden, output]) if (!Object.hasOwn(ACTIVATIONS, name)) throw new Error("its activation is unknown");
  const [rows, inputs] = shape("its inputs", examples?.x, null, null);
  const [, outputs] = shape("its targets", examples?.y, rows, null);
  const [, neurons] = shape("its w1", parameters?.w1, inputs, null);
  shape("its b1", parameters.b1, 1, neurons);
  shape("its w2", parameters.w2, neurons, outputs);
  shape("its b2", parameters.b2, 1, outputs);
  if (rows > 16 || inputs > 4 || neurons > 8 || outputs > 4) throw new Error("its network is too large");
  const { w1, b1, w2, b2 } = parameters;
  const name = typeof examples.name === "string" ? examples.name.slice(0, 40) : "own";
  return { step, epoch, parameters: { w1, b1, w2, b2 }, examples: { name, x: examples.x, y: examples.y }, learning_rate, hidden, output, predict: predict === true };
}

// ---- the widget ----

function render({ model, el }) {
  const state = () => Object.fromEntries(STATE.map((name) => [name, model.get(name)]));
  const initial = deepCopy(state());
  const compact = model.get("compact");
  let epochs = null; // the timeline of the present start
  let revealed = null; // "epoch step" of a result that predict mode has given away
  let shownRow = 0;
  let values = null;
  let timer = null;
  let measured = null;
  const ui = controls(model, () => draw());
  const { act, button, change, choice, complain, field, labelled, say } = ui;

  // ---- the frame ----

  const stops = LABELS.map((label, i) => button(label, () => go(i), { class: "fs-stop", "data-stop": label, title: `${stopName(label)}: ${STOPS[i].title}`, "aria-label": `${stopName(label)}: ${STOPS[i].title}` }));
  const map = element("div", { class: "fs-timeline", role: "group", "aria-label": "The nineteen stops" }, GROUPS.map(([title, from, to]) =>
    element("div", { class: "fs-group" }, element("span", { class: "fs-group-title" }, title), element("div", { class: "fs-stops" }, stops.slice(from, to)))));

  const diagram = element("div", { class: "fs-diagram" });
  const panel = element("div", { class: "fs-panel" });
  const equation = element("div", { class: "fs-equation", tabindex: "0", role: "group", "aria-label": "The formula with its numbers" });

  const rowChoice = element("select", { "aria-label": "Example in the picture", onchange: () => { shownRow = Number(rowChoice.value); draw(); } });
  const previous = button("Previous step", () => walk(-1));
  const next = button("Next step", () => walk(1), { class: "fs-primary" });
  const play = button("Play", () => change({ playing: !model.get("playing") }), { class: "fs-play" });
  const first = button("First", () => go(0));
  const last = button("Last", () => go(LABELS.length - 1));
  const reset = button("Reset", () => { revealed = null; change({ ...deepCopy(initial), playing: false }); });
  const speed = element("select", { "aria-label": "speed", onchange: () => change({ speed: Number(speed.value) }) },
    [[3, "slow"], [1.5, "medium"], [0.5, "fast"]].map(([value, text]) => element("option", { value }, text)));

  const epochField = field("Epoch", { class: "fs-short" }, (value) => (Number.isInteger(value) && value >= 0 && value <= LAST_EPOCH ? goToEpoch(value) : `expected a whole number from 0 to ${LAST_EPOCH}`));
  const epochBack = button("‹", () => complain(goToEpoch(model.get("epoch") - 1)), { "aria-label": "Previous epoch" });
  const epochOn = button("›", () => complain(goToEpoch(model.get("epoch") + 1)), { "aria-label": "Next epoch" });
  const loss = element("output", { class: "fs-loss", "data-quantity": "E", "data-symbol": "E", "data-kind": "error" });
  const curve = svgElement("svg", { class: "fs-curve", viewBox: "0 0 100 28", role: "img", "aria-label": "The loss of every epoch so far, as a curve" });
  const rateField = field("Learning rate η", { class: "fs-short" }, (value) => (value >= 0 ? restart({ learning_rate: value }) : "expected a number ≥ 0"));

  const predictBox = element("input", { type: "checkbox", onchange: () => { act(); change({ predict: predictBox.checked }); } });
  const check = () => {
    act();
    const { value, error } = parseNumber(guess.value);
    if (error) verdict.textContent = `Your prediction: ${error}.`;
    else judge(value);
  };
  const guess = element("input", { type: "text", inputmode: "decimal", autocomplete: "off", class: "fs-short", "aria-label": "Your prediction", onkeydown: (event) => { if (event.key === "Enter") check(); } });
  const question = element("span", { class: "fs-question" });
  const verdict = element("span", { class: "fs-verdict", role: "status" });
  const asked = element("div", { class: "fs-row fs-ask" }, question, guess, button("Check", check), button("Reveal", reveal), verdict);

  const dataChoice = element("select", { "aria-label": "examples", onchange: () => { act(); if (EXAMPLES[dataChoice.value]) complain(restart({ examples: { name: dataChoice.value, ...deepCopy(EXAMPLES[dataChoice.value]) } })); } });
  const seedField = element("input", { type: "text", inputmode: "numeric", class: "fs-short", value: "1", "aria-label": "Seed", autocomplete: "off" });
  const randomStart = button("Random start", () => {
    const { value, error } = parseNumber(seedField.value);
    if (error || !Number.isSafeInteger(value)) return say(`Seed: ${error ?? "expected a whole number"}.`);
    const { w1, w2 } = model.get("parameters");
    complain(restart({ parameters: randomParameters(value, w1[0].length, w1.length, w2[0].length), epoch: 0 }));
  });
  const activationChoice = (role) => choice(`${role} activation`, Object.keys(ACTIVATIONS).map((name) => [name, name]), (name) => restart({ [role]: name }));
  const hiddenChoice = activationChoice("hidden"), outputChoice = activationChoice("output");
  const links = stateLinks(model, ui, "StepExplorer", "book/index.html", { state, apply: (raw) => {
    const linked = checkedState(raw);
    if (diverges(linked)) throw new Error("its training diverges");
    change({ ...linked, playing: false });
  } });

  const root = element("section", { class: "fs-widget fs-step-explorer", "data-widget": "StepExplorer", "data-compact": compact, "aria-label": widgetName(model, "Step explorer"), onkeydown: keys },
    map,
    element("div", { class: "fs-two" }, diagram, panel),
    equation,
    asked,
    ui.message,
    element("div", { class: "fs-row fs-controls fs-walk" }, compact ? [previous, next, reset] : [first, previous, play, next, last, reset],
      compact ? [labelled("picture", rowChoice), labelled("Predict first", predictBox)] : null),
    compact ? null : element("div", { class: "fs-row fs-controls" },
      labelled("epoch", element("span", { class: "fs-row fs-tight" }, epochBack, epochField, epochOn)), loss, curve, labelled("η", rateField),
      labelled("Predict first", predictBox)),
    compact ? null : element("details", { class: "fs-more" }, element("summary", {}, "More"), element("div", { class: "fs-row" },
      labelled("picture", rowChoice), labelled("examples", dataChoice), labelled("hidden", hiddenChoice), labelled("output", outputChoice),
      labelled("seed", seedField), randomStart, labelled("speed", speed), links.button, links.field)),
    ui.live);
  linkSymbols(root);
  el.append(root);

  // ---- what a person does ----

  // Other numbers, checked by computing with them; returns what is wrong, or null.
  function restart(traits) {
    const tried = { ...state(), ...traits };
    try {
      const { x, y } = tried.examples;
      const it = iteration(x, y, tried.parameters, tried.learning_rate, tried);
      const broken = Object.values(it).flat(2).some((v) => !Number.isFinite(v));
      if (broken) return "with this the numbers grow beyond what a computer can hold";
      timeline(tried.parameters, tried.examples, tried.learning_rate, tried).at(0);
    } catch (error) {
      return error.message;
    }
    revealed = null;
    if (tried.epoch && !diverges(tried)) { change(traits); return null; }
    change({ ...traits, epoch: 0 });
    return null;
  }

  function diverges({ parameters, examples, learning_rate, hidden, output, epoch }) {
    const after = timeline(parameters, examples, learning_rate, { hidden, output }).at(epoch);
    return PARAMETERS.some((name) => after[name].flat().some((v) => !Number.isFinite(v)));
  }

  // One number of the network on show: from here on this is the start, epoch 0.
  function edit(name, i, j) {
    return (value) => {
      if (name === "x" || name === "y") {
        const examples = deepCopy(model.get("examples"));
        examples[name][i][j] = value;
        examples.name = Object.keys(EXAMPLES).find((known) => JSON.stringify(EXAMPLES[known]) === JSON.stringify({ x: examples.x, y: examples.y })) ?? "own";
        return restart({ examples });
      }
      const parameters = deepCopy(Object.fromEntries(PARAMETERS.map((p) => [p, values[p]])));
      parameters[name][i][j] = value;
      return restart({ parameters, epoch: 0 });
    };
  }

  function go(index) { change({ step: LABELS[index] }); }

  function walk(by) {
    const index = stopIndex(model.get("step")) + by;
    const epoch = model.get("epoch");
    if (index >= 0 && index < LABELS.length) return go(index);
    if (index < 0 && epoch === 0) return undefined;
    const problem = goToEpoch(epoch + by, LABELS[(index + LABELS.length) % LABELS.length]);
    if (problem) { stopPlaying(); complain(problem); }
    return undefined;
  }

  // Returns what is in the way, or null; a long way is walked in slices, so that the page stays alive.
  function goToEpoch(epoch, step = model.get("step")) {
    if (epoch < 0 || epoch > LAST_EPOCH) return `Epochs go from 0 to ${LAST_EPOCH}`;
    const run = epochs;
    if (run.far(epoch)) {
      approach(run, epoch, {
        alive: () => run === epochs, // the start may be changed meanwhile
        progress: (reached) => say(`Training: epoch ${reached} of ${epoch} …`),
        arrive: () => { say(""); complain(goToEpoch(epoch, step)); },
      });
      return null;
    }
    const after = run.at(epoch);
    if (PARAMETERS.some((name) => after[name].flat().some((v) => !Number.isFinite(v)))) return `At epoch ${epoch} the numbers grow beyond what a computer can hold: training diverges`;
    change({ epoch, step });
    return null;
  }

  const keyActions = onKeys(ui, { ArrowRight: () => walk(1), PageDown: () => walk(1), ArrowLeft: () => walk(-1), PageUp: () => walk(-1),
    Home: () => go(0), End: () => go(LABELS.length - 1) });

  function keys(event) {
    const scrolls = event.target === equation && event.key.startsWith("Arrow") && equation.scrollWidth > equation.clientWidth;
    if (!scrolls) keyActions(event);
  }

  const place = () => `${model.get("epoch")} ${model.get("step")}`;
  const isHidden = () => model.get("predict") && revealed !== place();

  function reveal() { revealed = place(); act(); draw(); if (!compact) next.focus(); }

  function judge(value) {
    const [name] = STOPS[stopIndex(model.get("step"))].outputs.slice(-1);
    const right = [values[name]].flat(2)[0];
    const close = (a, b) => Math.abs(a - b) <= Math.max(0.005 * Math.abs(b), 0.0005);
    if (close(value, right)) {
      reveal();
      verdict.textContent = `Right: ${format(right)}.`;
    } else if (close(-value, right)) verdict.textContent = "The size is right, the sign is not.";
    else verdict.textContent = "Not yet. Try again, or reveal it.";
  }

  // ---- playing ----

  function stopPlaying() { if (model.get("playing")) change({ playing: false }); }

  function followPlaying() {
    clearInterval(timer);
    timer = model.get("playing") ? setInterval(() => walk(1), 1000 * model.get("speed")) : null;
    play.textContent = model.get("playing") ? "Pause" : "Play";
  }

  // ---- drawing ----

  const schedule = scheduler(() => draw());

  function forgetEpochs() { epochs = null; measured = null; }

  const optionsNow = () => ({ hidden: model.get("hidden"), output: model.get("output") });

  function draw() {
    const { step, epoch, examples, learning_rate: rate } = state();
    epochs ??= timeline(model.get("parameters"), examples, rate, optionsNow());
    values = iteration(examples.x, examples.y, epochs.at(epoch), rate, optionsNow());
    shownRow = Math.min(shownRow, examples.x.length - 1);
    const index = stopIndex(step);
    const stop = STOPS[index];
    root.dataset.step = step;
    root.dataset.epoch = epoch;
    stops.forEach((node, i) => { node.toggleAttribute("data-done", i < index); if (i === index) node.setAttribute("aria-current", "step"); else node.removeAttribute("aria-current"); });
    drawDiagram(index);
    panel.replaceChildren(...panelContent(stop));
    equation.replaceChildren(...equationContent(stop, isHidden()));
    drawControls(stop, index);
    keepHeights();
    const results = stop.outputs.map((name) => describe(name, values[name], isHidden())).join(". ");
    const sentence = `${stopName(step)}, epoch ${epoch}: ${stop.title}. ${results}.`;
    if (!model.get("playing")) ui.announce(sentence);
  }

  function variant(stop) { return stop.formulas.any ?? stop.formulas[model.get(stop.role)]; }

  function panelContent(stop) {
    const lines = variant(stop).map(({ gives, parts }) => element("div", { class: "fs-formula" }, symbol(gives),
      parts.flatMap((part) => [element("span", { class: "fs-operator" }, " = "), ...formula(part)])));
    return [element("p", { class: "fs-title" }, element("strong", {}, stopName(stop.label)), ` · ${stop.title}`),
      element("div", { class: "fs-formulas" }, lines), element("p", { class: "fs-words" }, stop.words), code(stop.code)];
  }

  function equationContent(stop, hidden) {
    return variant(stop).map(({ gives, parts }) => {
      const operands = parts[parts.length - 1].map((token) => (typeof token === "string" ? element("span", { class: "fs-operator" }, token)
        : numbers(token.q, values[token.q], { hidden: hidden && stop.outputs.includes(token.q) })));
      return element("div", { class: "fs-line-of-numbers" }, operands, element("span", { class: "fs-operator" }, " = "),
        element("span", { class: "fs-result" }, numbers(gives, values[gives], { hidden })));
    });
  }

  function drawControls(stop, index) {
    const { epoch, predict, examples } = state();
    previous.disabled = index === 0 && epoch === 0;
    epochBack.disabled = epoch === 0;
    predictBox.checked = predict;
    const asking = isHidden();
    asked.hidden = !predict;
    for (const node of [guess, guess.nextSibling, guess.nextSibling.nextSibling]) node.disabled = !asking;
    const [name] = stop.outputs.slice(-1);
    const wanted = `${place()} ${asking}`;
    if (asked.dataset.place !== wanted) {
      asked.dataset.place = wanted;
      question.replaceChildren("What will ", symbol(name), Array.isArray(values[name]) && values[name].flat().length > 1 ? " be, in its first row and column?" : " be?");
      if (asking) { guess.value = ""; verdict.textContent = ""; }
    }
    rowChoice.replaceChildren(...examples.x.map((row, i) => element("option", { value: i, selected: i === shownRow }, `example ${i + 1}`)));
    if (compact) return;
    setNumber(epochField, epoch);
    setNumber(rateField, model.get("learning_rate"));
    const known = Math.max(...[3, 1.5, 0.5].filter((v) => v <= model.get("speed")), 0.5);
    speed.value = String(known);
    hiddenChoice.value = model.get("hidden");
    outputChoice.value = model.get("output");
    dataChoice.replaceChildren(...[...Object.keys(EXAMPLES), ...(EXAMPLES[examples.name] ? [] : [examples.name])].map((text) => element("option", { value: text, selected: text === examples.name }, EXAMPLES[text] && text !== "two examples" ? `${text}, four rows` : text)));
    const hideLoss = predict && (index < stopOf("E") || (asking && stop.label === "E")); // not given away before it is asked for
    loss.replaceChildren("E = ", element("span", cell(values.E, 0, 0, hideLoss), hideLoss ? "?" : format(values.E)));
    links.fresh();
    drawCurve(epoch);
  }

  function drawCurve(epoch) {
    const losses = [...epochs.losses.slice(0, epoch), values.E];
    const top = Math.max(...losses.slice(0, 20000), 1e-12);
    const picked = Array.from({ length: Math.min(losses.length, 60) }, (_, i, all) => Math.round((i * (losses.length - 1)) / Math.max(1, Math.min(losses.length, 60) - 1)));
    const points = picked.map((k, i) => `${(picked.length > 1 ? (94 * i) / (picked.length - 1) : 94) + 3},${(25 - 22 * (losses[k] / top)).toFixed(1)}`);
    curve.replaceChildren(svgElement("polyline", { points: points.join(" "), class: "fs-curve-line" }),
      svgElement("circle", { cx: points[points.length - 1].split(",")[0], cy: points[points.length - 1].split(",")[1], r: 2.2, class: "fs-curve-end" }));
  }

  // ---- the diagram: built once for a size of network, then only its numbers change ----

  let built = null;

  function buildDiagram(inputs, hidden, outputs) {
    const height = Math.max(290, 84 * Math.max(inputs, hidden, outputs) + 40);
    const columns = [[44, inputs], [236, hidden], [404, outputs]].map(([x, count]) =>
      Array.from({ length: count }, (_, i) => [x, count === 1 ? height / 2 - 12 : 58 + (i * (height - 138)) / (count - 1)]));
    const percent = ([x, y]) => `left: ${(x / 4.5).toFixed(2)}%; top: ${((100 * y) / height).toFixed(2)}%`;
    const svg = svgElement("svg", { viewBox: `0 0 450 ${height}`, "aria-hidden": "true" });
    const overlay = element("div", { class: "fs-overlay" });
    const fields = { x: [], y: [], w1: [], b1: [], w2: [], b2: [] };
    const layers = {};
    const extras = {};
    const group = (name, kind) => (layers[name] = svgElement("g", { class: "fs-part", "data-part": name, "data-symbol": name, "data-kind": kind }));
    const boxes = {};
    const label = (list, name) => {
      const box = (boxes[name] = element("div", { class: "fs-fields", "data-quantity": name, "data-symbol": name, "data-kind": QUANTITIES[name].kind }));
      overlay.append(box);
      return (input) => { box.append(input); list.push(input); };
    };

    for (const [name, from, to] of [["w1", columns[0], columns[1]], ["w2", columns[1], columns[2]]]) {
      const lines = group(name, "weight");
      const add = label(fields[name], name);
      extras[name] = [];
      from.forEach((start, i) => to.forEach((end, j) => {
        lines.append(svgElement("line", { x1: start[0], y1: start[1], x2: end[0], y2: end[1] }));
        const along = from.length > 1 && to.length > 1 ? (i === j ? 0.5 : 0.27) : 0.5;
        const at = [start[0] + along * (end[0] - start[0]), start[1] + along * (end[1] - start[1])];
        const input = field(`${QUANTITIES[name].symbol} from ${name === "w1" ? "input" : "hidden neuron"} ${i + 1} to ${name === "w1" ? "hidden neuron" : "output"} ${j + 1}`, { style: percent(at), "data-row": i, "data-col": j }, edit(name, i, j));
        add(input);
        extras[name].push([i, j, [at[0], at[1] + 25]]);
      }));
      svg.append(lines);
    }
    const neurons = (part, places, kind) => {
      const g = group(part, kind);
      places.forEach(([x, y]) => g.append(svgElement("circle", { cx: x, cy: y, r: 34 })));
      svg.append(g);
    };
    neurons("x", columns[0], "input");
    neurons("hidden", columns[1], "activation");
    neurons("output", columns[2], "activation");
    const tag = (text, [x, y], kind) => svg.append(svgElement("text", { x, y, class: "fs-name", "data-kind": kind }, text));
    const sub = (i, count) => (count > 1 ? String.fromCharCode(0x2081 + i) : "");
    columns[0].forEach(([x, y], i) => tag(`x${sub(i, inputs)}`, [x, y - 13], "input"));
    const addX = label(fields.x, "x");
    columns[0].forEach((at, i) => addX(field(`Input ${i + 1} of the example in the picture`, { style: percent([at[0], at[1] + 10]), "data-col": i }, (value) => edit("x", shownRow, i)(value))));
    const addY = label(fields.y, "y");
    columns[2].forEach((at, k) => {
      tag(outputs > 1 ? `y${sub(k, outputs)}` : "y", [at[0] - 30, at[1] + 108], "input");
      addY(field(`Target ${outputs > 1 ? k + 1 : ""} of the example in the picture`, { style: percent([at[0] + 8, at[1] + 103]), "data-col": k }, (value) => edit("y", shownRow, k)(value)));
    });
    for (const [name, places] of [["b1", columns[1]], ["b2", columns[2]]]) {
      const add = label(fields[name], name);
      extras[name] = places.map(([x, y], j) => [0, j, [x + 8, y + 75]]);
      places.forEach(([x, y], j) => {
        tag("b", [x - 30, y + 55], "bias");
        add(field(`${QUANTITIES[name].symbol} of ${name === "b1" ? `hidden neuron ${j + 1}` : `output ${j + 1}`}`, { style: percent([x + 8, y + 50]), "data-row": 0, "data-col": j }, edit(name, 0, j)));
      });
    }
    extras.hidden = columns[1].map(([x, y], j) => [null, j, [x, y - 41]]);
    extras.output = columns[2].map(([x, y], j) => [null, j, [x, y - 41]]);
    const inside = { z1: columns[1], a1: columns[1], z2: columns[2], a2: columns[2] };
    const texts = svgElement("g");
    svg.append(texts);
    diagram.replaceChildren(svg, overlay);
    diagram.style.aspectRatio = `450 / ${height}`;
    return { key: `${inputs} ${hidden} ${outputs}`, fields, boxes, layers, extras, inside, texts };
  }

  function drawDiagram(index) {
    const { w1, w2 } = values;
    const key = `${w1.length} ${w1[0].length} ${w2[0].length}`;
    if (built?.key !== key) built = buildDiagram(w1.length, w1[0].length, w2[0].length);
    for (const name of PARAMETERS) built.fields[name].forEach((input) => setNumber(input, values[name][input.dataset.row][input.dataset.col]));
    for (const name of ["x", "y"]) built.fields[name].forEach((input) => { input.dataset.row = shownRow; setNumber(input, values[name][shownRow][input.dataset.col]); });

    const stop = STOPS[index];
    const active = new Set(stop.outputs.map((name) => PLACES[name]));
    for (const [part, node] of Object.entries(built.layers)) node.toggleAttribute("data-active", active.has(part) || (part === "x" && ["F1", "10"].includes(stop.label)));
    for (const [name, box] of Object.entries(built.boxes)) box.toggleAttribute("data-active", active.has(name));

    const texts = [];
    const hidden = (name) => stopOf(name) === index && isHidden();
    const put = (name, i, j, [x, y], text) => {
      const secret = hidden(name);
      const v = values[name][i][j];
      const node = svgElement("text", { x, y, class: "fs-value", ...cell(v, i, j, secret) }, `${text}${secret ? "?" : format(v)}`);
      node.removeAttribute("title");
      let holder = texts.find((g) => g.dataset.quantity === name);
      if (!holder) texts.push(holder = svgElement("g", { "data-quantity": name, "data-symbol": name, "data-kind": QUANTITIES[name].kind }));
      holder.append(node);
    };
    for (const [name, places] of Object.entries(built.inside)) {
      if (stopOf(name) > index) continue; // not computed yet
      places.forEach(([x, y], j) => put(name, shownRow, j, [x, y + (name.startsWith("z") ? -5 : 14)], `${name[0]} `));
    }
    for (const name of stop.outputs) {
      if (Object.hasOwn(built.inside, name) || name === "E") continue;
      for (const [i, j, at] of built.extras[PLACES[name]] ?? []) {
        const perExample = ["n"].includes(QUANTITIES[name].shape[0]);
        const row = perExample ? shownRow : i;
        const column = !perExample ? j : { dz2_dw2: i, dz1_dw1: i, dz2_db2: 0, dz1_db1: 0 }[name] ?? j;
        if (stop.outputs.length > 1 && PLACES[stop.outputs[0]] === PLACES[stop.outputs[1]] && name === stop.outputs[0]) continue;
        put(name, row, column, at, name.startsWith("new") ? "new " : "");
      }
    }
    if (index >= stopOf("E")) {
      const secret = hidden("E");
      texts.push(svgElement("g", { "data-quantity": "E", "data-symbol": "E", "data-kind": "error", "data-active": stop.label === "E" },
        svgElement("text", { x: 404, y: 30, class: "fs-value", "data-row": 0, "data-col": 0, ...(secret ? {} : { "data-value": String(values.E) }) }, `E ${secret ? "?" : format(values.E)}`)));
    }
    built.texts.replaceChildren(...texts);
  }

  // ---- no jumps: the formula, its words and its numbers take as much room at every stop as the largest needs ----

  function keepHeights() {
    const width = root.clientWidth;
    const key = `${width} ${values.x.length} ${values.w1[0].length} ${values.w2[0].length} ${model.get("hidden")} ${model.get("output")}`;
    if (!width || measured === key) return;
    measured = key;
    for (const [node, content] of [[panel, panelContent], [equation, (stop) => equationContent(stop, false)]]) {
      const probes = STOPS.map((stop) => element("div", { class: `${node.className} fs-probe` }, content(stop)));
      node.style.minHeight = "";
      node.append(...probes);
      const tallest = Math.max(...probes.map((probe) => probe.getBoundingClientRect().height));
      probes.forEach((probe) => probe.remove());
      node.style.minHeight = `${Math.ceil(tallest)}px`;
    }
  }

  const resize = new ResizeObserver(() => { if (values) keepHeights(); });
  resize.observe(root);

  // ---- start ----

  const follow = () => { forgetEpochs(); schedule(); };
  const deaf = listen(model, [
    ...["parameters", "examples", "learning_rate", "hidden", "output"].map((name) => [name, follow]),
    ...["step", "epoch", "predict"].map((name) => [name, schedule]),
    ...["playing", "speed"].map((name) => [name, followPlaying]),
  ]);
  if (model.key) links.follow();
  if (model.get("playing") && matchMedia("(prefers-reduced-motion: reduce)").matches) change({ playing: false });
  // Whoever acts takes over from a widget that plays by itself.
  root.addEventListener("pointerdown", (event) => { if (!play.contains(event.target)) stopPlaying(); });
  draw();
  followPlaying();

  return () => {
    clearInterval(timer);
    resize.disconnect();
    links.end();
    deaf();
  };
}

export default { render };
