// LossExplorer: predictions against targets; each squared error drawn as a square; half of all the area is the loss.
import { controls, listen, scheduler, widgetName } from "./controls.js";
import { OPERATIONS } from "./engine.js";
import { cell, deepCopy, element, format, linkSymbols, svgElement, symbol } from "./parts.js";
import { draggable, plot } from "./plot.js";

const run = (label, ...values) => OPERATIONS.find((operation) => operation.label === label).run(...values)[0];

function render({ model, el }) {
  const initial = deepCopy({ a2: model.get("a2"), y: model.get("y") });
  const count = initial.a2.length;
  const ui = controls(model, () => draw());
  const set = (name, i) => (value) => {
    const matrix = deepCopy(model.get(name));
    matrix[i][0] = value;
    ui.change({ [name]: matrix });
  };
  const GAP = 1.25;
  const width = Math.max(300, 62 + 118 * count * 1.06);
  const chart = plot({ width, height: 200, x: { from: -0.2, to: GAP * count, ticks: [] }, y: { from: -0.05, to: 1.12, label: "output", ticks: [0, 0.5, 1] }, margin: [12, 6, 26, 44],
    label: "For each example a square between prediction and target: its side is the error, its area the squared error." });
  draggable(chart, ([place, height]) => {
    const i = Math.min(count - 1, Math.max(0, Math.floor((place + 0.15) / GAP)));
    ui.act();
    set("a2", i)(Math.min(1, Math.max(0, Math.round(height * 100) / 100)));
  });
  const rows = initial.a2.map((_, i) => {
    const prediction = ui.slider(`ŷ ${i + 1}`, { min: 0, max: 1, step: 0.01, name: `Prediction ${i + 1}`, kind: "activation", symbol: "a2", cell: { "data-row": i, "data-col": 0 } }, set("a2", i));
    const target = ui.choice(`Target ${i + 1}`, [["0", "0"], ["1", "1"]], (value) => set("y", i)(Number(value)));
    const error = element("td", {}), square = element("td", {});
    return { prediction, target, error, square,
      root: element("tr", {}, element("td", {}, prediction.root), element("td", {}, target), error, square) };
  });
  const table = element("table", { class: "fs-table" }, element("thead", {}, element("tr", {}, ["prediction", "target", "error ŷ − y", "squared"].map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, rows.map((row) => row.root)));
  const total = element("p", { class: "fs-total" });
  const root = element("section", { class: "fs-widget fs-loss-explorer", "data-widget": "LossExplorer", "aria-label": widgetName(model, "Loss explorer") },
    chart.svg, element("div", { class: "fs-scroll" }, table), total,
    element("div", { class: "fs-row" }, ui.button("Reset", () => ui.change(deepCopy(initial))),
      ui.button("All equal to the mean of the targets", () => {
        const y = model.get("y");
        const mean = y.reduce((sum, [v]) => sum + v, 0) / y.length;
        ui.change({ a2: y.map(() => [mean]) });
      })),
    ui.message, ui.live);
  linkSymbols(root);
  el.append(root);

  function draw() {
    const a2 = model.get("a2"), y = model.get("y");
    const errors = run("1", a2, y), E = run("E", a2, y);
    chart.clear();
    const unit = chart.v.to(0) - chart.v.to(1); // a square is as wide as it is high
    errors.forEach(([error], i) => {
      const low = Math.min(a2[i][0], y[i][0]), side = Math.abs(error) * unit, left = chart.h.to(GAP * i) + 8;
      chart.add(svgElement("rect", { class: "fs-square", x: left, y: chart.v.to(low) - side, width: side, height: side, "data-kind": "error" }));
      chart.add(svgElement("path", { d: `M${left - 8} ${chart.v.to(y[i][0])}h${unit * 0.85}`, "data-kind": "input" }));
      chart.add(svgElement("circle", { cx: left, cy: chart.v.to(a2[i][0]), r: 7, "data-kind": "activation" }));
      chart.add(svgElement("text", { x: left + side / 2, y: chart.v.to(low) - side / 2 + 4, "text-anchor": "middle", class: "fs-halo" }, Math.abs(error) > 0.2 ? format(error * error) : ""));
      chart.add(svgElement("text", { x: left + unit * 0.4, y: 192, "text-anchor": "middle" }, `example ${i + 1}`));
      rows[i].prediction.set(a2[i][0]);
      rows[i].target.value = String(y[i][0]);
      Object.assign(rows[i].target.dataset, { quantity: "y", row: i, col: 0, value: String(y[i][0]) });
      rows[i].error.replaceChildren(element("span", { "data-quantity": "dE_da2" }, element("span", cell(error, i, 0), format(error))));
      rows[i].square.textContent = format(error * error);
    });
    total.replaceChildren(symbol("E"), element("span", { class: "fs-operator" }, ` = ½ (${errors.map(([e]) => format(e * e)).join(" + ")}) = `),
      element("strong", { "data-quantity": "E" }, element("span", cell(E, 0, 0), format(E))));
    ui.announce(`The loss is ${format(E)}.`);
  }

  const schedule = scheduler(() => draw());
  const deaf = listen(model, [["a2", schedule], ["y", schedule]]);
  draw();
  return deaf;
}

export default { render };
