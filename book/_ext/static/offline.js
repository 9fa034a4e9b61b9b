// The line in a page's foot that says that the book is kept on this device, with a press to keep more
// of it or to remove it. keeping.js brings it.
"use strict";

{
  const KEY = "fs-offline";
  const PARTS = { python: "Python in the page", files: "the files to download" };
  const worker = new URL("../offline-worker.js", document.currentScript.src).href;
  const line = document.createElement("div");
  line.className = "fs-foot fs-offline";
  document.querySelector(".fs-foot")?.after(line);

  const million = (bytes) =>
    `${bytes < 9.95e6 ? (bytes / 1e6).toFixed(1) : Math.round(bytes / 1e6)} MB`;

  function button(text, press) {
    const element = document.createElement("button");
    Object.assign(element, { type: "button", className: "btn btn-sm", textContent: text });
    element.addEventListener("click", async () => {
      line.setAttribute("role", "status"); // what a press does is said, and not on each page that it is kept
      await press().catch(failed);
      line.querySelector("summary, button")?.focus(); // the one that was pressed has gone
    });
    return element;
  }

  const say = (...parts) => line.replaceChildren(...parts.flatMap((part) => [part, " "]));
  const failed = ({ message }) =>
    say(`Not all of it could be kept (${message}).`, button("Try again", show));

  function remember(off) {
    try {
      if (off) localStorage.setItem(KEY, "off");
      else localStorage.removeItem(KEY);
    } catch {
      // who keeps nothing on this device
    }
  }

  // What the worker answers; told(bytes) on the way.
  function ask(to, question, given, told = () => {}) {
    return new Promise((done, fail) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", ({ data }) => {
        if (data.done) done(data.done);
        else if (data.failed) fail(new Error(data.failed));
        else told(data.bytes);
      });
      port1.start();
      to.postMessage({ ask: question, given }, [port2]);
    });
  }

  const registered = () => navigator.serviceWorker.getRegistration(worker);

  async function show() {
    const registration = await registered();
    const { active, scope, waiting } = registration ?? {};
    if (!active) return offer();
    if (!navigator.serviceWorker.controller) {
      const names = performance.getEntriesByType("resource").map(({ name }) => name);
      const ours = names.filter((name) => name.startsWith(scope) && name !== worker);
      await ask(active, "claim", [location.href, ...ours]);
    }
    const { parts } = await ask(active, "state");
    if (parts[0].kept) draw(active, parts, waiting);
    else offer();
  }

  function offer() {
    const keep = async () => {
      remember(false);
      say("The book is being kept on this device …");
      await navigator.serviceWorker.register(worker, { updateViaCache: "none" });
      const { active } = await navigator.serviceWorker.ready;
      await ask(active, "keep", "book"); // a worker that was to go and is asked to stay has nothing left
      await show();
    };
    say(button("Keep this book on this device, to read it offline", keep));
  }

  // The first of the parts is the book itself.
  function draw(active, [book, ...parts], newer) {
    const kept = parts.filter((part) => part.kept && part.bytes).map(({ name }) => PARTS[name]);
    const size = [book, ...parts].reduce((sum, part) => sum + part.kept * part.bytes, 0);
    const all = ["Available offline", ...kept].join(", with ");
    const more = parts
      .filter((part) => !part.kept && part.bytes)
      .map((part) => keepMore(active, part));
    const summary = document.createElement("summary");
    const details = document.createElement("details");
    summary.textContent = `${all} (${million(size)})`;
    details.append(summary, ...more, button("Remove", remove));
    say(
      details,
      newer ? "A newer version comes with the next page, once no other tab shows this one." : "",
    );
  }

  const keepMore = (active, { name, bytes }) =>
    button(`With ${PARTS[name]}, ${million(bytes)} more`, async () => {
      const told = (now) => say(`Being kept: ${million(now)} of ${million(bytes)} …`);
      told(0);
      await ask(active, "keep", name, told);
      await show();
    });

  async function remove() {
    remember(true);
    const registration = await registered();
    await registration.unregister();
    await caches.delete(`fourteen-steps ${registration.scope}`);
    offer();
  }

  show().catch(() => line.remove());
}
