// A single neuron, drawn with the stage's parts: its inputs, the weights on their edges, the capsule
// with z, the curve and a.
import { LABELS } from "../model/quantities.js";
import { neuronLayout } from "../model/stage.js";
import { svgElement } from "./elements.js";
import { Stage } from "./stage.js";

const LARGEST = 1.35; // pixels a unit
const KNOWN = (name) => name === "a1"; // no slope is asked for
const NOTHING_HIDDEN = () => false;

export class NeuronStage extends Stage {
  // Follows the width of what it stands in; gives the function that stops it.
  follow() {
    const observer = new ResizeObserver(([{ contentRect }]) => this.fit(contentRect.width));
    observer.observe(this.root.parentNode);
    return () => observer.disconnect();
  }

  fit(width) {
    const unit = Math.min(width / this.where.width, LARGEST);
    this.root.style.setProperty("--u", `${unit.toFixed(4)}px`);
  }

  // x (1, 2), w1 (2, 1), b1 (1, 1), z1 and a1 (1, 1); hidden: its activation.
  show(given, hidden) {
    const values = { ...given, y: [], w2: [], b2: [] };
    if (!this.where) {
      this.where = neuronLayout();
      this.build(this.where.sizes, values);
    }
    this.setNumbers(values, 0, { hidden }, KNOWN);
    this.setChips(LABELS.indexOf("F2"), values, 0, NOTHING_HIDDEN);
  }

  // In place of the way to the loss: a goes on.
  toLoss() {
    const [x, y] = this.where.port("hidden", 0, true);
    const d = `M${x} ${y}H${this.where.width - 4}m-7 -5l7 5l-7 5`;
    this.part("hidden", "activation").append(svgElement("path", { d, class: "fs-plain" }));
  }

  loss() {}

  names() {
    const { where } = this;
    where.nodes.inputs.forEach(([x, y], k) => {
      const which = "₁₂"[k];
      this.name(`x${which}`, [x, y - 10], "input");
      const [across, along] = where.edges[k].stack;
      this.name(`w${which}`, [across, along + (k ? 19 : -18)], "weight");
    });
    const [[x, y]] = where.nodes.hidden;
    for (const line of ["z", "a"]) this.name(line, [x - 42, y + where.inside[line]], "activation");
    const [bx, by] = where.biasSpot("hidden", 0, "bias");
    this.name("b", [bx - 42, by], "bias");
  }
}
