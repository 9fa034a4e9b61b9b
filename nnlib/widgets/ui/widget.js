// What makes a class a widget: its frame on the page, its traits listened to, its clean-up.
import { exactModel } from "../model/exact.js";
import { deepCopy } from "../model/matrices.js";
import { Controls } from "./controls.js";
import { element, row } from "./elements.js";
import { StateLinks, bringForAddress } from "./link_button.js";
import { linkSymbols } from "./quantities.js";

// The module of a widget as anywidget wants it. Widget is a class with
//   static title   what it is called, and static traits: the names of those that it shows;
//   content()      what stands in it; called once, when model, ui and start (the traits as they
//                  were) are there;
//   draw()         puts the present traits into it; called once in a microtask, however many of them change;
//   static page    of the book, if what it shows can be put into a link: its traits, checked by static
//                  checked(raw), or as model/states.js says;
//   static bring(get, model)  what it imports later and yet needs at once, with these traits: it is
//                  waited for;
//   and, if need be, listeners() (more [trait, listener] pairs, called before drawing), ready()
//                  (after the first drawing), end(), and walk(by): one step on, or back with -1, which
//                  a slide asks for with the event "fs-walk", and enter(): the focus, which another widget
//                  hands over with the event "fs-enter".
export function defineWidget(name, Widget) {
  return {
    async initialize({ model }) {
      await Promise.all([
        bringForAddress(model),
        Widget.bring?.((trait) => model.get(trait), model),
      ]);
    },
    render: ({ model, el }) => mount(name, new Widget(), exactModel(model), el),
  };
}

function mount(name, widget, model, el) {
  const { title, traits } = widget.constructor;
  const get = (trait) => model.get(trait);
  const start = deepCopy(Object.fromEntries(traits.map((trait) => [trait, get(trait)])));
  const schedule = once(() => widget.draw());
  Object.assign(widget, {
    model,
    get,
    start,
    schedule,
    ui: new Controls(model, () => widget.draw()),
  });
  widget.root = element("section", {
    class: `fs-widget fs-${name.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase()}`,
    "data-widget": name,
    // a second one of its kind on a page has a number
    "aria-label": [title, ...((model.key ?? "").match(/\d+/g) ?? [])].join(" "),
  });
  el.append(widget.root);
  widget.width = widget.root.clientWidth; // at the beginning: while it is empty that costs next to nothing
  widget.root.append(...widget.content());
  const draw = widget.draw.bind(widget);
  widget.draw = () => keepInPlace(widget.root, draw);
  const links = widget.constructor.page ? linksOf(name, widget) : null;
  if (!widget.root.contains(widget.ui.message)) widget.root.append(widget.ui.message);
  widget.root.append(widget.ui.live);
  linkSymbols(widget.root);
  widget.root.addEventListener("fs-walk", ({ detail }) => {
    widget.ui.act();
    widget.walk?.(detail);
  });
  widget.root.addEventListener("fs-enter", () => {
    widget.ui.act();
    widget.enter?.();
  });
  const fresh = () => links?.fresh();
  const pairs = [
    ...(widget.listeners?.() ?? []),
    ...traits.flatMap((trait) => [
      [trait, schedule],
      [trait, fresh],
    ]),
  ];
  for (const [trait, listener] of pairs) model.on(`change:${trait}`, listener);
  widget.draw();
  widget.ready?.();
  links?.fresh();
  if (model.key) links?.follow();
  return () => {
    links?.end();
    for (const [trait, listener] of pairs) model.off(`change:${trait}`, listener);
    widget.end?.();
  };
}

// The buttons that put a widget's traits into a link, at its end.
function linksOf(name, widget) {
  const { model, ui, get, root } = widget;
  const { traits, page, checked } = widget.constructor;
  const state = () => deepCopy(Object.fromEntries(traits.map((trait) => [trait, get(trait)])));
  const links = new StateLinks(model, ui, {
    name,
    page,
    state,
    checked,
    apply(linked) {
      ui.change(Object.hasOwn(widget, "playing") ? { ...linked, playing: false } : linked);
    },
  });
  const buttons = row("fs-links", links.button, links.field);
  buttons.hidden = links.button.hidden;
  root.append(buttons);
  return links;
}

// What has the focus stays where it is in the window, whatever has more lines above it now; not while
// it plays, or it would be measured in every frame.
function keepInPlace(root, draw) {
  const { activeElement: used } = root.getRootNode();
  const watched = root.contains(used) && !used.matches(".fs-play, .fs-big");
  const top = () => (watched ? used.getClientRects()[0]?.top : null);
  const before = top();
  draw();
  for (const choice of root.querySelectorAll("select"))
    choice.style.setProperty("--signs", choice.selectedOptions[0]?.textContent.length ?? 1);
  const by = top() - before; // no number, if it is gone
  if (Math.abs(by) >= 1) scrollBy({ top: by, behavior: "instant" });
}

// Does it in a microtask, once, however often it is asked for.
function once(action) {
  let scheduled = false;
  return () => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      action();
    });
  };
}
