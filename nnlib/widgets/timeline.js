// Epochs, replayed exactly: the parameters after any number of them, there and back.
import { trainer } from "./engine.js";

export const LAST_EPOCH = 100000;
const EVERY = 50;
const SLICE = 4000; // epochs of a long way that are walked before the page gets a turn

// Every 50th epoch's parameters are kept; those between are computed again, to the same bits.
export function timeline(start, { x, y }, rate, options) {
  const kept = [start];
  const losses = [];
  function walk(from, to) {
    const run = trainer(x, y, kept[from / EVERY], rate, options);
    for (let epoch = from; epoch < to; epoch++) {
      const loss = run.step();
      if (epoch === losses.length) losses.push(loss);
      if ((epoch + 1) % EVERY === 0 && kept.length === (epoch + 1) / EVERY) kept.push(run.parameters());
    }
    return run.parameters();
  }
  const reached = () => (kept.length - 1) * EVERY;
  return {
    losses,
    reached,
    far: (epoch) => epoch - reached() > SLICE,
    at: (epoch) => walk(Math.min(reached(), Math.floor(epoch / EVERY) * EVERY), epoch),
    // A slice of a long way: true when the epoch is near enough to ask for.
    approach(epoch) {
      const goal = Math.min(epoch, reached() + SLICE);
      walk(reached(), Math.floor(goal / EVERY) * EVERY);
      return goal === epoch;
    },
  };
}

// Calls arrive() when the way to an epoch is short; until then goes on in slices and tells progress(epoch reached); alive() may stop it.
export function approach(run, epoch, { alive, progress, arrive }) {
  const slice = () => {
    if (!alive()) return;
    if (!run.far(epoch) || run.approach(epoch)) { arrive(); return; }
    progress(run.reached());
    setTimeout(slice);
  };
  slice();
}
