// A static page's stand-in for the kernel side: finds the widgets on the page and gives each a
// model of its own. A classic script, so that it runs from file:// as well; FOURTEEN_STEPS with the
// modules stands before it (modules.py).
"use strict";

{
  const { modules } = FOURTEEN_STEPS;
  const exports = {}; // by module, once it was asked for
  const waiting = []; // what is to be called when another script has come
  class StillToCome extends Error {}
  const need = (name) => {
    if (!modules[name]) throw new StillToCome(name);
    return (exports[name] ??= modules[name](need));
  };
  // What is asked for when a reader wants it (`import("./x.js")`) has a script beside this one. One that
  // was lost can be asked for again.
  const { src } = document.currentScript ?? {};
  const coming = {}; // by module
  const lost = new Set();
  function bring(name) {
    const file = new URL(FOURTEEN_STEPS.later[name], src);
    if (lost.has(name)) file.search = `again=${Date.now()}`; // no half copy out of a cache
    const script = Object.assign(document.createElement("script"), { src: file.href });
    return new Promise((done) => {
      for (const event of ["load", "error"]) script.addEventListener(event, done);
      document.head.append(script);
    }).then(() => {
      script.remove();
      delete coming[name];
      if (modules[name]) return;
      lost.add(name);
      throw new Error("its script has not come");
    });
  }
  need.later = async (name) => {
    if (!modules[name]) await (coming[name] ??= bring(name));
    return need(name);
  };
  FOURTEEN_STEPS.models = new Map(); // by key, once they are drawn: lecture.js keeps their states

  // The same calls as anywidget's model, without a kernel behind it. A trait that is misspelt is an
  // error. send(changed traits): where there is a Python in the page that has the widget, too.
  function standInModel(state, key, send) {
    const listeners = new Map();
    let changed = {};
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
        if (send && !same) changed[name] = value;
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
      save_changes() {
        const news = changed;
        changed = {};
        if (Object.keys(news).length) send(news);
      },
      send() {},
    };
  }

  // What one kind of widget has of its own comes in a script of its own, before or after this one.
  FOURTEEN_STEPS.add = (given) => {
    Object.assign(modules, given.modules);
    for (const call of waiting.splice(0)) call();
  };
  // A widget's module, as soon as the scripts have come that bring it and all that it needs.
  async function arrival(name) {
    for (;;) {
      try {
        return need(name);
      } catch (error) {
        if (!(error instanceof StillToCome)) throw error;
      }
      await new Promise((call) => waiting.push(call));
    }
  }
  FOURTEEN_STEPS.late = new Set(); // the places whose scripts have not come; retry.js looks

  async function mount(host, key, send) {
    const state = JSON.parse(host.querySelector("script[type='application/json']").textContent);
    const name = host.dataset.module;
    FOURTEEN_STEPS.late.add(host);
    const own = await arrival(name).finally(() => FOURTEEN_STEPS.late.delete(host));
    const widget = own.default;
    const model = standInModel(state, key, send);
    await widget.initialize?.({ model });
    const el = document.createElement("div");
    host.append(el); // in its place, where it knows its width; what stood here stays until it is drawn
    let end;
    try {
      end = await widget.render({ model, el });
    } catch (error) {
      el.remove();
      throw error;
    }
    if (key) FOURTEEN_STEPS.models.set(key, model);
    host.removeAttribute("data-widget"); // from here on the living widget inside bears the name
    while (host.firstChild !== el) host.firstChild.remove(); // and el stays where it is, with the focus
    return { model, end };
  }
  FOURTEEN_STEPS.mount = mount; // for a widget that a cell has made in the page

  function start() {
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
