// A step explorer's settings: the epoch, the learning rate, and what is folded away behind them. Most pages
// show the picture without, so it comes to those that have it.
import { randomParameters } from "../model/operations.js";
import { ACTIVATIONS } from "../model/activations.js";
import { deepCopy } from "../model/matrices.js";
import { stopIndex, stopOf } from "../model/quantities.js";
import { labelled, setNumber, setWhole } from "./controls.js";
import { element, renew, row, setUsable } from "./elements.js";
import { USUAL, hush } from "./play.js";
import { shownNumber } from "./quantities.js";
import { LIMITS } from "../generated/limits.js";
import { EXAMPLES } from "../generated/names.js";

// how many times as fast as a stop every two seconds
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];

export class StepSettings {
  constructor(widget) {
    Object.assign(this, { widget, ui: widget.ui });
    this.build();
    this.root = this.epochs();
  }

  build() {
    const { ui, widget } = this;
    const functions = Object.keys(ACTIVATIONS);
    const activation = (role) =>
      ui.choice(`${role} activation`, functions, (name) => widget.restart({ [role]: name }));
    this.roles = { hidden: activation("hidden"), output: activation("output") };
    this.speed = element(
      "select",
      { "aria-label": "speed", onchange: () => ui.change({ speed: Number(this.speed.value) }) },
      SPEEDS.map((times) => element("option", { value: USUAL / times }, `${times} ×`)),
    );
    this.data = element("select", {
      "aria-label": "examples",
      onchange: () => {
        ui.act();
        const name = this.data.value;
        if (EXAMPLES[name])
          ui.complain(widget.restart({ examples: { name, ...deepCopy(EXAMPLES[name]) } }));
      },
    });
    this.allDigits = ui.tick("all digits", () => {});
    this.allDigits.box.addEventListener("change", widget.schedule);
    this.seed = ui.seedField({
      value: "1",
      unused: true,
      onkeydown: (event) => {
        if (event.key === "Enter") this.fromSeed();
      },
    });
  }

  epochs() {
    const { ui, widget } = this;
    const { last_epoch } = LIMITS;
    this.epochField = ui.field("Epoch", { class: "fs-short" }, (value) =>
      Number.isInteger(value) && value >= 0 && value <= last_epoch
        ? widget.goToEpoch(value)
        : `expected a whole number from 0 to ${last_epoch}`,
    );
    const by = (k, text, name) =>
      ui.button(text, () => ui.complain(widget.goToEpoch(widget.get("epoch") + k)), {
        "aria-label": name,
      });
    this.epochBack = by(-1, "‹", "Previous epoch");
    const epochs = element(
      "span",
      { class: "fs-row fs-tight" },
      this.epochBack,
      this.epochField,
      by(1, "›", "Next epoch"),
    );
    this.epochScrub = element("input", {
      type: "range",
      min: 0,
      max: 1000,
      value: 0,
      "aria-label": "Scrub through the epochs",
      oninput: () => {
        ui.act();
        widget.stopPlaying();
        ui.complain(widget.goToEpoch(Number(this.epochScrub.value)));
      },
    });
    // no <output>: it would be read out at every change, and the live region says it in a sentence
    this.loss = element("span", {
      class: "fs-loss",
      "data-quantity": "E",
      "data-symbol": "E",
      "data-kind": "error",
    });
    this.rateField = ui.field("Learning rate η", { class: "fs-short" }, (value) =>
      value >= 0 ? widget.restart({ learning_rate: value }) : "expected a number ≥ 0",
    );
    return row(
      "fs-controls fs-epochs",
      labelled("epoch", epochs),
      this.epochScrub,
      this.loss,
      labelled("η", this.rateField),
      widget.reset,
      this.moreOptions(),
    );
  }

  moreOptions() {
    const random = this.ui.button("Random start", () => this.fromSeed());
    return element(
      "details",
      { class: "fs-more" },
      element("summary", {}, "More"),
      row(
        "",
        labelled("examples", this.data),
        labelled("hidden", this.roles.hidden),
        labelled("output", this.roles.output),
        labelled("seed", this.seed.input),
        random,
        labelled("speed", this.speed),
        this.allDigits.root,
        this.widget.links.button,
        this.widget.links.field,
      ),
    );
  }

  fromSeed() {
    this.ui.act();
    const seed = this.seed.take();
    if (seed === null) return;
    const { w1, w2 } = this.widget.get("parameters");
    this.ui.complain(
      this.widget.restart({
        parameters: randomParameters(seed, w1[0].length, w1.length, w2[0].length),
        epoch: 0,
      }),
    );
  }

  draw(epoch, examples) {
    const { widget } = this;
    setUsable(this.epochBack, epoch > 0);
    setWhole(this.epochField, epoch);
    setNumber(this.rateField, widget.get("learning_rate"));
    this.epochScrub.max = String(Math.max(1000, 10 ** Math.ceil(Math.log10(widget.farthest + 1))));
    this.epochScrub.value = String(epoch);
    const runs = widget.get("playing") && widget.view() === "training";
    for (const control of [this.epochField, this.epochScrub, this.loss]) hush(control, runs);
    const speed = widget.get("speed");
    const apart = (times) => Math.abs(Math.log(USUAL / times / speed));
    const nearest = SPEEDS.reduce((best, one) => (apart(one) < apart(best) ? one : best));
    renew(this.speed, "value", String(USUAL / nearest));
    for (const [role, choice] of Object.entries(this.roles))
      renew(choice, "value", widget.get(role));
    const known = [...Object.keys(EXAMPLES), ...(EXAMPLES[examples.name] ? [] : [examples.name])];
    const words = (name) => (EXAMPLES[name]?.x.length === 4 ? `${name}, four rows` : name);
    const offered = `${known} ${examples.name}`;
    if (this.offered !== offered)
      this.data.replaceChildren(
        ...known.map((name) =>
          element("option", { value: name, selected: name === examples.name }, words(name)),
        ),
      );
    this.offered = offered;
    const index = stopIndex(widget.get("step"));
    // not given away before it is asked for
    const hidden =
      widget.view() !== "training" &&
      widget.get("predict") &&
      (index < stopOf("E") || widget.secret("E"));
    this.loss.replaceChildren("E = ", shownNumber(widget.values.E, { hidden }));
    widget.links.fresh();
  }
}
