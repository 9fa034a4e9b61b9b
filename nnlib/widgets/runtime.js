// A static page's stand-in for the kernel side: finds the widgets on the page and gives each a
// model of its own. A classic script, so that it runs from file:// as well; importJoined
// (loader.js) and FOURTEEN_STEPS stand before it.
"use strict";

{
  const { sources, widgets, styles } = FOURTEEN_STEPS;
  const urls = new Map();
  FOURTEEN_STEPS.models = new Map(); // by key, once they are drawn: lecture.js keeps their states

  // The same calls as anywidget's model, without a kernel behind it. A trait that is misspelt is an
  // error.
  function standInModel(state, key) {
    const listeners = new Map();
    const known = (name) => {
      if (!Object.hasOwn(state, name))
        throw new RangeError(
          `there is no trait ${name}; there are ${Object.keys(state).join(", ")}`,
        );
      return name;
    };
    return {
      key, // this widget's entry in the URL's fragment
      state: () => structuredClone(state),
      // What state() gave, perhaps to another page's load; what is no trait any more is left out.
      restore(saved) {
        for (const [name, value] of Object.entries(saved))
          if (Object.hasOwn(state, name)) this.set(name, value);
      },
      get: (name) => state[known(name)],
      set(name, value) {
        const same = JSON.stringify(state[known(name)]) === JSON.stringify(value);
        state[name] = value;
        if (!same) for (const listener of listeners.get(`change:${name}`) ?? []) listener();
      },
      on(event, listener) {
        listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      },
      off(event, listener) {
        listeners.set(
          event,
          (listeners.get(event) ?? []).filter((l) => listener && l !== listener),
        );
      },
      save_changes() {},
      send() {},
    };
  }

  async function mount(host, key) {
    const state = JSON.parse(host.querySelector("script[type='application/json']").textContent);
    const name = host.dataset.module;
    const { default: widget } = await importJoined(
      widgets[name].map((one) => [one, sources[one]]),
      name,
      urls,
    );
    const model = standInModel(state, key);
    await widget.initialize?.({ model });
    const el = document.createElement("div");
    await widget.render({ model, el });
    FOURTEEN_STEPS.models.set(key, model);
    host.removeAttribute("data-widget"); // from here on the living widget inside bears the name
    host.replaceChildren(el);
  }

  function start() {
    const style = document.createElement("style");
    style.textContent = styles;
    document.head.append(style);
    const seen = {};
    const mounting = [...document.querySelectorAll(".fs-host")].map((host) => {
      const name = host.dataset.widget;
      seen[name] = (seen[name] ?? 0) + 1;
      return mount(host, seen[name] === 1 ? name : `${name}-${seen[name]}`);
    });
    FOURTEEN_STEPS.mounted = Promise.allSettled(mounting);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
