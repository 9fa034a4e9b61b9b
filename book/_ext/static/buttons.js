// The little of the theme's behaviour that its pages need: menus, contents, names of what folds.
"use strict";

{
  // A menu opens at its button, and closes by Escape, by a click beside it, or when the focus leaves.
  const MENU = '[data-bs-toggle="dropdown"]';
  const menu = (button) => button.parentElement.querySelector(".dropdown-menu");
  function show(button, open) {
    button.setAttribute("aria-expanded", String(open));
    button.classList.toggle("show", open);
    menu(button).classList.toggle("show", open);
  }
  const opened = () => document.querySelector(`${MENU}[aria-expanded="true"]`);
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest(MENU);
    const before = opened();
    if (before) show(before, false);
    if (pressed && pressed !== before) show(pressed, true);
  });
  document.addEventListener("focusin", ({ target }) => {
    const button = opened();
    if (button && !button.parentElement.contains(target)) show(button, false);
  });
  document.addEventListener("keydown", (event) => {
    const button = event.target.closest?.(".dropdown")?.querySelector(MENU);
    if (!button) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && opened() === button) {
      show(button, false);
      button.focus();
    } else if (step) {
      event.preventDefault();
      if (opened() !== button) show(button, true);
      const items = [...menu(button).querySelectorAll(".dropdown-item")];
      const at =
        items.indexOf(document.activeElement) +
        (step > 0 || items.includes(document.activeElement) ? step : 0);
      items[(at + items.length) % items.length]?.focus();
    }
  });

  // In the contents beside a page, the section that is being read is marked.
  function follow() {
    const links = [...document.querySelectorAll(".bd-toc-nav a[href^='#']")];
    const sections = links.map((link) =>
      document.getElementById(decodeURIComponent(link.hash.slice(1))),
    );
    const mark = () => {
      const line = innerHeight * 0.3;
      const passed = sections.findLastIndex((one) => one && one.getBoundingClientRect().top < line);
      for (const [index, link] of links.entries())
        link.classList.toggle("active", index === passed);
    };
    let asked = false;
    const soon = () => {
      if (!asked) requestAnimationFrame(() => ((asked = false), mark()));
      asked = true;
    };
    if (links.length) {
      addEventListener("scroll", soon, { passive: true });
      mark();
    }
  }

  // What folds is opened by a button that is called as what it opens.
  function nameFolds() {
    for (const button of document.querySelectorAll(".admonition-title > .toggle-button"))
      button.setAttribute("aria-label", button.parentElement.textContent.trim());
  }

  function ready() {
    follow();
    nameFolds();
  }
  queueMicrotask(ready); // when the other scripts that come with this one have begun
}
