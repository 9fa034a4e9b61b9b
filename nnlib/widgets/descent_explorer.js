// DescentExplorer: gradient descent along one number, as a ball on the curve of the loss; all other numbers are held still.
import { controls, listen, onKeys, scheduler, setNumber, widgetName } from "./controls.js";
import { PARAMETERS, iteration, trainer } from "./engine.js";
import { QUANTITIES } from "./names.js";
import { cell, deepCopy, element, format, linkSymbols, svgElement, symbol } from "./parts.js";
import { draggable, plot } from "./plot.js";

const MOST_STEPS = 200;
const RATES = [[0.5, "too small"], [8, "right"], [150, "too large"]];
const NAMES = ["weight", "row", "column", "epoch", "parameters", "examples", "learning_rate", "hidden", "output"];

function render({ model, el }) {
  const get = (name) => model.get(name);
  const initial = deepCopy(Object.fromEntries(NAMES.map((name) => [name, get(name)])));
  const ui = controls(model, () => draw());
  let timer = null, chart = null, framed = null;

  const options = () => ({ hidden: get("hidden"), output: get("output") });
  const withValue = (parameters, value) => {
    const moved = deepCopy(parameters);
    moved[get("weight")][get("row")][get("column")] = value;
    return moved;
  };
  const valueOf = (parameters) => parameters[get("weight")][get("row")][get("column")];
  const look = (value) => iteration(get("examples").x, get("examples").y, withValue(get("parameters"), value), get("learning_rate"), options());
  const slopeIn = (values) => values[`dE_d${get("weight")}`][get("row")][get("column")];
  const lossAt = (value) => trainer(get("examples").x, get("examples").y, withValue(get("parameters"), value), 0, options()).loss();

  // Where the ball was and is, step by step.
  function path(steps) {
    const found = [];
    let value = valueOf(get("parameters"));
    for (let k = 0; k <= steps; k++) {
      const values = look(value), slope = slopeIn(values);
      found.push({ value, loss: values.E, slope });
      value -= get("learning_rate") * slope;
    }
    return found;
  }

  function go(epoch) {
    if (epoch < 0 || epoch > MOST_STEPS) { ui.change({ playing: false }); return; }
    if (!path(epoch).every(({ value, loss }) => Number.isFinite(value) && Number.isFinite(loss))) {
      ui.change({ playing: false });
      ui.complain(`At step ${epoch} the numbers grow beyond what a computer can hold`);
      return;
    }
    ui.change({ epoch });
  }

  const places = Object.entries(initial.parameters).sort(([a], [b]) => PARAMETERS.indexOf(a) - PARAMETERS.indexOf(b)).flatMap(([name, matrix]) =>
    matrix.flatMap((row, i) => row.map((_, j) => [`${name} ${i} ${j}`, `${QUANTITIES[name].symbol}${matrix.length * row.length > 1 ? `, row ${i + 1}, column ${j + 1}` : ""}`])));
  const which = ui.choice("the number that moves", places, (text) => {
    const [weight, row, column] = text.split(" ");
    ui.change({ weight, row: Number(row), column: Number(column), epoch: 0, playing: false });
  });
  const rate = ui.slider("η", { min: 0.01, max: 1000, scale: "log", name: "Learning rate η" }, (learning_rate) => ui.change({ learning_rate, epoch: 0 }));
  const startField = ui.field("Start", { class: "fs-short" }, (value) => (Math.abs(value) <= 100 ? ui.change({ parameters: withValue(get("parameters"), value), epoch: 0 }) : "expected a number from −100 to 100"));
  const previous = ui.button("Previous step", () => go(get("epoch") - 1));
  const next = ui.button("Next step", () => go(get("epoch") + 1), { class: "fs-primary" });
  const play = ui.button("Play", () => ui.change({ playing: !get("playing") }), { class: "fs-play" });
  const presets = RATES.map(([learning_rate, text]) => ui.button(text, () => ui.change({ learning_rate, epoch: 0 }), { "data-rate": learning_rate }));
  const picture = element("div", {});
  const update = element("p", { class: "fs-update", tabindex: "0", role: "group", "aria-label": "The next step with its numbers" });
  const verdict = element("p", { class: "fs-note" });
  const root = element("section", { class: "fs-widget fs-descent-explorer", "data-widget": "DescentExplorer", "aria-label": widgetName(model, "Descent explorer"),
    onkeydown: onKeys(ui, { ArrowRight: () => go(get("epoch") + 1), PageDown: () => go(get("epoch") + 1), ArrowLeft: () => go(get("epoch") - 1), PageUp: () => go(get("epoch") - 1), Home: () => go(0) }) },
    element("div", { class: "fs-halves fs-wide-left" }, picture,
      element("div", { class: "fs-stack" }, ui.labelled("number", which), ui.labelled("start", startField), rate.root,
        element("div", { class: "fs-row", role: "group", "aria-label": "Learning rates to try" }, presets), verdict)),
    update,
    element("div", { class: "fs-row" }, previous, play, next, ui.button("Reset", () => ui.change({ ...deepCopy(initial), playing: false }))),
    ui.message, ui.live);
  linkSymbols(root);
  el.append(root);

  // A new frame when the curve is another one, or the ball has left it.
  function frame(found) {
    const values = found.map((p) => p.value);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const key = JSON.stringify([get("weight"), get("row"), get("column"), withValue(get("parameters"), 0), get("examples"), get("hidden"), get("output")]);
    if (framed?.key === key && low >= framed.from && high <= framed.to) return;
    const centre = valueOf(get("parameters")), reach = Math.max(8, 1.25 * Math.abs(high - centre), 1.25 * Math.abs(low - centre));
    const keep = framed?.key === key && framed.reach > reach ? framed : null;
    const [from, to] = keep ? [keep.from, keep.to] : [centre - reach, centre + reach];
    const curve = Array.from({ length: 241 }, (_, i) => { const v = from + ((to - from) * i) / 240; return [v, lossAt(v)]; });
    const top = Math.max(...curve.map(([, loss]) => loss).filter(Number.isFinite), ...found.map((p) => p.loss));
    framed = { key, from, to, reach };
    chart = plot({ width: 440, height: 280, x: { from, to, label: "the number that moves" }, y: { from: 0, to: Math.min(top * 1.08, 1e6), label: "loss E" },
      label: "The loss over one number of the network, and the ball on it: a dot for each step of gradient descent so far." });
    framed.curve = chart.path(curve);
    draggable(chart, ([value]) => { ui.act(); ui.change({ parameters: withValue(get("parameters"), Math.round(value * 20) / 20), epoch: 0, playing: false }); });
    picture.replaceChildren(chart.svg);
  }

  function draw() {
    const epoch = get("epoch"), found = path(epoch), now = found[epoch], learningRate = get("learning_rate");
    root.dataset.epoch = epoch;
    which.value = `${get("weight")} ${get("row")} ${get("column")}`;
    rate.set(learningRate);
    setNumber(startField, valueOf(get("parameters")));
    for (const preset of presets) preset.setAttribute("aria-pressed", String(Number(preset.dataset.rate) === learningRate));
    previous.disabled = epoch === 0;
    next.disabled = epoch === MOST_STEPS;
    play.textContent = get("playing") ? "Pause" : "Play";
    frame(found);
    chart.clear();
    chart.add(svgElement("path", { d: framed.curve, fill: "none", "data-kind": "error" }));
    const recent = found.slice(-40);
    chart.line(recent.map(({ value, loss }) => [value, loss]), { class: "fs-thin fs-dashed", "data-kind": "weight" });
    for (const { value, loss } of recent.slice(0, -1)) chart.dot(value, loss, { r: 3.5, "data-kind": "weight" });
    const run = 0.12 * (framed.to - framed.from);
    chart.line([[now.value - run, now.loss - run * now.slope], [now.value + run, now.loss + run * now.slope]], { "data-kind": "gradient" });
    chart.dot(now.value, now.loss, { r: 8, "data-kind": "weight" });
    const name = get("weight"), place = [get("row"), get("column")];
    const shown = (quantity, value, at = place) => element("span", { "data-quantity": quantity, "data-symbol": quantity, "data-kind": QUANTITIES[quantity].kind }, element("strong", cell(value, ...at), format(value)));
    const operator = (text) => element("span", { class: "fs-operator" }, text);
    update.replaceChildren(operator(`after ${epoch} step${epoch === 1 ? "" : "s"}: `), symbol("E"), operator(" = "), shown("E", now.loss, [0, 0]), operator("      "),
      symbol(`new_${name}`), operator(" = "), shown(name, now.value), operator(" − "), operator(`${format(learningRate)} · ${now.slope < 0 ? "(" : ""}`), shown(`dE_d${name}`, now.slope), operator(`${now.slope < 0 ? ")" : ""} = `),
      shown(`new_${name}`, now.value - learningRate * now.slope));
    const after = path(Math.min(epoch + 1, MOST_STEPS))[epoch + 1];
    verdict.textContent = !after ? "" : Math.abs(now.slope) < 1e-7 ? "The curve is flat here: the ball rests, at the bottom of the valley or on a plain beside it."
      : after.loss > now.loss ? "The next step will jump so far that the loss rises." : after.slope * now.slope < 0 ? "The next step will cross the valley." : "The next step will go downhill.";
    ui.announce(`After ${epoch} steps the number is ${format(now.value)}, the loss ${format(now.loss)}, the slope ${format(now.slope)}.`);
  }

  function followPlaying() {
    clearInterval(timer);
    timer = get("playing") ? setInterval(() => go(get("epoch") + 1), 700) : null;
    draw();
  }

  const schedule = scheduler(() => draw());
  const deaf = listen(model, [...NAMES.map((name) => [name, schedule]), ["playing", followPlaying]]);
  if (get("playing") && matchMedia("(prefers-reduced-motion: reduce)").matches) ui.change({ playing: false });
  followPlaying();
  return () => { clearInterval(timer); deaf(); };
}

export default { render };
