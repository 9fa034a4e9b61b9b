// On a bad network a widget's script is lost, or comes late or in part. What stands on the page without
// it stays in sight, and a notice offers to try again.
"use strict";

{
  const PATIENCE = 15_000; // milliseconds for a script that neither comes nor fails
  const SCRIPTS = 'script[src*="_static/widgets/"]';
  const notices = new Map(); // by host
  const begun = () => typeof FOURTEEN_STEPS === "object" && Boolean(FOURTEEN_STEPS.mount);
  const has = (host) => begun() && !FOURTEEN_STEPS.late.has(host);
  const module = (src) => src.replace(/.*\/(\w+)[-.].*/, "$1.js"); // the first of those in it

  // A script is asked for once more if the one that all share is not there, or its own module is not.
  function again() {
    const scripts = [...document.querySelectorAll(SCRIPTS)].filter(({ src }) => {
      const name = module(src);
      return !begun() || !(name in FOURTEEN_STEPS.modules || name === "shared.js");
    });
    for (const { text } of notices.values()) text.data = "Its script is asked for once more … ";
    for (const old of scripts) {
      const src = `${old.src.split("?")[0]}?again=${Date.now()}`; // no half copy out of a cache
      old.replaceWith(Object.assign(document.createElement("script"), { src, async: false }));
    }
  }

  function notice(host) {
    const line = document.createElement("p");
    const text = document.createTextNode("");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-sm", textContent: "Try again" });
    button.addEventListener("click", again);
    line.className = "fs-not-come";
    line.setAttribute("role", "status");
    line.append(text, button);
    host.before(line);
    return { line, text };
  }

  // Notices go where the script has come; lost: and stand where it has not.
  function look(lost) {
    if (document.querySelector('script[type="fs-later"]')) return; // nobody has asked yet (near.js)
    for (const host of document.querySelectorAll(".fs-host")) {
      if (has(host)) {
        notices.get(host)?.line.remove();
        notices.delete(host);
      } else if (lost) {
        if (!notices.has(host)) notices.set(host, notice(host));
        notices.get(host).text.data = "This stands still: its script has not come. ";
      }
    }
  }

  // What is lost before the page has loaded is seen when it has.
  const ours = ({ target }) => target.matches?.(SCRIPTS);
  const loaded = () => document.readyState === "complete";
  document.addEventListener("error", (event) => ours(event) && look(loaded()), true);
  document.addEventListener("load", (event) => ours(event) && look(false), true);
  addEventListener("load", () => look(true));
  const wait = () => setTimeout(look, PATIENCE, true);
  document.addEventListener("fs-widgets", wait);
  wait();
}
