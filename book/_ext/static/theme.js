// What the pages need of the theme's own script: light and dark, the search field, the sidebars, and
// what is too wide to be seen whole. Versions to switch between and announcements are not here.
"use strict";

{
  const page = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];
  // when a page that was drawn ahead (ahead.js) is seen, what it kept in mind may have changed
  const shown = (act) => document.addEventListener("prerenderingchange", act);

  // ---- light and dark ----

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const system = () => (dark.matches ? "dark" : "light");

  function setMode(given) {
    const mode = ["light", "dark"].includes(given) ? given : "auto";
    const theme = mode === "auto" ? system() : mode;
    Object.assign(page.dataset, { mode, theme });
    for (const button of all(".theme-switch-button"))
      button.setAttribute("aria-label", `light/dark: ${mode === "auto" ? "as the system" : mode}`);
    for (const menu of all(".dropdown-menu"))
      menu.classList.toggle("dropdown-menu-dark", theme === "dark");
    localStorage.setItem("mode", mode);
    localStorage.setItem("theme", theme);
  }
  dark.addEventListener("change", () => {
    if (page.dataset.mode === "auto") page.dataset.theme = system();
  });

  // From what the system says to its opposite first, so that each press is seen.
  function nextMode() {
    const modes = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    setMode(modes[(modes.indexOf(page.dataset.mode) + 1) % modes.length]);
  }

  // ---- the search field ----

  const apple = navigator.platform.startsWith("Mac") || navigator.platform === "iPhone";

  function searchField() {
    const forms = all("form.bd-search");
    const own = (form) => form.parentElement.matches("div:not(.search-button__search-container)");
    return (forms.length > 1 ? forms.find(own) : forms[0])?.querySelector("input");
  }

  let opener = null; // what had the focus
  const overPage = () => document.querySelector(".search-button__wrapper.show") !== null;

  function toggleSearch() {
    const field = searchField();
    const wrapper = document.querySelector(".search-button__wrapper");
    const over = wrapper.contains(field);
    if (over ? overPage() : document.activeElement === field) {
      wrapper.classList.remove("show");
      field.blur();
      opener?.focus();
      return;
    }
    opener = document.activeElement;
    if (over) wrapper.classList.add("show");
    field.focus();
    field.select();
    field.scrollIntoView({ block: "center" });
  }

  function searchKeys(event) {
    const { key, shiftKey, altKey, metaKey, ctrlKey } = event;
    const held = apple ? metaKey && !ctrlKey : ctrlKey && !metaKey;
    if (held && !shiftKey && !altKey && /^k$/i.test(key)) {
      event.preventDefault();
      toggleSearch();
    } else if (key === "Escape" && (overPage() || document.activeElement === searchField())) {
      event.stopPropagation(); // it is not meant for the sidebar
      toggleSearch();
    }
  }

  function search() {
    if (apple) for (const key of all("kbd.kbd-shortcut__modifier")) key.innerText = "⌘";
    addEventListener("keydown", searchKeys, true);
    for (const one of all(".search-button__button, .search-button__overlay"))
      one.addEventListener("click", toggleSearch);
  }

  // ---- the sidebars ----

  // The contents stay where they were scrolled to; at first, the page that is open is in sight.
  function keepPlace() {
    const bar = document.querySelector("div.bd-sidebar");
    if (!bar || !document.querySelector(".bd-docs-nav")) return;
    const last = () => parseInt(sessionStorage.getItem("sidebar-scroll-top"), 10);
    const before = last();
    const open = all(".bd-docs-nav .active").at(-1);
    if (!isNaN(before)) bar.scrollTop = before;
    else if (open?.getBoundingClientRect().y > 0.5 * innerHeight) {
      const down = open.getBoundingClientRect().y - bar.getBoundingClientRect().y;
      bar.scrollTop = down - 0.25 * bar.clientHeight;
    }
    addEventListener("beforeunload", () =>
      sessionStorage.setItem("sidebar-scroll-top", bar.scrollTop),
    );
    shown(() => {
      if (!isNaN(last())) bar.scrollTop = last();
    });
  }

  // A sidebar that lies over the page takes the focus, and gives it back.
  function sidebar(side) {
    const box = document.getElementById(`pst-${side}-sidebar-checkbox`);
    const bar = document.querySelector(`.bd-sidebar-${side}`);
    const button = document.querySelector(`.${side}-toggle`);
    if (!box) return;
    // On a wide screen, where it stands beside the page, a press takes it away: nothing in it has the focus.
    function seen() {
      const over = getComputedStyle(bar).position === "fixed";
      button?.setAttribute("aria-expanded", String(over === box.checked));
      if (over && box.checked) bar.querySelector("a, button").focus();
    }
    button?.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      box.checked = !box.checked;
      setTimeout(seen, 100);
    });
    bar?.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      box.checked = false;
      button.focus();
    });
    box.addEventListener("change", () => {
      if (!box.checked) button.focus();
    });
  }

  // ---- what scrolls is reached by keyboard ----

  const WIDE = "pre, .nboutput > .output_area, .cell_output > .output";

  function reachWide() {
    const reach = () => {
      for (const one of all(WIDE))
        one.tabIndex =
          one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight ? 0 : -1;
    };
    let waiting;
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(reach, 300);
    };
    addEventListener("resize", later);
    const main = document.getElementById("main-content");
    new MutationObserver(later).observe(main, { subtree: true, childList: true });
    reach();
  }

  function ready() {
    setMode(page.dataset.mode);
    shown(() => setMode(localStorage.getItem("mode") ?? page.dataset.mode));
    for (const button of all(".theme-switch-button")) button.addEventListener("click", nextMode);
    keepPlace();
    search();
    for (const side of ["primary", "secondary"]) sidebar(side);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
  if (document.readyState === "complete") reachWide();
  else addEventListener("load", reachWide);
}
