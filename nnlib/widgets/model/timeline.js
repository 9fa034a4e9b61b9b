// Epochs, replayed exactly: the parameters after any number of them, there and back.
import { allFinite } from "./matrices.js";
import { repeated } from "./operations.js";
import { LIMITS } from "../generated/limits.js";

const EVERY = 50;
// products of a long way that are done before the page gets a turn: some milliseconds of them
const WORK = 200000;

// What trains faster, to the same bits; it comes where somebody goes far.
let engine = null;
async function bringEngine() {
  engine ??= await import("./engine.js");
}

// Every 50th epoch's parameters are kept; those between are computed again, to the same bits.
// trainer: of engine.js, from who has it already.
export class Timeline {
  constructor(start, { x, y }, rate, options, trainer = null) {
    this.kept = [start];
    this.losses = [];
    this.trainerFrom = (parameters) =>
      (trainer ?? engine?.trainer ?? repeated)(x, y, parameters, rate, options);
    this.quick = trainer !== null;
    const products = x.length * start.w1[0].length * (x[0].length + start.w2[0].length);
    this.slice = Math.max(1, Math.floor(WORK / products / EVERY)) * EVERY;
  }

  get reached() {
    return (this.kept.length - 1) * EVERY;
  }

  // Whether the way to an epoch is too long for one turn.
  far(epoch) {
    return epoch - this.reached > this.slice;
  }

  // The parameters after so many epochs.
  at(epoch) {
    return this.walk(Math.min(this.reached, Math.floor(epoch / EVERY) * EVERY), epoch);
  }

  // Whether the numbers have stayed finite as far as we are: once they are not, they never are
  // again.
  get finite() {
    return allFinite(this.kept[this.kept.length - 1]);
  }

  // One slice of a long way.
  approach(epoch) {
    const goal = Math.min(epoch, this.reached + this.slice);
    this.walk(this.reached, Math.floor(goal / EVERY) * EVERY);
  }

  // From a kept epoch on; to goes past those that are kept only from the last of them.
  walk(from, to) {
    const run = this.trainerFrom(this.kept[from / EVERY]);
    for (let epoch = from; epoch < to; epoch++) {
      const loss = run.step();
      if (epoch === this.losses.length) this.losses.push(loss);
      if ((epoch + 1) % EVERY === 0) this.kept.push(run.parameters());
    }
    return run.parameters();
  }
}

// Goes to an epoch and calls arrive(); gives what is in the way, or null. A long way is walked in
// slices, so that the page stays alive: progress(epoch reached) tells of it, blocked(what is in the
// way) comes where it ends too early, alive() may stop it.
export function travel(run, epoch, { alive, progress, arrive, blocked }) {
  if (epoch < 0 || epoch > LIMITS.last_epoch) return `Epochs go from 0 to ${LIMITS.last_epoch}`;
  if (run.far(epoch) && run.finite) {
    const slice = () => {
      if (!alive()) return;
      run.approach(epoch);
      progress(run.reached);
      const problem =
        run.far(epoch) && run.finite
          ? null
          : travel(run, epoch, { alive, progress, arrive, blocked });
      if (problem) blocked(problem);
      else if (run.far(epoch)) setTimeout(slice);
    };
    if (run.quick || engine) setTimeout(slice);
    else bringEngine().then(slice, slice); // a lost one is done without
    return null;
  }
  if (run.far(epoch) || !allFinite(run.at(epoch))) {
    return `At epoch ${epoch} the numbers grow beyond what a computer can hold: training diverges`;
  }
  arrive();
  return null;
}
