// GradientCheck: every slope by backpropagation, by sympy and by a central difference, and the
// valley of its error over ε.
import { AGREE, gradientCheck, relativeError, sympyGradients } from "./model/checking.js";
import { ACTIVATIONS } from "./model/activations.js";
import { PARAMETERS, randomParameters } from "./model/operations.js";
import { deepCopy, map } from "./model/matrices.js";
import { format } from "./model/numbers.js";
import { bar, labelled } from "./ui/controls.js";
import { element, keepRoles, row } from "./ui/elements.js";
import { Plot, fullWidth, onWidth } from "./ui/plot.js";
import { shownNumber, symbol, term } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { CHECKING, LIMITS } from "./generated/limits.js";
import { EXAMPLES } from "./generated/names.js";

const [SMALLEST, LARGEST] = [LIMITS.smallest_epsilon, LIMITS.largest_epsilon];
const FLOOR = 1e-13; // what the picture can show
const ERRORS = [1e-10, 1e-7, 1e-4, 1e-1]; // that its axis names
const MEASURED = "central difference";
const HEAD = ["slope for", "backpropagation", "(old − new)/η", "sympy", MEASURED, "off by"];

// Why a step measures badly.
const why = (step) =>
  step > CHECKING.step
    ? "ε is too coarse, the curve bends within the step."
    : "ε is too fine, the difference drowns in rounding.";

const largest = ({ checks }) =>
  Math.max(...PARAMETERS.flatMap((name) => checks[name].backpropError.flat()));

class GradientCheck {
  static title = "Gradient check";
  static page = "book/training/checking_gradients.html";
  static traits = ["parameters", "examples", "learning_rate", "hidden", "output", "epsilon"];

  valley = null; // the errors over ε of the present network
  picture = null;

  content() {
    const { ui } = this;
    this.epsilon = ui.slider(
      "ε",
      { min: SMALLEST, max: LARGEST, scale: "log", name: "Step ε" },
      (epsilon) => ui.change({ epsilon }),
    );
    this.data = ui.choice("examples", Object.keys(EXAMPLES), (name) =>
      ui.change({ examples: { name, ...deepCopy(EXAMPLES[name]) } }),
    );
    const choice = (role) =>
      ui.choice(`${role} activation`, Object.keys(ACTIVATIONS), (name) =>
        ui.change({ [role]: name }),
      );
    this.roles = { hidden: choice("hidden"), output: choice("output") };
    const fromSeed = () => {
      ui.act();
      const value = seed.take();
      if (value !== null) ui.change({ parameters: randomParameters(value) });
    };
    const seed = ui.seedField({
      value: "1",
      unused: true,
      onkeydown: (event) => {
        if (event.key === "Enter") fromSeed();
      },
    });
    const random = ui.button("Random start", fromSeed);
    this.table = element("table", { class: "fs-table" });
    this.holder = element("div", {});
    this.verdict = element("p", { class: "fs-verdict" });
    return [
      this.epsilon.root,
      this.holder,
      bar(
        { reset: ui.button("Reset", () => ui.change(deepCopy(this.start))) },
        random,
        labelled("seed", seed.input),
      ),
      row(
        "",
        labelled("examples", this.data),
        labelled("hidden", this.roles.hidden),
        labelled("output", this.roles.output),
      ),
      this.verdict,
      this.table,
    ];
  }

  functions() {
    return { hidden: this.get("hidden"), output: this.get("output") };
  }

  check(step) {
    const { x, y } = this.get("examples");
    return gradientCheck(x, y, this.get("parameters"), this.get("learning_rate"), {
      ...this.functions(),
      step,
    });
  }

  // The largest error for each ε: a quarter of a power of ten apart, computed once for a network.
  errors() {
    const key = JSON.stringify(GradientCheck.traits.slice(0, -1).map(this.get));
    if (this.valley?.key !== key) {
      const steps = Array.from({ length: 57 }, (_, i) => 10 ** (-14 + i / 4));
      this.valley = {
        key,
        points: steps.map((step) => [step, Math.max(FLOOR, largest(this.check(step)))]),
      };
    }
    return this.valley.points;
  }

  // ---- drawing ----

  frame() {
    const width = fullWidth(this.root);
    if (this.picture?.width === width) return;
    const chart = new Plot({
      width,
      height: 250,
      margin: [14, 14, 40, 66], // for powers of ten beside the axis's name
      x: { from: SMALLEST, to: LARGEST, log: true, label: "step ε", count: 7 },
      y: { from: FLOOR, to: 10, log: true, label: "largest relative error", ticks: ERRORS },
      label:
        "The largest relative error of the central differences over the step ε, both logarithmic: " +
        "it falls to a valley and rises again to both sides.",
    });
    chart.onDrag(([value]) => {
      this.ui.act();
      this.ui.change({
        epsilon: Number(Math.min(LARGEST, Math.max(SMALLEST, value)).toPrecision(2)),
      });
    });
    this.picture = { width, chart };
    this.holder.replaceChildren(chart.svg);
  }

  draw() {
    this.frame();
    const step = this.get("epsilon"),
      { x, y, name } = this.get("examples");
    const result = this.check(step);
    const exact = sympyGradients(x, y, this.get("parameters"), this.functions());
    this.epsilon.set(step);
    this.data.value = name;
    for (const [role, choice] of Object.entries(this.roles)) choice.value = this.get(role);
    this.drawValley(step, Math.max(FLOOR, largest(result)));
    const symbolic = Math.max(
      ...PARAMETERS.flatMap((p) => map(relativeError, exact[p], result.checks[p].backprop).flat()),
    );
    const judged = { off: largest(result), symbolic, sure: symbolic <= AGREE };
    this.drawTable(result.checks, exact, judged);
    this.drawVerdict(step, judged);
  }

  // Where backpropagation and sympy agree, it is the measured column that is off, and marked.
  drawTable(checks, exact, { off, sure }) {
    const coarse = sure && off > AGREE;
    const head = HEAD.map((text) => {
      const marked = coarse && text === MEASURED;
      return element("th", { scope: "col", class: marked ? "fs-caution" : null }, text);
    });
    this.table.replaceChildren(
      element("thead", {}, element("tr", {}, head)),
      element(
        "tbody",
        {},
        PARAMETERS.flatMap((name) => this.rowsOf(name, checks[name], exact[name], sure)),
      ),
    );
    keepRoles(this.table);
  }

  drawValley(step, off) {
    const { chart } = this.picture;
    chart.clear();
    chart.line(this.errors(), { "data-kind": "error" });
    chart.line(
      [
        [step, FLOOR],
        [step, off],
      ],
      { class: "fs-thin fs-dashed" },
    );
    chart.grip(step, off, { r: 7, "data-kind": "error" });
    chart.text(3e-12, 3, "rounding", { "text-anchor": "middle", class: "fs-halo" });
    chart.text(2e-2, 3, "truncation", { "text-anchor": "middle", class: "fs-halo" });
  }

  rowsOf(name, { backprop, update, centralDifference, backpropError, updateError }, exact, sure) {
    const judged = [
      ["backprop", backprop],
      ["update", update],
      ["sympy", exact],
      [MEASURED, centralDifference],
    ];
    const several = backprop.flat().length > 1;
    return backprop.flatMap((line, i) =>
      line.map((_, j) => {
        const off = Math.max(backpropError[i][j], updateError[i][j]);
        const coarse = sure && off > AGREE;
        const shown = ([judge, matrix]) =>
          element(
            "td",
            {
              "data-quantity": `dE_d${name}`,
              "data-judge": judge,
              class: coarse && judge === MEASURED ? "fs-coarse" : null,
            },
            shownNumber(matrix[i][j], { row: i, column: j, digits: 7 }),
          );
        const wrong = sure ? null : "fs-bad";
        const place = several ? element("small", {}, ` (${i + 1}, ${j + 1})`) : "";
        return element(
          "tr",
          {},
          element("th", { scope: "row" }, symbol(name), place),
          judged.map(shown),
          element("td", { class: off <= AGREE ? "fs-good" : wrong }, format(off, 1)),
        );
      }),
    );
  }

  drawVerdict(step, { off, symbolic, sure }) {
    const agree = off <= AGREE;
    const doubtful = sure ? "fs-caution" : "fs-bad";
    this.verdict.className = `fs-verdict ${agree ? "fs-good" : doubtful}`;
    this.verdict.replaceChildren(
      "With ε = ",
      term(format(step)),
      " the relative error of the measured slopes is ",
      term(`${format(off, 2)} at most`),
      `: ${agree ? "they agree." : why(step)} Backpropagation and sympy differ by `,
      term(`${format(symbolic, 1)}.`),
    );
    this.ui.announce(this.verdict.textContent);
  }

  ready() {
    this.still = onWidth(this.root, this.schedule);
  }

  end() {
    this.still();
  }
}

export default defineWidget("GradientCheck", GradientCheck);
