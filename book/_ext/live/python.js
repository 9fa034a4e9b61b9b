// The page's side of the worker in which Python runs: started when first needed, ended by Stop.

import { Files } from "./files.js";

const MISSING = "This browser cannot run Python: it has no WebAssembly.";

export class Python {
  // on: { state(name, sentence), progress(loaded, total), message(message) }
  constructor(live, root, on) {
    this.live = live;
    this.root = root;
    this.on = on;
    this.worker = null;
    this.running = null;
  }

  get isThere() {
    return Boolean(this.worker);
  }

  // Everything that these packages need is on its way; a session begins if there is none.
  begin(needs) {
    if (this.worker) return;
    if (typeof WebAssembly === "undefined" || typeof Worker === "undefined")
      throw new Error(MISSING);
    const text = new Blob([this.live.worker], { type: "text/javascript" });
    const url = URL.createObjectURL(text);
    this.worker = new Worker(url);
    this.files = new Files(this.root, this.live.files, this.on.progress);
    this.asked = new Set();
    this.worker.addEventListener("message", ({ data }) => this.heard(data));
    this.worker.addEventListener("error", (event) =>
      this.died(event.message ?? "the worker ended"),
    );
    this.on.state("loading");
    const { lock, scripts, book } = this.live;
    this.worker.postMessage({ kind: "start", lock, scripts, book });
    this.send([...this.live.core, ...needs]);
  }

  // Files on their way to the worker, each once.
  async send(names) {
    const worker = this.worker;
    const wanted = names.filter((name) => !this.asked.has(name));
    for (const name of wanted) this.asked.add(name);
    try {
      await Promise.all(
        wanted.map(async (name) => {
          const file = await this.files.bring(name);
          if (worker === this.worker) worker.postMessage(file);
        }),
      );
    } catch (error) {
      if (worker === this.worker) this.end("failed", offline(error));
    }
  }

  // One cell; resolves to { ok }, or to { ended, begun } where the session was ended meanwhile: begun
  // says whether this cell was running already.
  run(cell) {
    return new Promise((done) => {
      this.running = { id: cell.id, done, begun: false };
      this.worker.postMessage({
        kind: "run",
        id: cell.id,
        source: cell.text,
        number: cell.index + 1,
      });
    });
  }

  // Every name that the cells have given is forgotten.
  fresh() {
    this.worker?.postMessage({ kind: "fresh" });
  }

  // A widget's changed traits.
  tell(model, state) {
    this.worker?.postMessage({ kind: "traits", model, state: JSON.stringify(state) });
  }

  // lost: whether cells had run, whose names are gone with it
  stop(lost) {
    const names = lost ? ", and with it what the cells had computed" : "";
    this.end(
      "off",
      `Stopped. Python has been ended${names}. ` +
        "Your text is as it was. Run a cell, and those above it run first.",
    );
  }

  heard(message) {
    if (message.kind === "started") return;
    if (message.kind === "want") {
      this.on.state("loading");
      this.send(message.names);
    } else if (message.kind === "begun") {
      this.running.begun = true;
      this.on.state("running");
    } else if (message.kind === "died") this.died(message.text);
    else if (message.kind === "done") {
      const { done } = this.running;
      this.running = null;
      done({ ok: message.ok });
    } else this.on.message(message, this.running?.id);
  }

  died(text) {
    const why = /memory|allocation/i.test(text)
      ? "it ran out of memory"
      : text.trim().split("\n").pop();
    this.end(
      "failed",
      `Python has ended: ${why}. Your text is as it was; run a cell, and Python starts anew.`,
    );
  }

  end(state, sentence) {
    this.worker?.terminate();
    this.worker = null;
    const running = this.running;
    this.running = null;
    this.on.state(state, sentence);
    running?.done({ ended: state, begun: running.begun });
  }
}

const offline = (error) =>
  `A file of Python's could not be loaded (${error.message}). Is the network gone? ` +
  "Your text is as it was; run the cell again when it is back. " +
  "The foot of each page can keep all of Python for then.";
