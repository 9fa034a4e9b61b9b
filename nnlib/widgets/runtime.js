// A static page's stand-in for the kernel side: finds the widgets on the page and gives each a model of its own.
// A classic script, so that it runs from file:// as well; the widgets' modules are loaded from Blobs.
/* global FOURTEEN_STEPS */
(() => {
  const { sources, widgets, styles } = FOURTEEN_STEPS;
  const loaded = new Map();

  // The same calls as anywidget's model, without a kernel behind it.
  function standInModel(state, key) {
    const listeners = new Map();
    return {
      key, // this widget's entry in the URL's fragment
      get: (name) => state[name],
      set(name, value) {
        const same = JSON.stringify(state[name]) === JSON.stringify(value);
        state[name] = value;
        if (!same) for (const listener of [...(listeners.get(`change:${name}`) ?? [])]) listener();
      },
      on(event, listener) { listeners.set(event, [...(listeners.get(event) ?? []), listener]); },
      off(event, listener) { listeners.set(event, (listeners.get(event) ?? []).filter((l) => listener && l !== listener)); },
      save_changes() {},
      send() {},
    };
  }

  function load(module) {
    if (!loaded.has(module)) {
      const text = widgets[module].map((name) => sources[name]).join("\n");
      loaded.set(module, import(URL.createObjectURL(new Blob([text], { type: "text/javascript" }))));
    }
    return loaded.get(module);
  }

  async function mount(host, key) {
    const state = JSON.parse(host.querySelector("script[type='application/json']").textContent);
    const { default: widget } = await load(host.dataset.module);
    const model = standInModel(state, key);
    await widget.initialize?.({ model });
    const el = document.createElement("div");
    await widget.render({ model, el });
    host.removeAttribute("data-widget"); // from here on the living widget inside bears the name
    host.replaceChildren(el);
  }

  function start() {
    const style = document.createElement("style");
    style.textContent = styles;
    document.head.append(style);
    const seen = {};
    for (const host of document.querySelectorAll(".fs-host")) {
      const name = host.dataset.widget;
      seen[name] = (seen[name] ?? 0) + 1;
      mount(host, seen[name] === 1 ? name : `${name}-${seen[name]}`);
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
