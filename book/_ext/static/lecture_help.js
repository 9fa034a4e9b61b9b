// All keys of a lecture on one sheet: the button "Keys", or a question mark.
"use strict";

{
  const KEYS = [
    ["Page Down, Page Up", "on and back, wherever the focus is: a clicker's keys"],
    ["→ ← Space", "the same, unless a widget has the focus"],
    ["A", "show all of this slide at once"],
    ["Home, End", "the first slide, the last one"],
    ["B or a full stop", "a black screen, and back; Escape gives the slide back, too"],
    ["V", "on a prediction: count the class's votes"],
    ["P", "take the pen, and put it away"],
    ["T", "a spotlight, and off; Shift with an arrow moves it"],
    ["E", "wipe what was drawn on this slide"],
    ["S", "the window for your own screen: notes, next slide, clock"],
    ["F5", "fill the screen; Escape leaves it"],
    ["L", "end the slides"],
    ["?", "this sheet, and away with it"],
  ];
  let dialog = null;

  function build(bar) {
    dialog = document.createElement("dialog");
    dialog.className = "fs-keys";
    dialog.setAttribute("aria-label", "Keys of the slides");
    const list = document.createElement("dl");
    for (const [keys, does] of KEYS)
      for (const [tag, textContent] of Object.entries({ dt: keys, dd: does }))
        list.append(Object.assign(document.createElement(tag), { textContent }));
    dialog.append(list);
    const button = Object.assign(document.createElement("button"), { type: "button" });
    Object.assign(button, { textContent: "Keys", title: "All keys (?)", onclick: toggle });
    bar.querySelector("[data-parts]").append(button);
    document.body.append(dialog);
  }

  // Not modal: a clicker goes on to the next slide, and the sheet goes away with the old one.
  const toggle = () => (dialog.open ? dialog.close() : dialog.show());

  document.addEventListener("fs-lecture", ({ detail: bar }) => {
    if (bar) build(bar);
    else dialog.remove();
    if (!bar) dialog = null;
  });
  document.addEventListener("fs-slide", () => dialog?.close());
  document.addEventListener("keydown", (event) => {
    if (!dialog || event.key !== "?" || event.target.matches?.("input, select, textarea")) return;
    event.preventDefault();
    toggle();
  });
}
