// BugLab: the classic mistakes and traps as switches, beside the loss and the check of the gradients.
import { controls, listen, scheduler, widgetName } from "./controls.js";
import { EXAMPLES } from "./data.js";
import { PARAMETERS, iteration, trainer } from "./engine.js";
import { AGREE, gradientCheck, percent, relativeError, sympyGradients } from "./judges.js";
import { TRAPS, operationsWith } from "./mistakes.js";
import { MISTAKE_NAMES, STOPS, TRAP_NAMES } from "./names.js";
import { cell, code, deepCopy, element, format, linkSymbols, symbol } from "./parts.js";
import { plot, thinned } from "./plot.js";

const NAMES = ["mistakes", "traps", "parameters", "examples", "learning_rate"];
const EPOCHS = 3000;
const LAB_DATA = { ...EXAMPLES, "two uneven examples": { x: [[0.5, 1], [0, 1]], y: [[0], [1]] } };
const JUDGES = [["backprop", "reported slopes against central differences"], ["update", "the update, (old − new)/η, against central differences"], ["sympy", "reported slopes against sympy"]];

function render({ model, el }) {
  const get = (name) => model.get(name);
  const initial = deepCopy(Object.fromEntries(NAMES.map((name) => [name, get(name)])));
  const ui = controls(model, () => draw());
  let reference = null;

  const toggled = (trait, key) => (on) => ui.change({ [trait]: [...get(trait).filter((other) => other !== key), ...(on ? [key] : [])] });
  const switches = [["mistakes", MISTAKE_NAMES], ["traps", TRAP_NAMES]].map(([trait, names]) => Object.entries(names).map(([key, { title, code: lines }]) => {
    const where = trait === "mistakes" ? `${Object.keys(lines).map((label) => (label === "E" ? "E" : `step ${label}`)).join(", ")}: ` : "";
    return { trait, key, ...ui.tick(`${where}${title}`, toggled(trait, key), { "data-key": key }) };
  }));
  const data = ui.choice("examples", Object.keys(LAB_DATA).map((name) => [name, name]), (name) => ui.change({ examples: { name, ...deepCopy(LAB_DATA[name]) } }));
  const rate = ui.slider("η", { min: 0.01, max: 100, scale: "log", name: "Learning rate η" }, (learning_rate) => ui.change({ learning_rate }));
  const picture = element("div", {});
  const verdicts = element("ul", { class: "fs-verdicts" });
  const outputs = element("p", { class: "fs-outputs" });
  const table = element("table", { class: "fs-table" });
  const lines = element("div", { class: "fs-stack" });
  const set = (legend, list) => element("fieldset", {}, element("legend", {}, legend), list.map(({ root: item }) => item));
  const root = element("section", { class: "fs-widget fs-bug-lab", "data-widget": "BugLab", "aria-label": widgetName(model, "Bug lab") },
    element("div", { class: "fs-halves" }, element("div", { class: "fs-stack" }, set("Mistakes", switches[0]), set("Traps that are no bugs", switches[1])),
      element("div", { class: "fs-stack fs-results" }, picture, outputs, verdicts, element("div", { class: "fs-scroll", tabindex: "0", role: "group", "aria-label": "The largest relative errors" }, table), lines)),
    element("div", { class: "fs-row" }, ui.labelled("examples", data), rate.root, ui.button("Reset", () => ui.change(deepCopy(initial)))),
    ui.message, ui.live);
  linkSymbols(root);
  el.append(root);

  // Trains, judges; what does not fit is told in .stopped.
  function run(mistakes, traps) {
    const { x, y } = get("examples");
    const start = traps.reduce((p, key) => TRAPS[key].start?.(p) ?? p, get("parameters"));
    const learningRate = traps.reduce((r, key) => TRAPS[key].learningRate ?? r, get("learning_rate"));
    const operations = mistakes.length || traps.some((key) => Object.keys(TRAPS[key].replaced).length) ? operationsWith(mistakes, traps) : undefined;
    try {
      const training = trainer(x, y, start, learningRate, { operations });
      const losses = new Float64Array(EPOCHS + 1);
      for (let epoch = 0; epoch < EPOCHS; epoch++) losses[epoch] = training.step();
      const after = iteration(x, y, training.parameters(), learningRate, { operations });
      losses[EPOCHS] = after.E;
      const { checks, values } = gradientCheck(x, y, start, learningRate, { operations });
      const exact = sympyGradients(x, y, start);
      const errors = Object.fromEntries(PARAMETERS.map((name) => {
        const one = checks[name];
        const sympy = exact[name].map((row, i) => row.map((v, j) => relativeError(v, (one.backprop[i] ?? one.backprop[0])[j])));
        return [name, { backprop: one.backpropError, update: one.updateError, sympy }];
      }));
      return { losses, outputs: after.a2, errors, values };
    } catch (error) {
      return { stopped: error.message };
    }
  }

  const worst = (errors, judge) => Math.max(...PARAMETERS.flatMap((name) => errors[name][judge].flat()));

  function curve(seen) {
    const top = 1.05 * Math.max(...reference.losses, ...(seen.losses ? seen.losses : [])) || 1;
    const chart = plot({ width: 400, height: 220, x: { from: 0, to: EPOCHS, label: "epoch", ticks: [0, 1000, 2000, 3000] }, y: { from: 0, to: Math.min(top, 1e6), label: "loss E" },
      label: "The loss over the epochs: dashed without mistakes, and as a full line with what is switched on." });
    chart.line(thinned(reference.losses), { class: "fs-dashed fs-thin" });
    if (seen.losses) chart.line(thinned(seen.losses), { "data-kind": "error" });
    picture.replaceChildren(chart.svg, element("p", { class: "fs-note" }, "╌ everything right   ", element("span", { "data-kind": "error", class: "fs-legend" }, "━ with what is switched on")));
  }

  function draw() {
    const mistakes = get("mistakes"), traps = get("traps");
    for (const { trait, key, box } of switches.flat()) box.checked = get(trait).includes(key);
    data.value = get("examples").name;
    rate.set(get("learning_rate"));
    const key = JSON.stringify(NAMES.slice(2).map(get));
    if (reference?.key !== key) reference = { key, ...run([], []) };
    const seen = mistakes.length || traps.length ? run(mistakes, traps) : reference;
    curve(seen);
    const item = (judge, good, text) => element("li", { "data-judge": judge, "data-passed": String(good), class: good ? "fs-good" : "fs-bad" }, text);
    if (seen.stopped) {
      verdicts.replaceChildren(item("runs", false, `It stops with an error, ${seen.stopped}. A mistake that you can see.`));
      outputs.replaceChildren();
      table.replaceChildren();
    } else {
      const [before, after] = [seen.losses[0], seen.losses[EPOCHS]];
      verdicts.replaceChildren(
        item("loss", after < before / 2, `The loss goes from ${format(before)} to ${format(after)} in ${EPOCHS} epochs: ${after < before / 2 ? "it falls." : "it does not fall as it should."}`),
        ...JUDGES.map(([judge, text]) => { const off = worst(seen.errors, judge), good = off <= AGREE; return item(judge, good, `${text[0].toUpperCase()}${text.slice(1)}: ${good ? "they agree." : `off by ${percent(off)}.`}`); }));
      outputs.replaceChildren("outputs: ", ...get("examples").x.map((row, i) => element("span", { "data-quantity": "a2", class: "fs-output" }, `(${row.map((v) => format(v)).join(", ")}) → `, element("strong", cell(seen.outputs[i][0], i, 0), format(seen.outputs[i][0], 3)))));
      table.replaceChildren(element("thead", {}, element("tr", {}, ["off by", "reported", "update", "sympy"].map((text) => element("th", { scope: "col" }, text)))),
        element("tbody", {}, PARAMETERS.map((name) => element("tr", {}, element("th", { scope: "row" }, symbol(`dE_d${name}`)),
          JUDGES.map(([judge]) => { const off = Math.max(...seen.errors[name][judge].flat()); return element("td", { "data-judge": judge, "data-parameter": name, class: off <= AGREE ? "fs-good" : "fs-bad" }, element("span", { "data-value": String(off) }, percent(off))); })))));
    }
    lines.replaceChildren(...[...mistakes.map((k) => MISTAKE_NAMES[k]), ...traps.map((k) => TRAP_NAMES[k])].flatMap(({ code: wrong }) => Object.entries(wrong).map(([label, text]) =>
      element("div", { class: "fs-compare" }, element("span", { class: "fs-note" }, `${/^\d/.test(label) ? `step ${label}` : label}, right and as switched on`), code(STOPS.find((stop) => stop.label === label).code), code(text)))));
    const names = [...mistakes, ...traps];
    ui.announce(`${names.length ? `Switched on: ${names.join(", ")}` : "Nothing is switched on"}. ${[...verdicts.children].map((node) => node.textContent).join(" ")}`);
  }

  const schedule = scheduler(() => draw());
  const deaf = listen(model, NAMES.map((name) => [name, schedule]));
  draw();
  return deaf;
}

export default { render };
